"""How much one parent, one address and everybody together may ask of the door. Kept in memory only."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta

TEXT_LIMIT = 2000
"""Characters in one message; what is longer gets a kind request to shorten it."""

BODY_LIMIT = 64 * 1024
"""Bytes in one request to the chat."""

REQUEST_SECONDS = 20
"""From the first byte of a request to its last; who takes longer is let go."""

RESPONSE_SECONDS = 60
"""That a reader may leave what was sent to it unread; a stream says something every 15 seconds."""

OPEN_FOR = timedelta(minutes=30)
"""A conversation in which nothing happened for so long is not counted as open any more."""

STREAMS_PER_CONVERSATION = 8
"""Tabs that can show the same conversation; the oldest makes place for one more."""

_BURST = 10
_PER_SECOND = 0.5
# A school or a neighbourhood centre has one address for many parents.
_ADDRESS_BURST, _ADDRESS_PER_SECOND = 100, 5.0
_STARTS_BURST, _STARTS_PER_SECOND = 50, 1.0
_MOST_KEYS = 10_000
_BETWEEN_SWEEPS = 1.0


class Rate:
    """A bucket per key: so many at once, then so many per second. Kept in memory only."""

    def __init__(
        self, burst: int = _BURST, per_second: float = _PER_SECOND, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._burst, self._per_second, self._clock = burst, per_second, clock
        self._buckets: dict[str, tuple[float, float]] = {}
        self._swept = float("-inf")

    def allow(self, key: str | None) -> bool:
        """Whether one more fits now; if so it is counted. Without a key there is nobody to count for."""
        if key is None:
            return True
        now = self._clock()
        if len(self._buckets) > _MOST_KEYS and now - self._swept >= _BETWEEN_SWEEPS:
            self._forget_full(now)
        tokens = self._tokens(key, now)
        self._buckets[key] = (tokens - 1 if tokens >= 1 else tokens, now)
        return tokens >= 1

    def _tokens(self, key: str, now: float) -> float:
        tokens, since = self._buckets.get(key, (float(self._burst), now))
        return min(float(self._burst), tokens + (now - since) * self._per_second)

    def _forget_full(self, now: float) -> None:
        self._swept = now
        full = [key for key in self._buckets if self._tokens(key, now) >= self._burst]
        for key in full:
            del self._buckets[key]


def rate_of_address() -> Rate:
    """For the messages from one address."""
    return Rate(_ADDRESS_BURST, _ADDRESS_PER_SECOND)


def rate_of_starts() -> Rate:
    """For the conversations that one address begins."""
    return Rate(_STARTS_BURST, _STARTS_PER_SECOND)
