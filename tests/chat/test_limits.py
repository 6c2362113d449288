"""The rate of messages in a conversation."""

from __future__ import annotations

from bot.chat.limits import Rate


def test_a_burst_is_allowed_and_then_a_steady_rate() -> None:
    now = [0.0]
    rate = Rate(burst=3, per_second=0.5, clock=lambda: now[0])
    assert [rate.allow("a") for _ in range(4)] == [True, True, True, False]
    now[0] = 2.0
    assert [rate.allow("a") for _ in range(2)] == [True, False]


def test_each_conversation_has_its_own_rate() -> None:
    rate = Rate(burst=1, per_second=0.1, clock=lambda: 0.0)
    assert rate.allow("a") and rate.allow("b")
    assert not rate.allow("a")


def test_conversations_that_have_been_quiet_are_forgotten() -> None:
    now = [0.0]
    rate = Rate(burst=1, per_second=1.0, clock=lambda: now[0])
    for number in range(10_001):
        rate.allow(str(number))
    now[0] = 10.0
    rate.allow("nieuw")
    assert len(rate._buckets) == 1
