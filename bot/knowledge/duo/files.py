"""DUO files as tables: encoding, separator and columns, whichever way they were published."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ALIASES: Mapping[str, str] = {"BRIN NUMMER": "INSTELLINGSCODE", "VESTIGINGSNUMMER": "VESTIGINGSCODE"}
"""Older names of columns, with the present one."""

_BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")
# In files read with the wrong code page the accents of Dutch become signs that no school or town has in its name.
_LETTERS = "\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff"
_STRANGE_IN_1252 = re.compile(rf"[^\x20-\x7e\t\r\n{_LETTERS}‘’´`“”–°€…]|\w[“”]\w")
_STRANGE_IN_UTF8 = re.compile("\ufffd|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|Ã[\u0080-\u00bf]|â€")


class DuoError(Exception):
    """A file that cannot be used, with the reason in English; nothing is written."""

    def __init__(self, file: Path, reason: str, line: int | None = None) -> None:
        place = f"{file.name}, line {line}" if line else file.name
        super().__init__(f"{place}: {reason}")


@dataclass(frozen=True)
class Row:
    """One row, its values stripped; DUO writes an empty field as a space."""

    file: Path
    line: int
    values: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.values[column]

    def error(self, reason: str) -> DuoError:
        """The error to raise about this row."""
        return DuoError(self.file, reason, self.line)


@dataclass(frozen=True)
class Table:
    """A file with its columns by their present names.

    Attributes:
        file: where it came from.
        form: separator and encoding, for the report.
        columns: in the order of the file.
        rows: all of the country.
    """

    file: Path
    form: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def require(self, columns: Sequence[str]) -> None:
        """Refuse the file when a column is missing.

        Raises:
            DuoError: names what is missing.
        """
        missing = [column for column in columns if column not in self.columns]
        if missing:
            raise DuoError(
                self.file, f"the column {' and '.join(missing)} is missing. Found: {', '.join(self.columns)}"
            )


def read_table(file: Path) -> Table:
    """Read a DUO file.

    Raises:
        DuoError: it cannot be read, is in another encoding, is no table, or has a broken row.
    """
    text, encoding = _decoded(file)
    separator = _separator(file, text)
    lines = _lines(file, text, separator)
    _, header = next(lines)
    columns = tuple(_column(name) for name in header)
    twice = {column for column in columns if columns.count(column) > 1}
    if twice:
        raise DuoError(file, f"the column {sorted(twice)[0]} is there twice", 1)
    rows = tuple(_row(file, line, columns, values) for line, values in lines)
    return Table(file, f"{separator} {encoding}", columns, rows)


def _decoded(file: Path) -> tuple[str, str]:
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise DuoError(file, f"cannot be read: {error.strerror}") from error
    if raw.startswith(_BYTE_ORDER_MARKS) or b"\0" in raw[:1000]:
        raise DuoError(file, "wrong encoding: this is UTF-16; save it as UTF-8, or use the file as DUO gives it")
    for encoding, strange in (("utf-8-sig", _STRANGE_IN_UTF8), ("cp1252", _STRANGE_IN_1252)):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        _check_signs(file, text, strange, encoding)
        return text, "windows-1252" if encoding == "cp1252" else "UTF-8"
    raise DuoError(file, "wrong encoding: neither UTF-8 nor windows-1252")


def _check_signs(file: Path, text: str, strange: re.Pattern[str], encoding: str) -> None:
    found = strange.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        piece = text[max(found.start() - 12, 0) : found.end() + 12].split("\n")[0].strip()
        raise DuoError(file, f"wrong encoding: read as {encoding} this gives {piece!r}", line)


def _separator(file: Path, text: str) -> str:
    header = text.split("\n", 1)[0]
    separator = max(";,", key=header.count)
    if header.count(separator) == 0:
        raise DuoError(file, "no table: the first line has no columns with ; or , between them", 1)
    return separator


def _lines(file: Path, text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for values in reader:
            if any(value.strip() for value in values):
                yield reader.line_num, values
    except csv.Error as error:
        raise DuoError(file, f"broken: {error}", reader.line_num) from error


def _column(name: str) -> str:
    plain = re.sub(r"[\s_]+", " ", name.strip()).upper()
    return ALIASES.get(plain, plain)


def _row(file: Path, line: int, columns: Sequence[str], values: Sequence[str]) -> Row:
    if len(values) != len(columns):
        raise DuoError(file, f"{len(values)} values in place of {len(columns)}: the file is cut off or broken", line)
    return Row(file, line, {column: value.strip() for column, value in zip(columns, values, strict=True)})
