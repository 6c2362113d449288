"""The answers and sentences as they stand in the files; without Rasa, which takes seconds to import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from bot.knowledge.reading import Loader

Responses = Mapping[str, Sequence[Mapping[str, Any]]]


def responses_of(root: Path) -> Responses:
    """The responses in ``data/nlu``, by name."""
    found: dict[str, Sequence[Mapping[str, Any]]] = {}
    for file in sorted((root / "data" / "nlu").glob("*.y*ml")):
        found.update(yaml.load(file.read_text(encoding="utf-8"), Loader).get("responses") or {})
    return found
