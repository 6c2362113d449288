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
_ALL = re.compile(r"\b(?:alles|alle(?:maal)?|alle regels|(?:het |dit |mijn )?(?:hele )?gesprek)\b", re.IGNORECASE)
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
        away: numbers of lines to leave out.
        back: numbers of lines to put back.
        fields: optional fields to empty.
        unknown: numbers that no line has.
    """

    away: frozenset[int] = frozenset()
    back: frozenset[int] = frozenset()
    fields: frozenset[Field] = frozenset()
    unknown: tuple[int, ...] = ()


def read_strikes(text: str, lines: Collection[int]) -> Strikes | None:
    """What a message says about the lines of the preview; None when it says nothing about them.

    Args:
        text: as typed.
        lines: the numbers in the preview, also of lines that were left out before.
    """
    away, back = bool(_AWAY.search(text)), bool(_BACK.search(text))
    if not away and not back:
        return None
    fields = frozenset(name for name, pattern in _FIELDS if pattern.search(text)) if away and not back else frozenset()
    numbers = _numbers(text, lines) if not fields else set()
    if not numbers and not fields:
        return None
    known = frozenset(numbers & set(lines))
    unknown = tuple(sorted(numbers - set(lines)))
    # "Zet regel 3 terug, die mag niet weg": what comes back wins, since nothing is lost by asking again.
    return Strikes(frozenset() if back else known, known if back else frozenset(), fields, unknown)


def _numbers(text: str, lines: Collection[int]) -> set[int]:
    if _LINES.search(text):
        spans = [(_value(m.group(1), lines), _value(m.group(2), lines)) for m in _RANGE.finditer(text)]
        rest = _RANGE.sub(" ", text)
        return {number for first, last in spans for number in range(first, min(last, first + 500) + 1)} | {
            _value(match.group(), lines) for match in _ONE.finditer(rest)
        } or (set(lines) if _ALL.search(text) else set())
    return set(lines) if _ALL.search(text) else set()


def _value(word: str, lines: Collection[int]) -> int:
    if word.isdigit():
        return int(word)
    return max(lines, default=0) if word.lower() == "laatste" else _NUMBERS[word.lower()]
