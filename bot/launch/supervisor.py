"""Keeps the children running: one that dies is started again, a little later each time."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.launch.child import Child, end_all
from bot.launch.console import Console
from bot.launch.signals import Stop

LONGEST_WAIT = 30.0
HEALTHY_AFTER = 60.0
"""A child that ran this long starts again after one second, whatever went before."""


@dataclass
class _Watch:
    child: Child
    started: float = 0.0
    deaths: int = 0
    due: float | None = None
    """When it is to be started again; None while it runs."""


class Supervisor:
    """Starts the children, watches them and ends them."""

    def __init__(
        self,
        children: Sequence[Child],
        console: Console,
        stop: Stop,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Nothing runs yet; ``clock`` gives seconds."""
        self._watches = [_Watch(child) for child in children]
        self._console, self._stop, self._clock = console, stop, clock

    def start(self) -> None:
        """Start every child with a new log."""
        for watch in self._watches:
            watch.child.rotate()
            self._start(watch)

    def look(self) -> None:
        """Notice who died, and start again who has waited long enough. Call this often."""
        for watch in self._watches:
            if watch.due is None and watch.child.ended() is not None:
                self._note_death(watch)
            elif watch.due is not None and self._clock() >= watch.due:
                watch.due = None
                self._start(watch)

    def gave_up_on(self, most: int) -> Child | None:
        """A child that died ``most`` times in a row."""
        return next((watch.child for watch in self._watches if watch.deaths >= most), None)

    def replace(self, name: str, child: Child) -> Child | None:
        """Watch ``child``, which runs, in place of the one with this name; that one runs on, and is given back."""
        for watch in self._watches:
            if watch.child.name == name:
                old, watch.child = watch.child, child
                watch.started, watch.deaths, watch.due = self._clock(), 0, None
                return old
        return None

    def end(self) -> None:
        """End every child."""
        end_all([watch.child for watch in self._watches], hurry=lambda: self._stop.times > 1)

    def _start(self, watch: _Watch) -> None:
        watch.started = self._clock()
        watch.child.start()

    def _note_death(self, watch: _Watch) -> None:
        if self._clock() - watch.started >= HEALTHY_AFTER:
            watch.deaths = 0
        wait = min(2.0**watch.deaths, LONGEST_WAIT)
        watch.deaths += 1
        watch.due = self._clock() + wait
        # What it started itself must not keep its port.
        end_all([watch.child], grace=0.0)
        what = f"the {watch.child.name} ended (status {watch.child.ended()})"
        when = time.strftime("%H:%M:%S")
        self._console.line(f"{when} {what}; it starts again in {wait:.0f} s; see {watch.child.log}")
