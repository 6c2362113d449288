"""The danger detector on messages that it has not learnt from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.evaluate.examples import Example
from bot.evaluate.measures import Rate, wilson
from bot.nlu.danger import Detector, need
from bot.topics import DANGER


@dataclass(frozen=True)
class DangerFigures:
    """What the detector found in one set.

    Attributes:
        name: of the set.
        found: of the messages of acute need, those that get the help lines, first or below an answer.
        sure: of the messages of acute need, those that get them first.
        alarms: of the messages that are not, those that get them first.
        doubts: of the messages that are not, those that get them below the answer.
        missed: texts that were not found.
        false: texts that raised an alarm for nothing.
    """

    name: str
    found: Rate
    sure: Rate
    alarms: Rate
    doubts: Rate
    missed: tuple[str, ...]
    false: tuple[str, ...]


def measure(name: str, messages: Iterable[tuple[str, bool]], detector: Detector) -> DangerFigures:
    """Run the detector over (text, whether it is danger)."""
    checked = [(text, danger, detector.check(text)) for text, danger in messages]
    danger = [(text, found) for text, is_danger, found in checked if is_danger]
    others = [(text, found) for text, is_danger, found in checked if not is_danger]
    return DangerFigures(
        name,
        found=wilson(sum(found is not None for _, found in danger), len(danger)),
        sure=wilson(sum(bool(need(found)) for _, found in danger), len(danger)),
        alarms=wilson(sum(bool(need(found)) for _, found in others), len(others)),
        doubts=wilson(sum(found is not None and not found.sure for _, found in others), len(others)),
        missed=tuple(text for text, found in danger if found is None),
        false=tuple(text for text, found in others if need(found)),
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
