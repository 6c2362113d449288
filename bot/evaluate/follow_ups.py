"""Short questions behind an answer, by a writer of their own: ``tests/data/vervolgvragen.jsonl``."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from bot.evaluate.examples import Example
from bot.evaluate.folds import Predicted
from bot.nlu.follow_up import after
from bot.nlu.model import TopicModel
from bot.topics import Topic

LEANS, FULL = "leunt op het antwoord", "volledige vraag"
"""Styles: what cannot be understood alone, and what may not be bent by the answer before it."""


class Asked(NamedTuple):
    """``example`` was typed when topic ``last`` had just been answered."""

    last: str
    example: Example


def held_out(file: Path) -> list[Asked]:
    """The lines of the file; none when there is no such file."""
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return [_asked(json.loads(line)) for line in lines if line.strip()]


def _asked(row: dict[str, object]) -> Asked:
    label, others = str(row["label"]), row.get("also_ok") or ()
    assert isinstance(others, (list, tuple))
    style = LEANS if row["leunt"] else FULL
    return Asked(
        str(row["vorig"]), Example(str(row["text"]), label, frozenset({label, *others}), str(row["writer"]), style)
    )


def predict(model: TopicModel, asked: Sequence[Asked], topics: Mapping[str, Topic]) -> Predicted:
    """What a model makes of them, with the answer before each."""
    names = [str(topic) for topic in model.topics]
    rankings = [after(one.last, one.example.text, topics[one.last].short, model) for one in asked]
    chances = [{entry.topic: entry.probability for entry in ranking} for ranking in rankings]
    return Predicted(
        [one.example for one in asked], names, np.array([[chance[name] for name in names] for chance in chances])
    )
