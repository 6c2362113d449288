"""``python -m bot duo``: show what an import would change, and write it when asked to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from bot.knowledge.duo.files import DuoError
from bot.knowledge.duo.plan import make_plan
from bot.knowledge.duo.report import lines
from bot.knowledge.duo.writing import NotWritten, write

Say = Callable[[str], None]


def import_files(files: Sequence[Path], folder: Path, year: int, writing: bool, say: Say) -> bool:
    """Compare DUO files with what we have, and write when ``writing``.

    Args:
        files: as downloaded.
        folder: ``knowledge/``.
        year: of the files.
        writing: whether to write; else it is only shown.
        say: takes each line.

    Returns:
        False when the files were refused; then nothing is written.
    """
    try:
        plan = make_plan(files, folder, year)
        for line in lines(plan):
            say(line)
        if plan and writing:
            say(f"Written: {', '.join(write(plan, folder))}")
        elif plan:
            say("Nothing is written yet. Repeat with --schrijf to write.")
    except (DuoError, NotWritten) as error:
        say(f"Refused, nothing is written. {error}")
        return False
    return True
