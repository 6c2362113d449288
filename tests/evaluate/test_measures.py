"""Intervals, calibration, confusion."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evaluate import measures
from bot.evaluate.summary import summarise
from tests.evaluate.test_outcomes import judged


def test_wilson_against_a_known_value() -> None:
    # Newcombe 1998, table I: 81 of 263.
    rate = measures.wilson(81, 263)
    assert (round(rate.low, 4), round(rate.high, 4)) == (0.2553, 0.3662)


def test_no_failure_is_not_certainty() -> None:
    rate = measures.wilson(300, 300)
    assert rate.share == 1
    assert 0.98 < rate.low < 0.99


@given(st.integers(0, 500), st.integers(1, 500))
def test_the_share_lies_in_its_interval(hits: int, total: int) -> None:
    rate = measures.wilson(min(hits, total), total)
    assert 0 <= rate.low <= rate.share + 1e-9
    assert rate.share - 1e-9 <= rate.high <= 1


def test_writers_that_differ_widen_the_interval() -> None:
    hits = [True] * 100 + [False] * 100 + [True] * 100
    groups = ["a"] * 100 + ["b"] * 100 + ["c"] * 100
    wide, narrow = measures.by_writer_bootstrap(hits, groups), measures.wilson(200, 300)
    assert wide.high - wide.low > narrow.high - narrow.low


def test_two_writers_are_too_few_to_draw_from() -> None:
    assert measures.by_writer_bootstrap([True, False], ["a", "b"]) == measures.wilson(1, 2)


def test_calibration_of_one_confidence() -> None:
    messages = [judged("a/x", ["a/x"], "answer"), judged("a/x", ["a/y"], "answer")]
    assert [(one.confidence, one.share, one.count) for one in measures.reliability(messages)] == [(0.5, 0.5, 2)]
    assert measures.calibration_error(messages) == 0
    assert measures.calibration_error(messages[:1]) == 0.5


def test_confusions_count_what_came_first_instead() -> None:
    messages = [judged("a/x", ["a/y"], "answer")] * 2 + [
        judged("a/y", ["a/x"], "ask"),
        judged("a/x", ["a/x"], "answer"),
    ]
    assert measures.confusions(messages) == [("a/x", "a/y", 2), ("a/y", "a/x", 1)]


def test_a_summary_counts_a_question_as_help() -> None:
    figures = summarise([judged("a/x", ["a/x"], "answer"), judged("a/x", ["a/y", "a/x"], "ask")])
    assert figures.right.share == 0.5
    assert figures.helped.share == 1
    assert figures.wrong.hits == 0


def test_an_empty_set_has_no_figures() -> None:
    figures = summarise([])
    assert figures.right.total == 0
    assert figures.calibration == pytest.approx(0)
