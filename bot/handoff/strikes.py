"""Which lines of the preview a parent wants left out: "haal regel 3 weg", "zonder regel 2 en 4", "zet 3 terug"."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

Field = Literal["name", "preferred", "interpreter"]

_WORDS = ("een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf")
_ORDINALS = ("eerste", "tweede", "derde", "vierde", "vijfde", "zesde", "zevende", "achtste", "negende", "tiende")
_NUMBERS = {
    **{word: number for number, word in enumerate(_WORDS, 1)},
    **{word: number for number, word in enumerate(_ORDINALS, 1)},
    "één": 1,
}
_NUMBER = rf"(?:\d{{1,3}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))}|laatste)"
_AWAY = re.compile(
    r"\b(?:weg(?:halen|laten|doen|strepen)?|weglaten|eraf|eruit|verwijder\w*|schrap\w*|streep|wis|zonder|"
    r"niet (?:door|mee)\w*|"
    r"laat .* (?:weg|uit)|hoeft niet|mag niet)\b",
    re.IGNORECASE,
)
_BACK = re.compile(r"\b(?:terug\w*|weer (?:bij|erbij|mee|in)|toch (?:wel|mee|bij|erbij)|toevoegen)\b", re.IGNORECASE)
_LINES = re.compile(
    rf"\b(?:regels?|zinn?(?:en)?|nummers?|nr\.?)\b|^\W*(?:haal |zet |laat |zonder )?{_NUMBER}\b", re.IGNORECASE
)
_ALL = re.compile(r"\b(?:alles|alle(?:maal)?)\b", re.IGNORECASE)
_TALK = re.compile(r"\bgesprek\b", re.IGNORECASE)
_SHEET = re.compile(r"\bsamenvatting\b", re.IGNORECASE)
_RANGE = re.compile(rf"\b({_NUMBER})\s*(?:t/m|tot en met|tot|-|–)\s*({_NUMBER})\b", re.IGNORECASE)
_ONE = re.compile(rf"\b{_NUMBER}\b", re.IGNORECASE)
_FIELDS: tuple[tuple[Field, re.Pattern[str]], ...] = (
    ("name", re.compile(r"\bnaam\b", re.IGNORECASE)),
    ("preferred", re.compile(r"\b(?:moment|tijd(?:stip)?|wanneer|bereikbaar\w*)\b", re.IGNORECASE)),
    ("interpreter", re.compile(r"\btolk\b", re.IGNORECASE)),
)


@dataclass(frozen=True)
class Strikes:
    """What has to go or to come back.

    Attributes:
        away: numbers of lines to leave out; of rows of the case sheet too.
        back: numbers to put back.
        fields: optional fields to empty.
        unknown: numbers that nothing has.
    """

    away: frozenset[int] = frozenset()
    back: frozenset[int] = frozenset()
    fields: frozenset[Field] = frozenset()
    unknown: tuple[int, ...] = ()


def read_strikes(text: str, lines: Collection[int], rows: Collection[int] = ()) -> Strikes | None:
    """What a message says about the lines of the preview; None when it says nothing about them.

    Args:
        text: as typed.
        lines: the numbers in the preview, also of lines that were left out before.
        rows: the numbers of the rows of the case sheet.
    """
    away, back = bool(_AWAY.search(text)), bool(_BACK.search(text))
    if not away and not back:
        return None
    fields = frozenset(name for name, pattern in _FIELDS if pattern.search(text)) if away and not back else frozenset()
    numbers = _numbers(text, lines, rows) if not fields else set()
    if not numbers and not fields:
        return None
    known = frozenset(numbers & {*lines, *rows})
    unknown = tuple(sorted(numbers - known))
    # "Zet regel 3 terug, die mag niet weg": what comes back wins, since nothing is lost by asking again.
    return Strikes(frozenset() if back else known, known if back else frozenset(), fields, unknown)


def _numbers(text: str, lines: Collection[int], rows: Collection[int]) -> set[int]:
    numbered = _named(text, [*lines, *rows]) if _LINES.search(text) else set()
    return numbered or _together(text, lines, rows)


def _named(text: str, known: Collection[int]) -> set[int]:
    spans = [(_value(m.group(1), known), _value(m.group(2), known)) for m in _RANGE.finditer(text)]
    ones = {_value(match.group(), known) for match in _ONE.finditer(_RANGE.sub(" ", text))}
    return ones.union(*(range(first, min(last, first + 500) + 1) for first, last in spans))


def _together(text: str, lines: Collection[int], rows: Collection[int]) -> set[int]:
    """The numbers that are meant by "alles", by the conversation, and by what the chatbot made of it."""
    talk, sheet = _TALK.search(text), _SHEET.search(text)
    if not talk and not sheet:
        return {*lines, *rows} if _ALL.search(text) else set()
    return {*(lines if talk else ()), *(rows if sheet else ())}


def _value(word: str, lines: Collection[int]) -> int:
    if word.isdigit():
        return int(word)
    return max(lines, default=0) if word.lower() == "laatste" else _NUMBERS[word.lower()]
