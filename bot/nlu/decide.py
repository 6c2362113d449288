"""The decision after ranking: answer, ask which topic is meant, or say that it was not understood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.nlu.ranking import Ranked
from bot.topics import OUT_OF_SCOPE

Choice = Literal["answer", "ask", "none"]
MAX_OPTIONS = 3


@dataclass(frozen=True)
class Thresholds:
    """Probabilities (0 to 1) in ``config.yml``.

    Attributes:
        answer: at or above it the first topic is answered.
        ask: below it for the options together, none are offered either.
    """

    answer: float = 0.5
    ask: float = 0.25


def decide(ranking: Sequence[Ranked], thresholds: Thresholds) -> Choice:
    """What to do with a message whose topics are ranked, most likely first."""
    if not ranking:
        return "none"
    if ranking[0].probability >= thresholds.answer:
        return "answer"
    offered = sum(entry.probability for entry in options(ranking))
    return "ask" if offered >= thresholds.ask else "none"


def options(ranking: Sequence[Ranked]) -> list[Ranked]:
    """The topics to offer; "iets anders" is always there, so that out of scope is not one of them."""
    return [entry for entry in ranking if entry.topic != OUT_OF_SCOPE][:MAX_OPTIONS]
