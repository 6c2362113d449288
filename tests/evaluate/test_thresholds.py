"""Thresholds by cost."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.evaluate.examples import Example
from bot.evaluate.folds import Predicted
from bot.evaluate.thresholds import Costs, Pricing, lines, write
from bot.nlu.decide import Thresholds
from bot.topics import DANGER, HUMAN, OUT_OF_SCOPE

COSTS = Costs(3, 1, 3, 3, 1)
TOPICS = ["a/een", "b/twee", DANGER, OUT_OF_SCOPE]


def example(label: str) -> Example:
    return Example("tekst", label, frozenset([label]), "stem-01", "gewoon")


def pricing(*rows: tuple[str, tuple[float, float, float, float]], costs: Costs = COSTS) -> Pricing:
    examples = [example(label) for label, _ in rows]
    return Pricing(Predicted(examples, TOPICS, np.array([chances for _, chances in rows])), costs)


SURE = ("a/een", (0.9, 0.1, 0.0, 0.0))
TAKEN_FOR_ANOTHER = ("a/een", (0.45, 0.55, 0.0, 0.0))
OUTSIDE = (OUT_OF_SCOPE, (0.7, 0.1, 0.0, 0.2))
NEED = (DANGER, (0.6, 0.15, 0.25, 0.0))


def test_a_wrong_answer_costs_more_than_a_question() -> None:
    both = pricing(SURE, TAKEN_FOR_ANOTHER)
    careless, careful = (both.price(Thresholds(answer, 0.25, 0.5, 0.5)) for answer in (0.5, 0.6))
    assert (careless.shares["fout"], careful.shares["vraag"]) == (0.5, 0.5)
    assert careful.cost < careless.cost


def test_the_cheapest_thresholds_ask_where_the_answer_would_be_wrong() -> None:
    best = pricing(SURE, TAKEN_FOR_ANOTHER).best(0.3)
    assert 0.55 < best.thresholds.answer <= 0.9
    assert best.shares["fout"] == 0


def test_when_questions_are_dear_everything_is_answered() -> None:
    dear = Costs(1, 9, 9, 3, 1)
    assert pricing(SURE, TAKEN_FOR_ANOTHER, costs=dear).best(0.3).thresholds.answer <= 0.55


def test_a_share_of_out_of_scope_is_refused_when_that_is_cheaper() -> None:
    best = pricing(SURE, OUTSIDE).best(0.3)
    assert best.shares["buiten geweigerd"] == 1
    assert best.shares["goed"] == 1


def test_the_threshold_of_danger_stays() -> None:
    assert pricing(SURE, NEED).best(0.3).thresholds.danger == 0.3


DECIDED = ("a/een", "b/twee", "c/drie", DANGER, HUMAN, OUT_OF_SCOPE)
rows = st.lists(st.integers(0, 20), min_size=len(DECIDED), max_size=len(DECIDED)).filter(any)
chosen = st.builds(Thresholds, *(st.sampled_from([0.1, 0.25, 0.3, 0.4, 0.5]) for _ in range(4)))


@settings(max_examples=300)
@given(st.lists(st.tuples(st.sampled_from(DECIDED), rows), min_size=1, max_size=6), chosen)
def test_what_is_priced_is_what_is_decided(messages: list[tuple[str, list[int]]], thresholds: Thresholds) -> None:
    chances = np.array([row for _, row in messages]) / np.array([[sum(row)] for _, row in messages])
    predicted = Predicted([example(label) for label, _ in messages], DECIDED, chances)
    shares = Pricing(predicted, COSTS).price(thresholds).shares
    ours = [one for one in predicted.judged(thresholds) if not one.example.accepted & {DANGER, OUT_OF_SCOPE}]
    for name, outcome in (("goed", "right"), ("vraag", "asked"), ("fout", "wrong")):
        assert shares[name] == pytest.approx(np.mean([one.outcome == outcome for one in ours]) if ours else 0)
    others = [one for one in predicted.judged(thresholds) if OUT_OF_SCOPE in one.example.accepted]
    assert shares["buiten geweigerd"] == pytest.approx(np.mean([one.refused for one in others]) if others else 0)


def test_the_table_has_both_choices() -> None:
    tried = pricing(SURE, TAKEN_FOR_ANOTHER)
    text = "\n".join(lines(tried.price(Thresholds()), tried.best(0.3)))
    assert "drempel antwoord" in text and "kosten" in text


def test_thresholds_are_written_and_the_rest_of_the_file_stays(tmp_path: Path) -> None:
    config = tmp_path / "config.yml"
    config.write_text("pipeline:\n  - name: x\n    # why\n    drempels: {antwoord: 0.5, vraag: 0.25}\n    kosten: {}\n")
    write(config, Thresholds(0.6, 0.25, 0.1, 0.2))
    assert config.read_text() == (
        "pipeline:\n  - name: x\n    # why\n"
        "    drempels: {antwoord: 0.6, vraag: 0.25, buiten: 0.1, nood: 0.2}\n    kosten: {}\n"
    )


def test_a_config_without_thresholds_is_told(tmp_path: Path) -> None:
    (tmp_path / "config.yml").write_text("pipeline: []\n")
    with pytest.raises(ValueError, match="drempels"):
        write(tmp_path / "config.yml", Thresholds())
