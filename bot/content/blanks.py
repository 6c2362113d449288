"""Places that still have to be filled in: what ``python -m bot inhoud nieuw`` leaves for a human."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bot.content.complaint import Complaint

BLANK = "VUL IN"
_FOLDERS = ("data/nlu", "knowledge", "tests/conversations")


def check_blanks(root: Path) -> Iterator[Complaint]:
    """No file of the content has a place left open."""
    for folder in _FOLDERS:
        for file in sorted((root / folder).rglob("*.yml")):
            # A file that is no UTF-8 is told elsewhere.
            for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
                if BLANK in line:
                    what = line.strip()[:70]
                    yield Complaint(file, number, f"Hier staat nog {BLANK}. Zet er de echte tekst: {what}")
