"""One child process: its own process group, its own log, and never left behind."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from bot.settings import ROOT

GRACE_SECONDS = 10.0
"""From SIGTERM to SIGKILL."""

_PR_SET_PDEATHSIG = 1
_SURROUNDINGS = {
    "RASA_TELEMETRY_ENABLED": "false",  # in every process (DESIGN, invariants)
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "PYTHONUNBUFFERED": "1",
    # A message is a small sum: shared over all cores it costs twice the processor time and is no sooner done.
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    # Each thread that allocates gets memory of its own otherwise, and keeps it.
    "MALLOC_ARENA_MAX": "2",
}


def environment() -> dict[str, str]:
    """The environment of every child."""
    return {**os.environ, **_SURROUNDINGS}


def module(name: str, *arguments: str) -> tuple[str, ...]:
    """The command that runs a Python module with this same Python."""
    return (sys.executable, "-m", name, *arguments)


@dataclass
class Child:
    """A command that can be started, looked at and ended.

    Attributes:
        name: what the operator calls it.
        command: program and arguments.
        log: file for all it writes; one earlier log is kept beside it.
        directory: where it runs.
        extra: variables of its environment, beside those of every child.
    """

    name: str
    command: Sequence[str]
    log: Path
    directory: Path = ROOT
    extra: Mapping[str, str] = field(default_factory=dict)
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def rotate(self) -> None:
        """Begin a new log; done once for each start of the house, not for a restart."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists():
            self.log.replace(self.log.with_name(f"{self.log.name}.1"))

    def start(self) -> None:
        """Start the command.

        Raises:
            OSError: the program cannot be run.
        """
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=self.directory,
                env={**environment(), **self.extra},
                start_new_session=True,
                preexec_fn=_dies_with(os.getpid()),
            )

    @property
    def pid(self) -> int | None:
        """Process id, also after its end; None before the first start."""
        return self._process.pid if self._process else None

    def ended(self) -> int | None:
        """The exit status, negative for a signal; None while it runs."""
        return self._process.poll() if self._process else None

    def running(self) -> bool:
        """Whether it was started and has not ended."""
        return self._process is not None and self._process.poll() is None

    def signal(self, number: int) -> None:
        """Send a signal to the command and all that it started."""
        if self._process:
            # An error means that nobody is left in the group.
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, number)

    def last_lines(self, count: int = 8) -> list[str]:
        """The end of its log."""
        if not self.log.exists():
            return []
        with self.log.open("rb") as log:
            log.seek(max(0, log.seek(0, os.SEEK_END) - 16_384))
            return log.read().decode("utf-8", "replace").splitlines()[-count:]


def end_all(children: Sequence[Child], hurry: Callable[[], bool] = lambda: False, grace: float = GRACE_SECONDS) -> None:
    """End every child and what it started: SIGTERM, and SIGKILL after ``grace`` seconds or when ``hurry`` says so."""
    for child in children:
        child.signal(signal.SIGTERM)
    deadline = time.monotonic() + grace
    while any(child.running() for child in children) and time.monotonic() < deadline and not hurry():
        time.sleep(0.05)
    for child in children:
        # Also when the child ended in order: a process that it started may be left in its group.
        child.signal(signal.SIGKILL)
    while any(child.running() for child in children):
        time.sleep(0.01)


def _dies_with(parent: int) -> Callable[[], None]:
    """What a child does before its command: ask the kernel for SIGTERM when the launcher dies, however it dies."""
    libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None

    def prepare() -> None:
        if libc:
            libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
            if os.getppid() != parent:
                os._exit(1)  # the launcher died before the kernel was asked

    return prepare
