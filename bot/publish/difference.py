"""What a change does to the saved questions: before and after, better or worse."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

from bot.ask import Asker, Timed
from bot.publish.questions import Saved, Wanted, is_refusal
from bot.topics import OUT_OF_SCOPE

Verdict = Literal["slechter", "beter", "anders", "tekst"]
VERDICTS: tuple[Verdict, ...] = ("slechter", "beter", "anders", "tekst")
MEANING = {
    "slechter": "was goed, is nu niet meer goed",
    "beter": "was niet goed, is nu goed",
    "anders": "ander onderwerp of ander besluit, geen van beide of allebei goed",
    "tekst": "hetzelfde onderwerp, andere tekst",
}
# Made at random for each case; it is no difference.
_RECEIPT = re.compile(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b")
_SCORES = {"right": 2, "asked": 1, "wrong": 0}


@dataclass(frozen=True)
class Outcome:
    """What came of one turn."""

    decision: str
    topics: tuple[str, ...]
    options: tuple[str, ...]
    reply: tuple[str, ...]

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


Progress = Callable[[int, int], None]


async def outcomes(asker: Asker, questions: Sequence[Saved], progress: Progress = lambda at, of: None) -> list[Outcome]:
    """What an assistant makes of each turn of the questions, in order."""
    found: list[Outcome] = []
    for number, question in enumerate(questions, start=1):
        found += [_outcome(timed) for timed in await asker.converse(question.turns)]
        progress(number, len(questions))
    return found


def _outcome(timed: Timed) -> Outcome:
    turn = timed.turn
    reply = tuple(_RECEIPT.sub("XXXX-XXXX", message.text) for message in turn.reply)
    return Outcome(turn.decision, turn.topics, turn.options, reply)


def difference(questions: Iterable[Saved], before: Sequence[Outcome], after: Sequence[Outcome]) -> Difference:
    """The turns that changed, the worst first."""
    turns = [
        (question, said.text, wanted)
        for question in questions
        for said, wanted in zip(question.turns, question.wanted, strict=True)
    ]
    changes = [
        Change(_verdict(wanted, old, new), question.source, question.name, text, old, new)
        for (question, text, wanted), old, new in zip(turns, before, after, strict=True)
        if old != new
    ]
    return Difference(len(turns), tuple(sorted(changes, key=lambda change: VERDICTS.index(change.verdict))))


def _verdict(wanted: Wanted, before: Outcome, after: Outcome) -> Verdict:
    if (before.decision, before.topics, before.options) == (after.decision, after.topics, after.options):
        return "tekst"
    old, new = _score(wanted, before), _score(wanted, after)
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


def to_json(found: Sequence[Outcome]) -> str:
    """As text, to keep."""
    return json.dumps([asdict(one) for one in found], ensure_ascii=False)


def from_json(text: str) -> list[Outcome]:
    """What :func:`to_json` gave."""
    return [
        Outcome(row["decision"], tuple(row["topics"]), tuple(row["options"]), tuple(row["reply"]))
        for row in json.loads(text)
    ]
