"""Figures of a series of times."""

from bot.bench.times import times_of


def test_median_and_p95_are_in_milliseconds() -> None:
    times = times_of([number / 1000 for number in range(1, 101)], errors=2)
    assert (times.count, times.median, times.errors) == (100, 50.5, 2)
    assert 95 <= times.p95 <= 96


def test_one_message_is_its_own_median() -> None:
    assert times_of([0.002]).p95 == 2


def test_nothing_measured_is_said_with_its_errors() -> None:
    assert str(times_of([], errors=3)) == "median 0.0 ms, p95 0.0 ms (0 messages, 3 errors)"
