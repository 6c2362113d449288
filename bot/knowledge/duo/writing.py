"""Writes an import: only when what comes out of it is knowledge that can be read, and all of it or nothing."""

from __future__ import annotations

import csv
import io
import re
import shutil
import tempfile
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from bot.knowledge.duo.plan import BOARDS, EXTRA, SCHOOLS, Plan
from bot.knowledge.duo.schools import Fields
from bot.knowledge.loading import load
from bot.knowledge.reading import KnowledgeError
from bot.knowledge.registry import BOARD_COLUMNS, SCHOOL_COLUMNS


class NotWritten(Exception):
    """What would be written cannot be read as knowledge."""


def write(plan: Plan, folder: Path) -> list[str]:
    """Write the files of a plan.

    What was added by hand to a school that is gone stays in ``scholen_extra.yml``, as a comment.

    Args:
        plan: of :func:`bot.knowledge.duo.plan.make_plan`.
        folder: ``knowledge/``.

    Returns:
        The names of the files that changed.

    Raises:
        NotWritten: nothing was written.
    """
    contents = {
        SCHOOLS: as_csv(plan.schools, SCHOOL_COLUMNS),
        BOARDS: as_csv(plan.boards, BOARD_COLUMNS),
        EXTRA: without_gone(_text(folder / EXTRA), {row["brin"] for row in plan.of_schools.gone}),
    }
    changed = {name: text for name, text in contents.items() if text != _text(folder / name)}
    _try_out(changed, folder)
    for name, text in changed.items():
        _replace(folder / name, text)
    return list(changed)


def as_csv(rows: Sequence[Fields], columns: Sequence[str]) -> str:
    """Rows in the form of our own files: commas, quotes only where needed, lines that end in a newline."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def without_gone(extra: str, gone: Collection[str]) -> str:
    """``scholen_extra.yml`` with the entries of schools that are gone as comments."""
    lines, inside = [], False
    for line in extra.splitlines(keepends=True):
        key = re.match(r"([0-9A-Z]{6}):", line)
        if key or not line.startswith((" ", "\n")):
            inside = key is not None and key[1] in gone
            if inside:
                lines.append("# Niet meer in het register van DUO:\n")
        lines.append(f"# {line}" if inside and line.strip() else line)
    return "".join(lines)


def _try_out(contents: Mapping[str, str], folder: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="duo-") as temporary:
        copy = Path(shutil.copytree(folder, Path(temporary) / "knowledge"))
        for name, text in contents.items():
            (copy / name).write_text(text, encoding="utf-8", newline="")
        try:
            load(copy)
        except KnowledgeError as error:
            raise NotWritten(f"{error.file.name}, line {error.line}: {error.message}") from error


def _text(file: Path) -> str:
    return file.read_bytes().decode("utf-8")


def _replace(file: Path, text: str) -> None:
    """Written beside the file first, so that a reader never sees half of it."""
    temporary = file.with_name(f".{file.name}")
    temporary.write_text(text, encoding="utf-8", newline="")
    temporary.replace(file)
