"""Where the assistant is: the port of the settings, until a new one took its place while the service ran."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from bot.settings import Settings

FILE = Path("publicaties") / "assistent.json"
"""Below ``var``; written by the service (:mod:`bot.launch.handover`), gone when the service starts anew."""


def follow(settings: Settings) -> Callable[[], int]:
    """Gives the port of the assistant that answers now; looks at the file each time, and reads it when it changed."""
    file = settings.var_dir / FILE
    known: tuple[int, int] = (0, settings.assistant_port)

    def port() -> int:
        nonlocal known
        stamp = _stamp(file)
        if stamp != known[0]:
            known = (stamp, _port_in(file) or settings.assistant_port)
        return known[1]

    return port


def _stamp(file: Path) -> int:
    try:
        status = file.stat()
    except OSError:
        return 0
    # Each change is a new file: its number differs even within one tick of the clock.
    return status.st_mtime_ns ^ (status.st_ino << 1)


def _port_in(file: Path) -> int | None:
    try:
        return int(json.loads(file.read_text(encoding="utf-8"))["poort"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
