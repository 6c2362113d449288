"""Schools, boards and districts: rows of the DUO register with what was added by hand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.knowledge.model import KINDS, Board, District, School
from bot.knowledge.reading import Entry, Row, read_csv, read_yaml

SCHOOL_COLUMNS = (
    "brin",
    "naam",
    "soort",
    "denominatie",
    "bevoegd_gezag",
    "cluster",
    "onderwijs",
    "straat_huisnummer",
    "postcode",
    "plaats",
    "telefoon",
    "website",
    "bron_jaar",
)
BOARD_COLUMNS = ("bevoegd_gezag", "naam", "roepnaam", "naam_duo", "kvk", "soort_duo", "vestigingen_almere")
EXTRA_FIELDS = ("roepnaam", "ook", "gewoon_woord", "telefoon_tonen", "waarom", "opmerking")
_BRIN = re.compile(r"\d{2}[A-Z]{2}\d{2}").fullmatch
_POSTCODE = re.compile(r"\d{4} [A-Z]{2}").fullmatch
_PHONE = re.compile(r"0\d{9}").fullmatch
_YEAR = re.compile(r"20\d{2}").fullmatch
_RANGE = re.compile(r"(\d{4})(?:-(\d{4}))?").fullmatch


def load_boards(file: Path) -> dict[str, Board]:
    """The boards by number."""
    boards: dict[str, Board] = {}
    for row in read_csv(file, BOARD_COLUMNS):
        number = row.text("bevoegd_gezag")
        if number in boards:
            raise row.error(f"bevoegd gezag {number} staat er dubbel.")
        boards[number] = Board(number, row.text("naam"), row.text("roepnaam"), row.text("kvk"))
    return boards


def load_districts(file: Path) -> tuple[tuple[District, ...], tuple[str, ...]]:
    """The districts in the order of the file, and the names of other towns."""
    fields = read_yaml(file).fields(("bevestigd", "wijken", "andere_plaatsen"))
    fields["bevestigd"].flag()
    districts = tuple(_district(entry) for entry in fields["wijken"].items())
    codes = [code for district in districts for code in district.postcodes]
    twice = sorted({code for code in codes if codes.count(code) > 1})
    if twice:
        raise fields["wijken"].error(f"postcode {', '.join(twice)} hoort bij meer dan een wijk.")
    return districts, fields["andere_plaatsen"].texts()


def _district(entry: Entry) -> District:
    fields = entry.fields(("naam", "postcodes"), ("ook",))
    name = fields["naam"].text()
    codes = frozenset(code for item in fields["postcodes"].items() for code in _codes(item))
    return District(name, (name, *(fields["ook"].texts() if "ook" in fields else ())), codes)


def _codes(entry: Entry) -> list[str]:
    """The postcodes in ``1351-1359``."""
    found = _RANGE(entry.scalar())
    if not found:
        raise entry.error("hier hoort een postcode van vier cijfers te staan, of een reeks zoals 1351-1359.")
    first, last = int(found[1]), int(found[2] or found[1])
    return [str(code) for code in range(first, last + 1)]


def load_schools(
    file: Path, extra_file: Path, boards: Mapping[str, Board], districts: Sequence[District]
) -> tuple[School, ...]:
    """The schools of the register, each with its own names.

    Raises:
        KnowledgeError: a row that is wrong, a location twice, or names for a location that is not in the register.
    """
    extras = read_yaml(extra_file).fields(others=True)
    schools: dict[str, School] = {}
    for row in read_csv(file, SCHOOL_COLUMNS):
        brin = row.matching("brin", _BRIN, "een vestigingscode zoals 12PM00")
        if brin in schools:
            raise row.error(f"vestiging {brin} staat er dubbel.")
        schools[brin] = _school(row, brin, extras.get(brin), boards, districts)
    for brin, entry in extras.items():
        if brin not in schools:
            raise entry.error(f"vestiging {brin} staat niet in {file.name}.")
    return tuple(schools.values())


def _school(
    row: Row, brin: str, extra: Entry | None, boards: Mapping[str, Board], districts: Sequence[District]
) -> School:
    fields = extra.fields((), EXTRA_FIELDS) if extra else {}
    names = _names(fields)
    registered = row.text("naam")
    postcode = row.matching("postcode", _POSTCODE, "een postcode zoals 1354 EV")
    phone = row.matching("telefoon", _PHONE, "tien cijfers") if row.text_or_none("telefoon") else None
    return School(
        brin=brin,
        name=(names or (registered,))[0],
        registered_name=registered,
        names=names or (registered,),
        kind=row.matching("soort", KINDS.__contains__, f"een van {', '.join(KINDS)}"),
        denomination=row.text("denominatie"),
        board=row.matching("bevoegd_gezag", boards.__contains__, "een nummer uit besturen.csv"),
        street=row.text("straat_huisnummer"),
        postcode=postcode,
        town=row.text("plaats"),
        district=next((district.name for district in districts if postcode[:4] in district.postcodes), None),
        phone=phone if _flag(fields, "telefoon_tonen", default=True) else None,
        website=_website(row.text_or_none("website")),
        year=row.matching("bron_jaar", _YEAR, "een jaar"),
        cluster=row.text_or_none("cluster"),
        levels=row.text_or_none("onderwijs"),
        ordinary=_flag(fields, "gewoon_woord", default=False),
        remark=fields["opmerking"].text() if "opmerking" in fields else None,
    )


def _names(fields: Mapping[str, Entry]) -> tuple[str, ...]:
    if "ook" in fields and "roepnaam" not in fields:
        raise fields["ook"].error("bij 'ook' hoort een roepnaam.")
    first = (fields["roepnaam"].text(),) if "roepnaam" in fields else ()
    return first + (fields["ook"].texts() if "ook" in fields else ())


def _flag(fields: Mapping[str, Entry], name: str, default: bool) -> bool:
    return fields[name].flag() if name in fields else default


def _website(value: str | None) -> str | None:
    return value if value is None or value.startswith("http") else f"https://{value}"
