"""``python -m bot.publish.comparing <folder> <file>``: writes the difference; runs beside publishing."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from bot.content.check import check_knowledge
from bot.content.reading import read_content
from bot.publish.beside import TOLD, Say
from bot.publish.difference import Difference, difference_to_json
from bot.publish.stopped import Stopped
from bot.settings import Settings, get_settings


def compared(root: Path, settings: Settings, say: Say) -> Difference:
    """The difference with what is published now; learns and asks in this process.

    Raises:
        Stopped: there is nothing to compare with, or a file cannot be read.
    """
    unreadable = [*read_content(root)[1], *check_knowledge(root)]
    if unreadable:
        told = "\n".join(complaint.shown(root) for complaint in unreadable)
        raise Stopped(f"{told}\nVerbeter dit eerst: zolang het er staat, is er niets te vergelijken.")
    from bot.chat.assistant import leave_jax_out, quiet_logging

    quiet_logging()
    leave_jax_out()
    from bot.publish.compare import NothingPublished, compare
    from bot.report.asked import asked_questions

    try:
        return asyncio.run(compare(root, settings, say, asked_questions(root, settings)))
    except NothingPublished as error:
        raise Stopped(str(error)) from error


def _tell(line: str) -> None:
    print(f"{TOLD}{line}", flush=True)


def main() -> int:
    """1 when there is nothing to compare with; that is told."""
    root, target = map(Path, sys.argv[1:])
    try:
        found = compared(root, get_settings(), _tell)
    except Stopped as error:
        _tell(str(error))
        return 1
    target.write_text(difference_to_json(found), encoding="utf-8")
    return 0


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    # TensorFlow takes seconds to say goodbye, and nothing is left to be done.
    os._exit(code)
