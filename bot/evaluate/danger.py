"""The danger detector on messages that it has not learnt from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.evaluate.examples import Example
from bot.evaluate.measures import Rate, wilson
from bot.nlu.danger import Detector
from bot.topics import DANGER


@dataclass(frozen=True)
class DangerFigures:
    """What the detector found in one set.

    Attributes:
        name: of the set.
        found: of the messages of acute need.
        alarms: of the messages that are not.
        missed: texts that were not found.
        false: texts that raised an alarm for nothing.
    """

    name: str
    found: Rate
    alarms: Rate
    missed: tuple[str, ...]
    false: tuple[str, ...]


def measure(name: str, messages: Iterable[tuple[str, bool]], detector: Detector) -> DangerFigures:
    """Run the detector over (text, whether it is danger)."""
    checked = [(text, danger, detector.check(text) is not None) for text, danger in messages]
    danger = [(text, seen) for text, is_danger, seen in checked if is_danger]
    others = [(text, seen) for text, is_danger, seen in checked if not is_danger]
    return DangerFigures(
        name,
        found=wilson(sum(seen for _, seen in danger), len(danger)),
        alarms=wilson(sum(seen for _, seen in others), len(others)),
        missed=tuple(text for text, seen in danger if not seen),
        false=tuple(text for text, seen in others if seen),
    )


def held_out(folder: Path) -> list[tuple[str, list[tuple[str, bool]]]]:
    """The files ``heldout_*.jsonl``: their names with their messages."""
    return [(path.stem, _messages(path)) for path in sorted(folder.glob("heldout_*.jsonl"))]


def _messages(path: Path) -> list[tuple[str, bool]]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [(row["text"], bool(row["danger"])) for row in rows]


def of_topics(examples: Sequence[Example]) -> list[tuple[str, bool]]:
    """Messages with topics: those about danger, and all the others."""
    return [(example.text, DANGER in example.accepted) for example in examples]
