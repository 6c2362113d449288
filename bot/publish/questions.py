"""The saved questions: what every change is held against."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.ask import Said
from bot.content.tests_reading import CONVERSATIONS, REAL, VALIDATION
from bot.knowledge.reading import Loader
from bot.topics import OUT_OF_SCOPE, SOMETHING_ELSE, SOMETHING_ELSE_BUTTON, Topic

REALLY, TEST = "echte vraag", "testgesprek"


@dataclass(frozen=True)
class Wanted:
    """What is right for one turn, as far as anybody wrote it down.

    Attributes:
        decision: None when it was not told.
        topics: any of these for a question of the validation set, all of them in a conversation.
        all_topics: whether all are meant.
        options: what must be offered.
    """

    decision: str | None = None
    topics: frozenset[str] = frozenset()
    all_topics: bool = False
    options: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Saved:
    """A conversation of one or more turns, with what is right for each."""

    name: str
    source: str
    turns: tuple[Said, ...]
    wanted: tuple[Wanted, ...]


def saved_questions(root: Path, topics: dict[str, Topic], asked: Iterable[str] = ()) -> list[Saved]:
    """The validation set, the real questions and the test conversations.

    Args:
        root: the project.
        topics: by id.
        asked: real questions of which nobody wrote down what is right.
    """
    single = [*_single(root / VALIDATION, "validatie"), *_single(root / REAL, REALLY)]
    known = {question.name for question in single}
    return [
        *single,
        *(Saved(text, REALLY, (Said(text),), (Wanted(),)) for text in asked if text not in known),
        *_conversations(root / CONVERSATIONS, topics),
    ]


def _single(file: Path, source: str) -> Iterator[Saved]:
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    for line in filter(str.strip, lines):
        row: dict[str, Any] = json.loads(line)
        right = frozenset([row["label"], *row.get("also_ok", ())])
        yield Saved(row["text"], source, (Said(row["text"]),), (Wanted(topics=right),))


def _conversations(folder: Path, topics: dict[str, Topic]) -> Iterator[Saved]:
    for file in sorted(folder.glob("*.yml")):
        for conversation in yaml.load(file.read_text(encoding="utf-8"), Loader) or ():
            turns = conversation["beurten"]
            said = tuple(_said(turn, topics) for turn in turns)
            wanted = tuple(_wanted(turn, bool(conversation.get("nog_fout"))) for turn in turns)
            yield Saved(conversation["gesprek"], TEST, said, wanted)


def _said(turn: dict[str, Any], topics: dict[str, Topic]) -> Said:
    if "ouder" in turn:
        return Said(turn["ouder"])
    choice = turn["kies"]
    known = topics.get(choice.split(":")[0])
    button = known.button if known else SOMETHING_ELSE_BUTTON if choice == SOMETHING_ELSE else choice
    return Said(button, choice)


def _wanted(turn: dict[str, Any], known_miss: bool) -> Wanted:
    if known_miss:
        return Wanted()
    topics, options = frozenset(turn.get("onderwerpen", ())), frozenset(turn.get("opties", ()))
    return Wanted(turn["besluit"], topics, all_topics=True, options=options)


def is_refusal(decision: str, topics: tuple[str, ...]) -> bool:
    """Whether a turn said that it is not understood or not our field."""
    return decision == "none" or topics == (OUT_OF_SCOPE,)
