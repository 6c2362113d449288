"""Ctrl-C, SIGTERM and a closed terminal: asked once, everything ends in order; asked twice, at once."""

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_STEP = 0.05


class Stop:
    """Counts how often the operator asked to stop; the loops of the launcher look at it."""

    def __init__(self) -> None:
        """Not asked yet."""
        self.times = 0

    @property
    def asked(self) -> bool:
        """Whether to stop."""
        return self.times > 0

    def sleep(self, seconds: float) -> None:
        """Wait, but no longer than until it is asked to stop."""
        end = time.monotonic() + seconds
        while not self.asked and (left := end - time.monotonic()) > 0:
            time.sleep(min(_STEP, left))

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Take the signals over for the time of the block."""
        before = {number: signal.signal(number, self._ask) for number in _SIGNALS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        # A flag and no lock: a handler that waits for a lock of the code it interrupts waits for ever.
        self.times += 1
