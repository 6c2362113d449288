"""From rows of a DUO file to rows of ``knowledge/scholen.csv``."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from bot.knowledge.duo.files import DuoError, Row, Table

ALMERE = "0034"
"""GEMEENTENUMMER. The name will not do: "Almere College" stands in Dronten and Kampen."""

_COMMON = (
    *("BEVOEGD GEZAG NUMMER", "INSTELLINGSCODE", "VESTIGINGSCODE", "VESTIGINGSNAAM", "STRAATNAAM"),
    *("HUISNUMMER-TOEVOEGING", "POSTCODE", "PLAATSNAAM", "GEMEENTENUMMER", "DENOMINATIE", "TELEFOONNUMMER"),
    "INTERNETADRES",
)
_SPECIAL_KINDS: Mapping[str, str] = {"SBAO": "sbo", "SO": "so", "(V)SO": "so/vso", "VSO": "so/vso"}
_BRIN = re.compile(r"\d{2}[A-Z]{2}\d{2}").fullmatch
_POSTCODE = re.compile(r"(\d{4}) ?([A-Z]{2})").fullmatch
_PHONE = re.compile(r"0\d{9}").fullmatch

Fields = dict[str, str]
"""A row of ``scholen.csv`` by column."""


@dataclass(frozen=True)
class Group:
    """One of the three files with schools.

    Attributes:
        name: for the report.
        short: as in the names of files and in ``besturen.csv``.
        kinds: of school that the file holds all of.
        columns: besides those that all files have.
        kind_of: the kind in one row; empty when it is unknown.
    """

    name: str
    short: str
    kinds: frozenset[str]
    columns: tuple[str, ...]
    kind_of: Callable[[Row], str]


PRIMARY = Group("primary schools", "bo", frozenset({"bo"}), (), lambda row: "bo")
SPECIAL = Group(
    "special schools",
    "so",
    frozenset({"sbo", "so", "so/vso"}),
    ("SOORT PRIMAIR ONDERWIJS", "CLUSTER", "ONDERWIJS"),
    lambda row: _SPECIAL_KINDS.get(row["SOORT PRIMAIR ONDERWIJS"].upper(), ""),
)
SECONDARY = Group(
    "secondary schools",
    "vo",
    frozenset({"vo", "pro"}),
    ("ONDERWIJSSTRUCTUUR",),
    lambda row: "pro" if row["ONDERWIJSSTRUCTUUR"].upper() == "PRO" else "vo",
)
GROUPS = (PRIMARY, SPECIAL, SECONDARY)


def group_of(table: Table, known: Mapping[str, str]) -> Group:
    """Which of the three files this is.

    Args:
        table: with all columns that it has.
        known: the kind of each school that we have, by code.

    Raises:
        DuoError: a column is missing; also the one that would have told the kind, which the schools themselves show.
    """
    found = next((group for group in (SPECIAL, SECONDARY) if set(group.columns) & set(table.columns)), PRIMARY)
    table.require((*_COMMON, *found.columns))
    kinds = [known[code] for code in (_code(row) for row in in_almere(table)) if code in known]
    for group in GROUPS:
        if group is not found and 2 * sum(kind in group.kinds for kind in kinds) > len(kinds):
            missing = " and ".join(group.columns) or "that tells the kind"
            raise DuoError(table.file, f"these are {group.name}, but the column {missing} is missing")
    return found


def in_almere(table: Table) -> list[Row]:
    """The rows of Almere."""
    return [row for row in table.rows if row["GEMEENTENUMMER"].zfill(len(ALMERE)) == ALMERE]


def read_schools(table: Table, group: Group, year: int) -> dict[str, Fields]:
    """The schools of Almere in a file, by code, as they stand in ``scholen.csv``.

    Raises:
        DuoError: none at all, one twice, or a value that is not what it should be.
    """
    schools: dict[str, Fields] = {}
    for row in in_almere(table):
        code = _code(row)
        if code in schools:
            raise row.error(f"the school {code} is there twice")
        schools[code] = _school(row, group, code, year)
    if not schools:
        raise DuoError(table.file, f"no school with GEMEENTENUMMER {ALMERE} (Almere) among {len(table.rows)} rows")
    return schools


def _code(row: Row) -> str:
    """Six characters; elsewhere DUO writes only the last two of them in this column."""
    code = row["VESTIGINGSCODE"].upper()
    return code if len(code) == 6 else f"{row['INSTELLINGSCODE'].upper()}{code}"


def _school(row: Row, group: Group, code: str, year: int) -> Fields:
    kind = group.kind_of(row)
    if not _BRIN(code):
        raise row.error(f"{code!r} is no code of a school (VESTIGINGSCODE)")
    if not kind:
        raise row.error(f"unknown SOORT PRIMAIR ONDERWIJS {row['SOORT PRIMAIR ONDERWIJS']!r}")
    postcode = _POSTCODE(row["POSTCODE"].upper())
    if not postcode:
        raise row.error(f"{row['POSTCODE']!r} is no postcode")
    for column in ("VESTIGINGSNAAM", "BEVOEGD GEZAG NUMMER", "DENOMINATIE", "STRAATNAAM"):
        if not row[column]:
            raise row.error(f"the column {column} is empty for {code}")
    return {
        "brin": code,
        "naam": row["VESTIGINGSNAAM"],
        "soort": kind,
        "denominatie": row["DENOMINATIE"],
        "bevoegd_gezag": row["BEVOEGD GEZAG NUMMER"],
        "cluster": row.values.get("CLUSTER", ""),
        "onderwijs": row.values.get("ONDERWIJS") or row.values.get("ONDERWIJSSTRUCTUUR", ""),
        "straat_huisnummer": f"{row['STRAATNAAM']} {row['HUISNUMMER-TOEVOEGING']}".strip(),
        "postcode": f"{postcode[1]} {postcode[2]}",
        "plaats": row["PLAATSNAAM"].title(),
        "telefoon": _phone(row["TELEFOONNUMMER"]),
        "website": row["INTERNETADRES"].rstrip("/"),
        "bron_jaar": str(year),
    }


def _phone(written: str) -> str:
    """Ten digits, or nothing when it is no Dutch number."""
    digits = re.sub(r"\D", "", re.sub(r"^(\+|00)31", "0", written.replace(" ", "")))
    return digits if _PHONE(digits) else ""


def groups_of(kinds: Collection[str]) -> str:
    """The short names of the groups with one of these kinds: ``bo+so``."""
    return "+".join(group.short for group in GROUPS if group.kinds & set(kinds))
