"""What a change does to the saved questions: before and after, better or worse."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from bot.ask import Asker, Timed
from bot.publish.questions import TEST, Saved, Wanted, is_refusal
from bot.topics import OUT_OF_SCOPE

Verdict = Literal["slechter", "nog fout", "beter", "anders", "tekst"]
VERDICTS: tuple[Verdict, ...] = ("slechter", "nog fout", "beter", "anders", "tekst")
MEANING = {
    "slechter": "was goed, is nu niet meer goed",
    "nog fout": "een testgesprek dat niet gaat zoals u opschreef; ook zonder uw wijziging niet",
    "beter": "was niet goed, is nu goed",
    "anders": "ander onderwerp of ander besluit, geen van beide of allebei goed",
    "tekst": "hetzelfde onderwerp, andere tekst",
}
# Made at random for each case; it is no difference.
_RECEIPT = re.compile(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_SCORES = {"right": 2, "asked": 1, "wrong": 0}


@dataclass(frozen=True)
class Outcome:
    """What came of one turn.

    Attributes:
        decision: see :class:`bot.chat.messages.Turn`, as for the topics and the options.
        topics: that were answered.
        options: that were offered.
        reply: the messages.
        said: the names of the responses that were used in the whole conversation.
    """

    decision: str
    topics: tuple[str, ...]
    options: tuple[str, ...]
    reply: tuple[str, ...]
    said: tuple[str, ...] = field(default=(), compare=False)

    def shown(self) -> str:
        """Decision and topics, in short."""
        return f"{self.decision}: {', '.join(self.topics or self.options) or '-'}"


@dataclass(frozen=True)
class Change:
    """One turn that goes otherwise than before."""

    verdict: Verdict
    source: str
    name: str
    text: str
    before: Outcome
    after: Outcome


@dataclass(frozen=True)
class Difference:
    """All of it: how many turns were held against each other, and those that changed."""

    turns: int
    changes: tuple[Change, ...]

    def count(self, verdict: Verdict) -> int:
        """How many changed this way."""
        return sum(change.verdict == verdict for change in self.changes)

    @property
    def elsewhere(self) -> tuple[Change, ...]:
        """The changes that are more than other words."""
        return tuple(change for change in self.changes if change.verdict != "tekst")

    @property
    def texts(self) -> list[NewText]:
        """The others, each change of words once; the one that most turns get comes first."""
        found: dict[tuple[tuple[str, ...], tuple[str, ...]], list[Change]] = {}
        for change in self.changes:
            if change.verdict == "tekst":
                found.setdefault(_other_sentences(change), []).append(change)
        groups = [
            NewText(min((one.after.topics for one in of), key=len), *key, tuple(one.text for one in of))
            for key, of in found.items()
        ]
        return sorted(groups, key=lambda group: -len(group.questions))


@dataclass(frozen=True)
class NewText:
    """Turns that get the same topics as before, with the same change in the words.

    Attributes:
        topics: that are answered.
        before: the sentences that go.
        after: the sentences that come.
        questions: what was asked, in order.
    """

    topics: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    questions: tuple[str, ...]


Progress = Callable[[int, int], None]


Outcomes = Sequence[Outcome]
"""Of the turns of one question or conversation."""
Names = Callable[[], tuple[str, ...]]


async def outcomes(
    asker: Asker,
    questions: Sequence[Saved],
    progress: Progress = lambda at, of: None,
    said: Names = lambda: (),
) -> list[Outcomes]:
    """What an assistant makes of each of the questions, in order.

    Args:
        asker: asks the assistant.
        questions: with one or more turns.
        progress: is told how many were asked, of how many.
        said: gives the names of the responses that were used since it was last called.
    """
    found: list[Outcomes] = []
    for number, question in enumerate(questions, start=1):
        turns = await asker.converse(question.turns)
        names = said()
        found.append([_outcome(timed, names) for timed in turns])
        progress(number, len(questions))
    return found


def flat(found: Sequence[Outcomes]) -> list[Outcome]:
    """All turns, in order."""
    return [turn for turns in found for turn in turns]


def _outcome(timed: Timed, said: tuple[str, ...]) -> Outcome:
    turn = timed.turn
    reply = tuple(_RECEIPT.sub("XXXX-XXXX", message.text) for message in turn.reply)
    return Outcome(turn.decision, turn.topics, turn.options, reply, said)


def _other_sentences(change: Change) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The sentences that only the old reply has, and those that only the new one has."""
    old, new = _sentences(change.before), _sentences(change.after)
    return tuple(one for one in old if one not in new), tuple(one for one in new if one not in old)


