"""The answers and sentences as they stand in the files; without Rasa, which takes seconds to import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from bot.knowledge.reading import Loader
from bot.publish.publications import Publications

Responses = Mapping[str, Sequence[Mapping[str, Any]]]


def responses_of(root: Path) -> Responses:
    """The responses in ``data/nlu``, by name."""
    found: dict[str, Sequence[Mapping[str, Any]]] = {}
    for file in sorted((root / "data" / "nlu").glob("*.y*ml")):
        found.update(yaml.load(file.read_text(encoding="utf-8"), Loader).get("responses") or {})
    return found


def changed_topics(root: Path, publications: Publications) -> set[str]:
    """The topics whose answer is another than what parents get now; none while there is nothing to compare with."""
    base = publications.base()
    if base is None:
        return set()
    try:
        now, before = responses_of(root), responses_of(publications.path(base))
    except (OSError, yaml.YAMLError, AttributeError):
        return set()  # a file that cannot be read: the check says which
    return {name.removeprefix("utter_") for name, variants in now.items() if before.get(name) != variants}
