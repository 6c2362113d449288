"""How many messages a conversation may send in a short time."""

from __future__ import annotations

import time
from collections.abc import Callable

TEXT_LIMIT = 2000
"""Characters in one message; what is longer gets a kind request to shorten it."""

BODY_LIMIT = 64 * 1024
"""Bytes in one request to the chat."""

_BURST = 10
_PER_SECOND = 0.5
_MOST_KEYS = 10_000


class Rate:
    """A bucket per key: so many at once, then so many per second. Kept in memory only."""

    def __init__(
        self, burst: int = _BURST, per_second: float = _PER_SECOND, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._burst, self._per_second, self._clock = burst, per_second, clock
        self._buckets: dict[str, tuple[float, float]] = {}

    def allow(self, key: str) -> bool:
        """Whether one more fits now; if so it is counted."""
        now = self._clock()
        if len(self._buckets) > _MOST_KEYS:
            self._forget_full(now)
        tokens = self._tokens(key, now)
        self._buckets[key] = (tokens - 1 if tokens >= 1 else tokens, now)
        return tokens >= 1

    def _tokens(self, key: str, now: float) -> float:
        tokens, since = self._buckets.get(key, (float(self._burst), now))
        return min(float(self._burst), tokens + (now - since) * self._per_second)

    def _forget_full(self, now: float) -> None:
        full = [key for key in self._buckets if self._tokens(key, now) >= self._burst]
        for key in full:
            del self._buckets[key]
