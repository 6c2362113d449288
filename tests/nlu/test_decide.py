"""The decision after ranking."""

import pytest

from bot.nlu.decide import Thresholds, decide, options, settle
from bot.nlu.ranking import Ranked
from bot.topics import DANGER, HUMAN, OUT_OF_SCOPE

LIMITS = Thresholds(answer=0.5, ask=0.25, outside=0.2, danger=0.3)


def ranking(*probabilities: float) -> list[Ranked]:
    return [Ranked(f"thema/{number}", probability) for number, probability in enumerate(probabilities)]


@pytest.mark.parametrize(
    ("probabilities", "choice"),
    [
        ((0.5, 0.2), "answer"),
        ((0.49, 0.2), "ask"),
        ((0.1, 0.09, 0.06), "ask"),
        ((0.1, 0.08, 0.06), "none"),
        ((), "none"),
    ],
)
def test_decision(probabilities: tuple[float, ...], choice: str) -> None:
    assert decide(ranking(*probabilities), LIMITS) == choice


def test_out_of_scope_wins_with_enough_of_what_it_and_the_likeliest_topic_have() -> None:
    enough = [Ranked("thema/1", 0.4), Ranked(OUT_OF_SCOPE, 0.1)]
    settled = settle(enough, LIMITS)
    assert settled[0].topic == OUT_OF_SCOPE
    assert decide(settled, LIMITS) == "answer"
    too_little = [Ranked("thema/1", 0.9), Ranked(OUT_OF_SCOPE, 0.1)]
    assert settle(too_little, LIMITS) == too_little


def test_acute_need_wins_before_everything_else() -> None:
    settled = settle([Ranked("thema/1", 0.5), Ranked(DANGER, 0.3), Ranked(OUT_OF_SCOPE, 0.2)], LIMITS)
    assert settled[0].topic == DANGER
    assert decide(settled, LIMITS) == "answer"


def test_acute_need_that_is_not_likely_enough_is_left_to_the_detector() -> None:
    settled = settle([Ranked(DANGER, 0.29), Ranked("thema/1", 0.28), Ranked("thema/2", 0.2)], LIMITS)
    assert [entry.topic for entry in settled] == ["thema/1", "thema/2"]


def test_out_of_scope_is_never_an_option() -> None:
    ranked = [Ranked("thema/1", 0.4), Ranked(OUT_OF_SCOPE, 0.3), Ranked("thema/2", 0.2)]
    assert [entry.topic for entry in options(ranked)] == ["thema/1", "thema/2"]


def test_without_a_ranking_nothing_is_settled() -> None:
    assert settle([], LIMITS) == []


def test_who_probably_wants_a_human_is_not_asked_whether_so() -> None:
    assert decide([Ranked(HUMAN, 0.4), Ranked("thema/1", 0.3)], LIMITS) == "answer"