def _sentences(outcome: Outcome) -> list[str]:
    return [one for text in outcome.reply for one in _SENTENCE.split(text) if one.strip()]


def difference(questions: Iterable[Saved], before: Sequence[Outcome], after: Sequence[Outcome]) -> Difference:
    """The turns that changed, the worst first; and those of a test conversation that are wrong all the same."""
    turns = [
        (question, said.text, wanted)
        for question in questions
        for said, wanted in zip(question.turns, question.wanted, strict=True)
    ]
    changes = [
        Change(_verdict(question.source, wanted, old, new), question.source, question.name, text, old, new)
        for (question, text, wanted), old, new in zip(turns, before, after, strict=True)
        if old != new or (question.source == TEST and _score(wanted, new) == _SCORES["wrong"])
    ]
    return Difference(len(turns), tuple(sorted(changes, key=lambda change: VERDICTS.index(change.verdict))))


def _verdict(source: str, wanted: Wanted, before: Outcome, after: Outcome) -> Verdict:
    old, new = _score(wanted, before), _score(wanted, after)
    if source == TEST and old == new == _SCORES["wrong"]:
        return "nog fout"
    if (before.decision, before.topics, before.options) == (after.decision, after.topics, after.options):
        return "tekst"
    return "anders" if old is None or new is None or old == new else "beter" if new > old else "slechter"


def _score(wanted: Wanted, outcome: Outcome) -> int | None:
    """2 right, 1 right after a question, 0 wrong; None when nobody wrote down what is right."""
    if wanted.decision is None and not wanted.topics:
        return None
    if wanted.all_topics:
        return 2 * _as_told(wanted, outcome)
    if OUT_OF_SCOPE in wanted.topics and is_refusal(outcome.decision, outcome.topics):
        return _SCORES["right"]
    if outcome.decision == "ask":
        return _SCORES["asked"] if wanted.topics & set(outcome.options) else _SCORES["wrong"]
    return _SCORES["right"] if wanted.topics & set(outcome.topics) else _SCORES["wrong"]


def _as_told(wanted: Wanted, outcome: Outcome) -> bool:
    return (
        outcome.decision == wanted.decision
        and (not wanted.topics or wanted.topics <= set(outcome.topics))
        and wanted.options <= set(outcome.options)
    )


def to_json(found: Sequence[Outcomes]) -> str:
    """As text, to keep."""
    return json.dumps([[asdict(turn) for turn in turns] for turns in found], ensure_ascii=False)


def from_json(text: str) -> list[Outcomes]:
    """What :func:`to_json` gave."""
    return [[_outcome_of(row) for row in turns] for turns in json.loads(text)]


def _outcome_of(row: dict[str, Any]) -> Outcome:
    lists = {name: tuple(value) for name, value in row.items() if isinstance(value, list)}
    return Outcome(**{**row, **lists})


def difference_to_json(found: Difference) -> str:
    """A whole difference as text, for another process."""
    return json.dumps(asdict(found), ensure_ascii=False)


def difference_from_json(text: str) -> Difference:
    """What :func:`difference_to_json` gave."""
    raw = json.loads(text)
    changes = (
        Change(**{**row, "before": _outcome_of(row["before"]), "after": _outcome_of(row["after"])})
        for row in raw["changes"]
    )
    return Difference(raw["turns"], tuple(changes))
