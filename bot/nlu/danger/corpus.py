"""Messages to learn from and to measure with: own files, the training messages of the topics, held-out files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
OWN_DATA = HERE / "data"
TOPIC_DATA = ROOT / "data" / "nlu"
HELD_OUT = ROOT / "tests" / "nlu" / "danger"
HARMLESS = "onschuldig"
_DANGER_INTENTS = frozenset({"gesprek__nood", "gesprek/nood"})


class Example(NamedTuple):
    """One message with what it is.

    Attributes:
        kind: the kind of danger; empty when it is not known or there is none.
        source: ``nood`` (written for the detector), ``onderwerp`` (a topic's training message) or a held-out file.
    """

    text: str
    danger: bool
    kind: str
    writer: str
    language: str
    source: str


def own(folder: Path = OWN_DATA) -> list[Example]:
    """The messages written for the detector, danger and look-alikes."""
    return [example for path in sorted(folder.glob("*.yml")) for example in _own_file(_yaml(path))]


def topics(folder: Path = TOPIC_DATA) -> list[Example]:
    """The training messages of all topics: those of ``gesprek/nood`` are danger, all others are not."""
    return [example for path in sorted(folder.glob("*.yml")) for example in _topic_file(_yaml(path))]


def held_out(folder: Path = HELD_OUT) -> list[Example]:
    """The messages kept apart for measuring (``heldout_*.jsonl``)."""
    return [example for path in sorted(folder.glob("heldout_*.jsonl")) for example in _held_out_file(path)]


def _own_file(content: dict[str, Any]) -> Iterator[Example]:
    for language, kinds in content["berichten"].items():
        for kind, block in kinds.items():
            danger = kind != HARMLESS
            for text in _lines(block):
                yield Example(text, danger, kind if danger else "", content["schrijver"], language, "nood")


def _topic_file(content: dict[str, Any]) -> Iterator[Example]:
    for block in content.get("nlu") or ():
        if "intent" in block:
            writer = (block.get("metadata") or {}).get("schrijver", "onbekend")
            danger = block["intent"] in _DANGER_INTENTS
            for text in _lines(block["examples"]):
                yield Example(text, danger, "", writer, "nl", "onderwerp")


def _held_out_file(path: Path) -> Iterator[Example]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            row = json.loads(line)
            kind = row.get("kind") or ""
            yield Example(row["text"], bool(row["danger"]), kind, row["writer"], row.get("lang", "nl"), path.stem)


def _lines(block: str | list[Any]) -> list[str]:
    """A Rasa block of examples as texts; an example may also be written as ``text:`` with metadata."""
    if isinstance(block, list):
        return [str(item["text"]).strip() for item in block]
    return [line.strip()[2:].strip() for line in block.splitlines() if line.strip().startswith("- ")]


def _yaml(path: Path) -> dict[str, Any]:
    with path.open(encoding="utf-8") as file:
        return yaml.load(file, getattr(yaml, "CSafeLoader", yaml.SafeLoader)) or {}
