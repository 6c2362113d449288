"""The decision after ranking."""

import pytest

from bot.nlu.decide import Thresholds, decide
from bot.nlu.ranking import Ranked

LIMITS = Thresholds(answer=0.5, ask=0.25)


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
