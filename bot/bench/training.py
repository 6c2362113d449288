"""What a training costs: time, memory at its peak, size of the model."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.bench.processes import memory
from bot.launch.child import environment, module
from bot.settings import ROOT
from bot.training import newest_model

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Training:
    """One training.

    Attributes:
        seconds: from start to end of the command, imports included.
        model: the file that came of it.
        size: of that file, in megabytes.
        peak: of memory, in megabytes.
    """

    seconds: float
    model: Path
    size: float
    peak: float


def train(models_dir: Path) -> Training:
    """Run ``python -m bot train``; the settings come from the environment.

    Raises:
        RuntimeError: it failed; the message has the end of what it said.
    """
    seconds, peak = measured(module("bot", "train"))
    model = newest_model(models_dir)
    if model is None:
        raise RuntimeError(f"no model in {models_dir}")
    return Training(seconds, model, model.stat().st_size / MEGABYTE, peak)


def measured(command: Sequence[str]) -> tuple[float, float]:
    """Seconds that a command takes, and the megabytes it holds at most.

    Raises:
        RuntimeError: it ended with another status than 0.
    """
    start = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        text=True,
    )
    highest: list[float] = [0.0]
    watch = threading.Thread(target=_watch, args=(process, highest), daemon=True)
    watch.start()
    said, _ = process.communicate()
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}: {said[-500:]}")
    watch.join(timeout=1)
    return time.perf_counter() - start, highest[0]


def _watch(process: subprocess.Popen[str], highest: list[float]) -> None:
    # Its own session makes the process the leader of its group.
    while process.poll() is None:
        highest[0] = max(highest[0], memory(process.pid))
        time.sleep(0.5)


def cores() -> int:
    """The processor cores that this process may use."""
    return len(os.sched_getaffinity(0))
