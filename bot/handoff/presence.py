"""Which ouderadviseurs are there: signs of life of their open pages, in memory, and who of them is available."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

SILENCE = 12.0
"""Seconds without a sign of life after which a browser counts as gone: the network failed, the laptop was closed."""
GRACE = 3.0
"""Seconds after the last page of somebody closed; going from one page of the inbox to the next takes less."""
BEAT = 4.0
"""Seconds between two signs of life."""


class Presence:
    """Who is there now.

    Args:
        clock: seconds that only go up.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._until: dict[int, float] = {}
        self._pages: Counter[int] = Counter()
        self._available: dict[int, str] = {}

    @contextmanager
    def page(self, account_id: int) -> Iterator[None]:
        """An open page, for the length of a ``with`` block."""
        self._pages[account_id] += 1
        self.beat(account_id)
        try:
            yield
        finally:
            self._pages[account_id] -= 1
            if not self._pages[account_id]:
                del self._pages[account_id]
                self._until[account_id] = min(self._until.get(account_id, 0.0), self._clock() + GRACE)

    def beat(self, account_id: int) -> None:
        """A sign of life; without an open page it means nothing."""
        if self._pages[account_id]:
            self._until[account_id] = self._clock() + SILENCE

    def expect(self, account_id: int) -> None:
        """Give somebody who was there before the door started the time to come back."""
        self._until.setdefault(account_id, self._clock() + SILENCE)

    def leave(self, account_id: int) -> None:
        """Logged out: gone at once."""
        self._available.pop(account_id, None)
        self._until.pop(account_id, None)

    def set_available(self, account_id: int, first_name: str | None) -> None:
        """Available under this name, or away."""
        if first_name is None:
            self._available.pop(account_id, None)
        else:
            self._available[account_id] = first_name

    def here(self, account_id: int) -> bool:
        """Whether a page of the inbox is open and gave a sign of life."""
        return self._until.get(account_id, 0.0) > self._clock()

    def available(self) -> dict[int, str]:
        """The first names of who is there and available, by account."""
        return {account_id: name for account_id, name in sorted(self._available.items()) if self.here(account_id)}
