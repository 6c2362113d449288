"""Questions that were asked about, refused, thumbed down or marked "klopte niet": grouped, counted, with a patch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sqlalchemy import select
from sqlalchemy.engine import Connection

from bot.chat.feedback import BAD
from bot.handoff.answer_tasks import answer_tasks
from bot.nlu.ranking import Ranked
from bot.nlu.text import normalise
from bot.report.turns import StoredTurn, read_turns

FEWEST = 5
"""Below so many of a kind no free text leaves the store, and no number either."""
ALIKE = 0.35
"""Cosine of the letters of two questions, 0 to 1, from which they belong together."""
EXAMPLES, TOPICS = 3, 3
KINDS = {
    "gevraagd": "de chat vroeg wat de ouder bedoelde",
    "geweigerd": "de chat begreep het niet, of vond het buiten zijn vak",
    "duim": "duim omlaag",
    "klopte_niet": "een ouderadviseur zei: dit klopte niet",
}


@dataclass(frozen=True)
class Unclear:
    """One question; ``source`` tells different parents apart and goes no further."""

    text: str
    kind: str
    source: str


@dataclass(frozen=True)
class Group:
    """Questions that are alike.

    Attributes:
        id: ``V1``, ``V2`` ... within one report.
        count: how many.
        kinds: how many of each kind; a kind with fewer than five is left out.
        examples: some of them, only those whose masking is certain.
        topics: the nearest topics with their probability.
    """

    id: str
    count: int
    kinds: dict[str, int]
    examples: tuple[str, ...]
    topics: tuple[tuple[str, float], ...]

    @property
    def patch(self) -> str:
        """The choice that lies nearest, as it is typed."""
        return f"{self.id}=bericht:{self.topics[0][0]}" if self.topics else f"{self.id}=buiten"


@dataclass(frozen=True)
class UnclearReport:
    """One period: the groups, and how many questions are in none of them."""

    start: str
    end: str
    total: int
    groups: tuple[Group, ...]
    unshown: int

    def as_dict(self) -> dict[str, Any]:
        """As JSON."""
        return {**asdict(self), "groups": [{**asdict(group), "patch": group.patch} for group in self.groups]}

    @classmethod
    def from_dict(cls, raw: dict[str, Any]) -> UnclearReport:
        """From what :meth:`as_dict` gave."""
        groups = (
            Group(
                one["id"],
                one["count"],
                one["kinds"],
                tuple(one["examples"]),
                tuple((topic, chance) for topic, chance in one["topics"]),
            )
            for one in raw["groups"]
        )
        return cls(raw["start"], raw["end"], raw["total"], tuple(groups), raw["unshown"])


def unclear_in(connection: Connection, start: datetime, end: datetime) -> list[Unclear]:
    """All such questions of a period, as they are stored: for grouping and counting only."""
    found = [
        Unclear(turn.text, kind, turn.conversation)
        for turn in read_turns(connection, start, end)
        if turn.typed and not turn.danger and (kind := _kind(turn))
    ]
    tasks = select(answer_tasks).where(answer_tasks.c.created >= start, answer_tasks.c.created < end)
    # A task says nothing of its parent, so each counts as another one.
    found += [Unclear(row.question, "klopte_niet", f"taak {row.id}") for row in connection.execute(tasks)]
    return found


def _kind(turn: StoredTurn) -> str | None:
    if turn.verdict == BAD:
        return "duim"
    return {"ask": "gevraagd", "none": "geweigerd"}.get(turn.decision)


def report(
    questions: Sequence[Unclear],
    start: datetime,
    end: datetime,
    certain: Callable[[str], bool],
    rank: Callable[[str], list[Ranked]],
) -> UnclearReport:
    """Group them; what is not certain is counted in a group and never shown."""
    groups = shown_groups(questions, certain)
    made = tuple(_group(number, mine, shown, rank) for number, (mine, shown) in enumerate(groups, start=1))
    days = (start.date().isoformat(), end.date().isoformat())
    return UnclearReport(*days, len(questions), made, len(questions) - sum(group.count for group in made))


def shown_groups(
    questions: Sequence[Unclear], certain: Callable[[str], bool]
) -> list[tuple[list[Unclear], tuple[str, ...]]]:
    """Questions that are alike, with those of them that may leave the store; the largest group first.

    A group of which nothing may be shown is left out: fewer than :data:`FEWEST` parents asked what is certain.
    """
    groups = []
    for members in _grouped([question.text for question in questions]):
        mine = [questions[at] for at in members]
        shown = _examples(mine, certain)
        if shown:
            groups.append((mine, shown))
    return sorted(groups, key=lambda group: -len(group[0]))


def _examples(questions: Iterable[Unclear], certain: Callable[[str], bool]) -> tuple[str, ...]:
    """The commonest that may be shown; only when five different parents asked what may be shown."""
    shown = [question for question in questions if certain(question.text)]
    if len({question.source for question in shown}) < FEWEST:
        return ()
    common = Counter(question.text for question in shown).most_common(EXAMPLES)
    return tuple(text for text, _ in common)


def _group(number: int, questions: list[Unclear], shown: tuple[str, ...], rank: Callable[[str], list[Ranked]]) -> Group:
    kinds = Counter(question.kind for question in questions)
    nearest: Counter[str] = Counter()
    for text in shown:
        nearest.update({entry.topic: entry.probability / len(shown) for entry in rank(text)})
    topics = tuple((topic, round(float(chance), 3)) for topic, chance in nearest.most_common(TOPICS))
    counted = {kind: count for kind, count in kinds.items() if count >= FEWEST}
    return Group(f"V{number}", len(questions), counted, shown, topics)


def _grouped(texts: Sequence[str]) -> list[list[int]]:
    """Positions of texts that are alike: each joins the first group whose first text it is like enough."""
    if not texts:
        return []
    vectoriser = TfidfVectorizer(preprocessor=normalise, analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True)
    vectors = vectoriser.fit_transform(texts)
    groups: list[list[int]] = []
    heads: list[int] = []
    for at in range(len(texts)):
        near = (vectors[heads] @ vectors[at].T).toarray().ravel() if heads else np.array([])
        if near.size and near.max() >= ALIKE:
            groups[int(near.argmax())].append(at)
        else:
            groups.append([at])
            heads.append(at)
    return groups
