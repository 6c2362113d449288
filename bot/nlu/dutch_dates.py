"""Dates as parents write them: ``3 november``, ``3-11``, ``vorige week maandag``, ``gisteren``. No Rasa import."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

_CARDINALS = (
    "een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien "
    "negentien twintig eenentwintig tweeentwintig drieentwintig vierentwintig vijfentwintig zesentwintig "
    "zevenentwintig achtentwintig negenentwintig dertig eenendertig"
)
_ORDINALS = (
    "eerste tweede derde vierde vijfde zesde zevende achtste negende tiende elfde twaalfde dertiende veertiende "
    "vijftiende zestiende zeventiende achttiende negentiende twintigste eenentwintigste tweeentwintigste "
    "drieentwintigste vierentwintigste vijfentwintigste zesentwintigste zevenentwintigste achtentwintigste "
    "negenentwintigste dertigste eenendertigste"
)
_NUMBERS = {word: number for words in (_CARDINALS, _ORDINALS) for number, word in enumerate(words.split(), start=1)}
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            *("januari janurari januarie jan", "februari febuari febr feb", "maart mrt", "april apr", "mei"),
            *("juni jun", "juli jul", "augustus aug", "september sept sep", "oktober october okt", "november nov"),
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_DAYS_AGO = {"vandaag": 0, "vanmorgen": 0, "vanochtend": 0, "vanmiddag": 0, "gisteren": 1, "eergisteren": 2}

LONG_AGO = timedelta(days=335)
"""A day without a year that is longer ago than this may as well be the one to come, which is then near."""


@dataclass(frozen=True)
class Mention:
    """A date in a text.

    Attributes:
        start: of its first character.
        end: after its last character.
        form: how it is written; ``vaag`` when it names no day ("in oktober", "vorige week").
        parts: its pieces as they were written.
    """

    start: int
    end: int
    form: str
    parts: Mapping[str, str]

    def dates(self, today: date) -> tuple[date, ...]:
        """The days that may be meant, of a day that is past: one when it is clear, none when it names no day."""
        return _READERS[self.form](self.parts, today) if self.form in _READERS else ()


def find_dates(text: str) -> list[Mention]:
    """The dates in a text, in order; the positions are those in ``text``."""
    lowered, found = plain(text), []  # type: str, list[Mention]
    for form, pattern in _PATTERNS:
        for match in pattern.finditer(lowered):
            parts = {name: value for name, value in match.groupdict().items() if value}
            mention = Mention(match.start(), match.end(), form, parts)
            if not any(other.start < mention.end and mention.start < other.end for other in found):
                found.append(mention)
    return sorted(found, key=lambda mention: mention.start)


def plain(text: str) -> str:
    """Lower case without accents, of the same length."""
    return "".join(unicodedata.normalize("NFD", char)[0].lower()[:1] or " " for char in text)


def _any(words: Mapping[str, object] | tuple[str, ...]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_NUMBER = rf"\d{{1,2}}(?:e|ste|de)?|{_any(_NUMBERS)}"
_FULL_MONTHS = _any(tuple(name for name in _MONTHS if len(name) > 4 or name == "mei"))
# Not a day and a month: "groep 7/8", "4-6 weken", "24/7".
_NO_DATE_BEFORE = "".join(
    rf"(?<!\b{word})" for word in ("groep ", "groepen ", "klas ", "cluster ", "artikel ", "art. ", "art ", "leerjaar ")
)
_NO_DATE_AFTER = r"(?!\s*(?:weken|week|dagen|dag|keer|maal|uur|jaar|jarigen?|maanden|minuten|kinderen|leerlingen|%))"
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (form, re.compile(pattern))
    for form, pattern in (
        ("cijfers", r"(?<![\d/.-])(?P<year>20\d\d)-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?![\d/-])"),
        ("maand", rf"\b(?P<day>{_NUMBER}) (?P<month>{_any(_MONTHS)})\b\.?(?: (?P<year>20\d\d)\b| '(?P<short>\d\d)\b)?"),
        (
            "cijfers",
            rf"{_NO_DATE_BEFORE}(?<![\d/.-])(?!24 ?/ ?7\b)(?P<day>\d{{1,2}}) ?(?P<sign>[-/.]) ?(?P<month>\d{{1,2}})"
            rf" ?(?P=sign) ?(?P<year>\d{{4}}|\d\d)(?![\d/-])",
        ),
        (
            "cijfers",
            rf"{_NO_DATE_BEFORE}(?<![\d/.-])(?!24 ?/ ?7\b)(?P<day>\d{{1,2}}) ?[-/] ?(?P<month>\d{{1,2}})"
            rf"(?![\d/-]|[.,]\d){_NO_DATE_AFTER}",
        ),
        ("dagen", rf"\b(?P<count>\d{{1,3}}|{_any(_NUMBERS)}) (?P<unit>dagen|dag|weken|week) geleden\b"),
        ("weekdag", rf"\b(?P<when>vorige|afgelopen|deze) week (?:op )?(?P<weekday>{_any(_WEEKDAYS)})\b"),
        ("weekdag", rf"\b(?P<weekday>{_any(_WEEKDAYS)}) (?:van )?(?P<when>vorige|afgelopen|deze) week\b"),
        ("weekdag", rf"\b(?:(?P<last>afgelopen|laatste|vorige|vorig) )?(?P<weekday>{_any(_WEEKDAYS)})\b"),
        ("woord", rf"\b(?P<word>{_any(_DAYS_AGO)})\b|\b(?P<yesterday>gister)(?:avond|middag|morgen|ochtend)?\b"),
        (
            "vaag",
            rf"\b(?:begin|half|halverwege|medio|midden|eind|einde|in|sinds|afgelopen|vorige?) (?:{_FULL_MONTHS})\b"
            r"|\b(?:vorige|afgelopen|deze) (?:week|maand)\b"
            rf"|\b(?:\d{{1,2}}|{_any(_NUMBERS)}|paar|aantal|enkele) (?:weken|maanden|maand|dagen) geleden\b"
            r"|\b(?:op|van|was|is) de \d{1,2}e\b",
        ),
    )
)


def _number(written: str) -> int:
    return _NUMBERS.get(written) or int(re.sub(r"\D", "", written))


def _valid(year: int, month: int, day: int) -> tuple[date, ...]:
    try:
        return (date(year, month, day),)
    except ValueError:
        return ()


def _of_the_year(parts: Mapping[str, str], today: date) -> tuple[date, ...]:
    """A day and a month: with the year that was said, else the last such day, unless that was nearly a year ago."""
    day, month = _number(parts["day"]), _MONTHS.get(parts["month"]) or _number(parts["month"])
    written = parts.get("year") or parts.get("short")
    if written:
        return _valid(int(written) % 2000 + 2000 if len(written) == 2 else int(written), month, day)
    days = [found for year in range(today.year - 4, today.year + 2) for found in _valid(year, month, day)]
    past, coming = [found for found in days if found <= today], [found for found in days if found > today]
    if not past:
        return ()
    return (past[-1],) if today - past[-1] <= LONG_AGO else (past[-1], *coming[:1])


def _weekday(parts: Mapping[str, str], today: date) -> tuple[date, ...]:
    wanted = _WEEKDAYS.index(parts["weekday"])
    monday = today - timedelta(days=today.weekday())
    if "when" in parts:
        weeks_back = 0 if parts["when"] == "deze" else 1
        return (monday + timedelta(days=wanted, weeks=-weeks_back),)
    last = today - timedelta(days=(today.weekday() - wanted - 1) % 7 + 1)
    if parts.get("last", "").startswith("vorig") and last >= monday:
        return (last, last - timedelta(days=7))  # said of this week by some, of the week before by others
    return (last,) if wanted != today.weekday() or "last" in parts else (today, last)


def _days_ago(parts: Mapping[str, str], today: date) -> tuple[date, ...]:
    per_unit = 7 if parts["unit"].startswith("we") else 1
    return (today - timedelta(days=per_unit * _number(parts["count"])),)


def _word(parts: Mapping[str, str], today: date) -> tuple[date, ...]:
    return (today - timedelta(days=_DAYS_AGO.get(parts.get("word", ""), 1)),)


_READERS: Mapping[str, Callable[[Mapping[str, str], date], tuple[date, ...]]] = {
    "maand": _of_the_year,
    "cijfers": _of_the_year,
    "weekdag": _weekday,
    "dagen": _days_ago,
    "woord": _word,
}
