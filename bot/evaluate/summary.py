"""The figures of one set of messages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.evaluate.measures import Rate, by_writer_bootstrap, calibration_error
from bot.evaluate.outcomes import Judged
from bot.topics import OUT_OF_SCOPE


@dataclass(frozen=True)
class Summary:
    """Shares of a set of messages, each with its interval.

    Attributes:
        first: the topic that came first is right, whatever was decided.
        three: a right topic is among the first three, whatever was decided.
        right: answered rightly at once, or rightly refused.
        helped: the same, or the right topic was among the options of one question.
        wrong: another topic's answer was given.
        missed: neither answer nor the right option.
        refused: out of scope and refused, of those that are out of scope.
        turned_away: refused, of those that are in scope.
        theme: the theme that came first is right, which is what ``rasa test nlu`` counts.
        calibration: expected calibration error, 0 to 1.
    """

    first: Rate
    three: Rate
    right: Rate
    helped: Rate
    wrong: Rate
    missed: Rate
    refused: Rate
    turned_away: Rate
    theme: Rate
    calibration: float


def summarise(judged: Sequence[Judged]) -> Summary:
    """Count what became of the messages."""
    outside = [one for one in judged if OUT_OF_SCOPE in one.example.accepted]
    inside = [one for one in judged if OUT_OF_SCOPE not in one.example.accepted]
    return Summary(
        first=_rate(judged, lambda one: one.top_right),
        three=_rate(judged, lambda one: one.within_three),
        right=_rate(judged, lambda one: one.outcome == "right"),
        helped=_rate(judged, lambda one: one.outcome in ("right", "asked")),
        wrong=_rate(judged, lambda one: one.outcome == "wrong"),
        missed=_rate(judged, lambda one: one.outcome == "missed"),
        refused=_rate(outside, lambda one: one.refused),
        turned_away=_rate(inside, lambda one: one.refused),
        theme=_rate(judged, lambda one: one.theme_right),
        calibration=calibration_error(judged),
    )


def _rate(judged: Sequence[Judged], holds: Callable[[Judged], bool]) -> Rate:
    return by_writer_bootstrap([holds(one) for one in judged], [one.example.writer for one in judged])
