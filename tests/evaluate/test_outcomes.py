"""What a parent meets."""

import pytest

from bot.evaluate.examples import Example
from bot.evaluate.outcomes import Judged, judge
from bot.nlu.decide import Choice
from bot.nlu.ranking import Ranked
from bot.topics import OUT_OF_SCOPE


def judged(label: str, ranking: list[str], choice: Choice) -> Judged:
    example = Example("tekst", label, frozenset([label]), "stem-a", "kort")
    return judge(example, [Ranked(topic, 0.5 / (place + 1)) for place, topic in enumerate(ranking)], choice)


@pytest.mark.parametrize(
    ("label", "ranking", "choice", "outcome"),
    [
        ("a/x", ["a/x", "a/y"], "answer", "right"),
        ("a/x", ["a/y", "a/x"], "answer", "wrong"),
        ("a/x", ["a/y", "a/z", "a/x"], "ask", "asked"),
        ("a/x", ["a/y", "a/z", "a/w", "a/x"], "ask", "missed"),
        ("a/x", ["a/x"], "none", "missed"),
        ("a/x", [OUT_OF_SCOPE, "a/x"], "answer", "missed"),
        (OUT_OF_SCOPE, [OUT_OF_SCOPE], "answer", "right"),
        (OUT_OF_SCOPE, ["a/x"], "none", "right"),
        (OUT_OF_SCOPE, ["a/x"], "answer", "wrong"),
        (OUT_OF_SCOPE, ["a/x", OUT_OF_SCOPE], "ask", "missed"),
    ],
)
def test_outcome(label: str, ranking: list[str], choice: Choice, outcome: str) -> None:
    assert judged(label, ranking, choice).outcome == outcome


def test_out_of_scope_takes_no_place_among_the_options() -> None:
    assert judged("a/z", ["a/x", OUT_OF_SCOPE, "a/y", "a/z"], "ask").outcome == "asked"


def test_an_empty_ranking_has_no_confidence() -> None:
    one = judged("a/x", [], "none")
    assert (one.confidence, one.top_right, one.within_three) == (0.0, False, False)


@pytest.mark.parametrize(
    ("ranking", "choice", "right"),
    [
        (["tlv/aanvragen", "tlv/uitleg"], "answer", True),
        (["sop/uitleg", "tlv/uitleg"], "answer", False),
        (["tlv/uitleg", "sop/uitleg"], "ask", True),
        ([], "none", False),
    ],
)
def test_the_theme_is_what_rasa_counts(ranking: list[str], choice: Choice, right: bool) -> None:
    assert judged("tlv/uitleg", ranking, choice).theme_right is right
