"""What the operator reads: lines, and the seconds of a step that takes long."""

import sys
import time
from typing import TextIO

SECONDS_BETWEEN_LINES = 30


class Console:
    """Writes to the terminal, or to a log where there is none."""

    def __init__(self, stream: TextIO | None = None) -> None:
        """Write to ``stream``; default: standard output."""
        self._stream = stream or sys.stdout
        self._live = self._stream.isatty()
        self._open = False

    def line(self, text: str) -> None:
        """One line; takes the place of a running counter."""
        self._stream.write(("\r\033[K" if self._open else "") + text + "\n")
        self._stream.flush()
        self._open = False

    def counter(self, text: str) -> "Counter":
        """A step that takes long: shows ``text`` at once, and then the seconds that go by."""
        if not self._live:
            self.line(f"{text} ...")
        return Counter(self, text)

    def update(self, text: str) -> None:
        """Rewrite the running line; without a terminal a line of its own."""
        if not self._live:
            return self.line(text)
        self._stream.write(f"\r\033[K{text}")
        self._stream.flush()
        self._open = True
        return None

    @property
    def live(self) -> bool:
        """Whether a line can be rewritten."""
        return self._live


class Counter:
    """The seconds of one step: on a terminal each second, in a log each half minute."""

    def __init__(self, console: Console, text: str) -> None:
        """Count from now."""
        self._console, self._text = console, text
        self._start = time.monotonic()
        self._every = 1 if console.live else SECONDS_BETWEEN_LINES
        self._shown = 0

    @property
    def seconds(self) -> float:
        """Since the start of the step."""
        return time.monotonic() - self._start

    def tick(self) -> None:
        """Call this often; it writes when it is time to."""
        steps = int(self.seconds) // self._every
        if steps > self._shown:
            self._shown = steps
            self._console.update(f"{self._text} ... {steps * self._every} s")
