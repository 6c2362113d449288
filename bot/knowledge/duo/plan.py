"""What an import would change: new, gone, changed fields. Nothing is written here."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.knowledge.duo.boards import Listed, is_boards, merge_boards, read_boards
from bot.knowledge.duo.files import DuoError, Table, read_table
from bot.knowledge.duo.schools import Fields, Group, group_of, in_almere, read_schools
from bot.knowledge.model import KINDS

SCHOOLS, BOARDS, EXTRA = "scholen.csv", "besturen.csv", "scholen_extra.yml"
_YEAR = "bron_jaar"
_KIND_ORDER = {kind: number for number, kind in enumerate(KINDS)}


@dataclass(frozen=True)
class Change:
    """One field of one row."""

    key: str
    column: str
    old: str
    new: str


@dataclass(frozen=True)
class Difference:
    """Between the rows that we have and those that would be.

    Attributes:
        new: rows that are not there yet.
        gone: rows that would go.
        changed: fields of rows that stay; not the year of the source.
        newer: how many rows that stay get another year.
    """

    new: tuple[Fields, ...] = ()
    gone: tuple[Fields, ...] = ()
    changed: tuple[Change, ...] = ()
    newer: int = 0

    def __bool__(self) -> bool:
        return bool(self.new or self.gone or self.changed or self.newer)


@dataclass(frozen=True)
class Plan:
    """An import, ready to be shown and written.

    Attributes:
        sources: a line per file, for the report.
        schools: all rows of ``scholen.csv`` as they would be.
        boards: all rows of ``besturen.csv`` as they would be.
        of_schools: what would change.
        of_boards: the same for the boards.
    """

    sources: tuple[str, ...]
    schools: tuple[Fields, ...]
    boards: tuple[Fields, ...]
    of_schools: Difference = field(default_factory=Difference)
    of_boards: Difference = field(default_factory=Difference)

    def __bool__(self) -> bool:
        return bool(self.of_schools or self.of_boards)


def make_plan(files: Sequence[Path], folder: Path, year: int) -> Plan:
    """Read DUO files and compare them with what we have.

    Args:
        files: those with schools, one of each kind at most, and lists of boards.
        folder: ``knowledge/``.
        year: of the files.

    Raises:
        DuoError: a file cannot be used, or half of the schools in it would be gone.
    """
    schools, boards = read_rows(folder / SCHOOLS, "brin"), read_rows(folder / BOARDS, "bevoegd_gezag")
    merged, listed, sources = dict(schools), {}, []  # type: dict[str, Fields], dict[str, Listed], list[str]
    seen: set[str] = set()
    for file in files:
        table = read_table(file)
        if is_boards(table):
            listed.update(read_boards(table, boards))
            sources.append(f"{file.name}: {table.form}, school boards, {len(table.rows)} rows")
            continue
        group = group_of(table, {code: row["soort"] for code, row in schools.items()})
        if group.short in seen:
            raise DuoError(file, f"a second file with {group.name}; give one of each kind")
        seen.add(group.short)
        merged = _with_group(merged, table, group, year)
        sources.append(_source(table, group))
    new_boards = _boards(boards, listed, merged, files[0])
    return Plan(
        tuple(sources),
        tuple(sorted(merged.values(), key=lambda row: (_KIND_ORDER[row["soort"]], row["brin"]))),
        tuple(new_boards.values()),
        difference(schools, merged, "brin"),
        difference(boards, new_boards, "bevoegd_gezag"),
    )


def _source(table: Table, group: Group) -> str:
    return f"{table.file.name}: {table.form}, {group.name}, {len(table.rows)} rows, {len(in_almere(table))} in Almere"


def _with_group(schools: Mapping[str, Fields], table: Table, group: Group, year: int) -> dict[str, Fields]:
    """All schools, those of one kind of file replaced by what is in it."""
    found = read_schools(table, group, year)
    before = {code for code, row in schools.items() if row["soort"] in group.kinds}
    twice = sorted(set(found) & set(schools) - before)
    if twice:
        raise DuoError(table.file, f"the school {twice[0]} is among the {schools[twice[0]]['soort']} schools already")
    gone = before - set(found)
    if before and 2 * len(gone) >= len(before):
        raise DuoError(
            table.file, f"{len(gone)} of the {len(before)} {group.name} in Almere would be gone: is the file complete?"
        )
    return {**{code: row for code, row in schools.items() if code not in before}, **found}


def _boards(
    known: Mapping[str, Fields], listed: Mapping[str, Listed], schools: Mapping[str, Fields], file: Path
) -> dict[str, Fields]:
    try:
        return merge_boards(known, listed, schools.values())
    except LookupError as error:
        raise DuoError(
            file, f"board {error.args[0]} is not in {BOARDS} yet: give the list of boards that it is in as well"
        ) from None


def difference(old: Mapping[str, Fields], new: Mapping[str, Fields], key: str) -> Difference:
    """What is between two sets of rows."""
    stay = [code for code in old if code in new]
    changed = [
        Change(code, column, old[code][column], new[code][column])
        for code in stay
        for column in old[code]
        if column not in (key, _YEAR) and old[code][column] != new[code][column]
    ]
    newer = sum(old[code].get(_YEAR) != new[code].get(_YEAR) for code in stay)
    return Difference(
        tuple(new[code] for code in new if code not in old),
        tuple(old[code] for code in old if code not in new),
        tuple(changed),
        newer,
    )


def read_rows(file: Path, key: str) -> dict[str, Fields]:
    """The rows of one of our own files."""
    with file.open(encoding="utf-8", newline="") as lines:
        return {row[key]: dict(row) for row in csv.DictReader(lines)}
