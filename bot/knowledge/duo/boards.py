"""The school boards: names and numbers from the DUO lists, with what was added by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.knowledge.duo.files import DuoError, Table
from bot.knowledge.duo.schools import Fields, groups_of

NAME = "BEVOEGD GEZAG NAAM"
NUMBER = "BEVOEGD GEZAG NUMMER"
COLUMNS = (NUMBER, NAME, "KVK-NUMMER")


@dataclass(frozen=True)
class Listed:
    """A board in a DUO list."""

    number: str
    name: str
    coc_number: str


def is_boards(table: Table) -> bool:
    """Whether a file is a list of boards; files with schools hold only their numbers."""
    return NAME in table.columns or "KVK-NUMMER" in table.columns


def read_boards(table: Table, known: Mapping[str, Fields]) -> dict[str, Listed]:
    """The boards in a file by number.

    Args:
        table: of the file.
        known: the rows of ``besturen.csv`` by number.

    Raises:
        DuoError: a column is missing, or hardly any board that we know is in it.
    """
    table.require(COLUMNS)
    boards = {row[NUMBER]: Listed(row[NUMBER], row[NAME], row["KVK-NUMMER"]) for row in table.rows if row[NUMBER]}
    # A list is named after its kind of school: besturenbo.csv.
    kind = next((kind for kind in ("bo", "so", "vo") if f"besturen{kind}" in table.file.name.lower()), "")
    expected = [number for number, row in known.items() if kind in row["soort_duo"].split("+")] if kind else list(known)
    found = sum(number in boards for number in expected)
    least = len(expected) / 2 if kind else 0
    if expected and found <= least:
        raise DuoError(table.file, f"only {found} of the {len(expected)} boards that we know are in it")
    return boards


def merge_boards(
    known: Mapping[str, Fields], listed: Mapping[str, Listed], schools: Iterable[Fields]
) -> dict[str, Fields]:
    """The rows of ``besturen.csv`` after the import: those we have, then new ones; names by hand stay.

    Raises:
        LookupError: the number of a board that is in no list.
    """
    kinds: dict[str, list[str]] = {}
    for school in schools:
        kinds.setdefault(school["bevoegd_gezag"], []).append(school["soort"])
    counts = Counter({number: len(found) for number, found in kinds.items()})
    merged = {number: _updated(row, listed.get(number), counts[number]) for number, row in known.items()}
    for number in sorted(set(kinds) - set(known)):
        merged[number] = _new(number, listed.get(number), kinds[number])
    return merged


def _updated(row: Fields, listed: Listed | None, count: int) -> Fields:
    from_duo = {"naam_duo": listed.name, "kvk": listed.coc_number or row["kvk"]} if listed else {}
    return {**row, **from_duo, "vestigingen_almere": str(count)}


def _new(number: str, listed: Listed | None, kinds: Sequence[str]) -> Fields:
    if listed is None:
        raise LookupError(number)
    name = listed.name.strip("'")
    return {
        "bevoegd_gezag": number,
        "naam": name,
        "roepnaam": name,
        "naam_duo": listed.name,
        "kvk": listed.coc_number,
        "soort_duo": groups_of(kinds),
        "vestigingen_almere": str(len(kinds)),
    }
