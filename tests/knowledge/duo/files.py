"""Small DUO files, in both forms in which DUO publishes them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from bot.knowledge.duo.plan import read_rows
from bot.settings import ROOT

DUO = ROOT / "tests" / "data" / "duo"
FILES = sorted(DUO.glob("*.csv"))
PRIMARY, SECONDARY, SPECIAL = FILES
Rows = list[dict[str, str]]


def rows_of(file: Path) -> Rows:
    """The rows of a file as DUO gives it on duo.nl."""
    return list(csv.DictReader(io.StringIO(file.read_bytes().decode("cp1252"), newline=""), delimiter=";"))


def as_duo_nl(rows: Rows) -> bytes:
    """``;``, windows-1252, CRLF, quotes only where needed, an empty field is a space."""
    spaced = [{name: value or " " for name, value in row.items()} for row in rows]
    return _csv(spaced, delimiter=";", quoting=csv.QUOTE_MINIMAL).encode("cp1252")


def as_ckan(rows: Rows, mark: bool = False) -> bytes:
    """``,``, UTF-8 with or without byte order mark, every field in quotes."""
    stripped = [{name: value.strip() for name, value in row.items()} for row in rows]
    return _csv(stripped, delimiter=",", quoting=csv.QUOTE_ALL).encode("utf-8-sig" if mark else "utf-8")


def _csv(rows: Iterable[Mapping[str, str]], delimiter: str, quoting: int) -> str:
    listed = list(rows)
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(listed[0]), delimiter=delimiter, quoting=quoting, lineterminator="\r\n")  # type: ignore[arg-type]
    writer.writeheader()
    writer.writerows(listed)
    return out.getvalue()


def boards_of(folder: Path) -> Rows:
    """A list of boards with all that we know."""
    return [
        {
            "BEVOEGD GEZAG NUMMER": number,
            "BEVOEGD GEZAG NAAM": row["naam_duo"],
            "PLAATSNAAM": "ALMERE",
            "KVK-NUMMER": row["kvk"],
        }
        for number, row in read_rows(folder / "besturen.csv", "bevoegd_gezag").items()
    ]
