"""Work that goes on beside the rest of publishing, each in a process of its own, and waiting for all of it at once."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from bot.launch.child import Child, end_all
from bot.settings import ROOT

Say = Callable[[str], None]
TOLD = "> "
"""What a line begins with that is meant for whoever waits; the rest of what a child writes is for its log."""
_NICE = 5
_SILENCE_SECONDS = 10.0


class Part(Protocol):
    """Something to wait for."""

    name: str

    def look(self) -> bool:
        """Whether it is done; tells what is new. Never waits.

        Raises:
            Stopped: it went wrong.
        """
        ...


class Beside:
    """A command that runs beside the rest; parents go first."""

    def __init__(self, name: str, command: Sequence[str], log: Path, directory: Path = ROOT) -> None:
        """Starts it at once; it never outlives this process."""
        self.name, self.log = name, log
        # The commands are modules of the program, wherever the content is that they look at.
        self._child = Child(name, command, log, directory, {"PYTHONPATH": str(ROOT)})
        self._child.rotate()
        self._child.start()
        self._seen = 0
        with suppress(ProcessLookupError):
            os.setpriority(os.PRIO_PROCESS, self._child.pid or 0, _NICE)

    def tell(self, say: Say) -> None:
        """Pass on the lines that are meant for whoever waits."""
        with self.log.open("rb") as file:
            file.seek(self._seen)
            lines, end, _ = file.read().rpartition(b"\n")
        self._seen += len(lines) + len(end)
        for line in lines.decode("utf-8", "replace").splitlines():
            if line.startswith(TOLD):
                say(line.removeprefix(TOLD))

    def ended(self) -> int | None:
        """The exit status; None while it runs."""
        return self._child.ended()

    def end(self) -> None:
        """End it, if it still runs."""
        if self._child.running():
            end_all([self._child], grace=0.0)


class Clock:
    """Tells lines, and after a while of silence what is still going on."""

    def __init__(self, say: Say, silence: float = _SILENCE_SECONDS) -> None:
        self._say, self._silence = say, silence
        self.began = self._last = time.monotonic()

    @property
    def seconds(self) -> float:
        """Since the beginning."""
        return time.monotonic() - self.began

    def say(self, line: str) -> None:
        """Tell a line."""
        self._last = time.monotonic()
        self._say(line)

    def wait(self, parts: Sequence[Part], meanwhile: Sequence[Part] = ()) -> None:
        """Until all of them are done.

        Args:
            parts: to wait for.
            meanwhile: looked at too, so that what they tell and what goes wrong with them is heard at once.

        Raises:
            Stopped: one of them went wrong.
        """
        waiting, others = list(parts), list(meanwhile)
        while waiting := [part for part in waiting if not part.look()]:
            others = [part for part in others if not part.look()]
            if time.monotonic() - self._last > self._silence:
                busy = ", ".join(part.name for part in [*waiting, *others])
                self.say(f"  ... {self.seconds:.0f} s, nog bezig: {busy}")
            time.sleep(0.1)
