"""The decision after ranking: answer, ask which topic is meant, or say that it was not understood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.nlu.ranking import Ranked
from bot.topics import DANGER, HUMAN, OUT_OF_SCOPE

Choice = Literal["answer", "ask", "none"]
MAX_OPTIONS = 3
_AT_ONCE = (DANGER, HUMAN, OUT_OF_SCOPE)
"""Never a question first: help lines, a human, or that it is not about the field."""


@dataclass(frozen=True)
class Thresholds:
    """Probabilities (0 to 1) in ``config.yml``; ``python -m bot drempels`` chooses them.

    Attributes:
        answer: at or above it the first topic is answered.
        ask: below it for the options together, none are offered either.
        outside: at or above it, out of scope wins. It is the share of out of scope when only that and the likeliest
            other topic count: a parent's own question hardly ever has some of it, another subject nearly always.
        danger: at or above it, acute need wins; below it, it is no candidate: the danger detector looks at it better.
    """

    answer: float = 0.5
    ask: float = 0.25
    outside: float = 0.5
    danger: float = 0.9


def settle(ranking: Sequence[Ranked], thresholds: Thresholds) -> list[Ranked]:
    """The ranking, most likely first, with acute need or out of scope in front when it is likely enough."""
    chances = {entry.topic: entry.probability for entry in ranking}
    if chances.get(DANGER, 0.0) >= thresholds.danger:
        return _first(DANGER, ranking)
    ranking = [entry for entry in ranking if entry.topic != DANGER]
    outside = chances.get(OUT_OF_SCOPE, 0.0)
    best = max((entry.probability for entry in ranking if entry.topic != OUT_OF_SCOPE), default=0.0)
    if outside and outside >= thresholds.outside * (outside + best):
        return _first(OUT_OF_SCOPE, ranking)
    return list(ranking)


def decide(ranking: Sequence[Ranked], thresholds: Thresholds) -> Choice:
    """What to do with a message whose topics are ranked and settled."""
    if not ranking:
        return "none"
    if ranking[0].topic in _AT_ONCE or ranking[0].probability >= thresholds.answer:
        return "answer"
    offered = sum(entry.probability for entry in options(ranking))
    return "ask" if offered >= thresholds.ask else "none"


def options(ranking: Sequence[Ranked]) -> list[Ranked]:
    """The topics to offer; "iets anders" is always there, so that out of scope is not one of them."""
    return [entry for entry in ranking if entry.topic != OUT_OF_SCOPE][:MAX_OPTIONS]


def _first(topic: str, ranking: Sequence[Ranked]) -> list[Ranked]:
    return sorted(ranking, key=lambda entry: entry.topic != topic)
