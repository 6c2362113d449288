"""Calendar files (RFC 5545) of whole days, and the address that one is made from. Nothing is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

PATH = "/api/agenda"
FIELD = "dag"
MOST_EVENTS = 6
DAYS_AHEAD = 7
"""The calendar reminds this many days before."""

_LINE_OCTETS = 75
_YEARS = range(2000, 2100)


class BadEvents(ValueError):
    """An address that asks for something else than the days we give."""


@dataclass(frozen=True)
class Event:
    """A whole day.

    Attributes:
        kind: a fixed name such as ``aangemeld_besluit``.
        title: what the calendar shows.
        day: local date.
    """

    kind: str
    title: str
    day: date


def ics(events: Iterable[Event], made: datetime) -> str:
    """The days as a calendar file.

    The same day of the same kind has the same id in every file, so that a calendar replaces it instead of showing
    it twice.

    Args:
        events: in any order.
        made: when, in UTC.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Ouderchat//Termijnhulp//NL", "CALSCALE:GREGORIAN"]
    for event in events:
        lines += _event(event, made)
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _event(event: Event, made: datetime) -> list[str]:
    title = _escaped(event.title)
    return [
        "BEGIN:VEVENT",
        f"UID:{event.kind}-{event.day:%Y%m%d}@ouderchat",
        f"DTSTAMP:{made:%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{title}",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{title}",
        f"TRIGGER:-P{DAYS_AHEAD}D",
        "END:VALARM",
        "END:VEVENT",
    ]


def _escaped(text: str) -> str:
    for sign in "\\;,":
        text = text.replace(sign, f"\\{sign}")
    return "\\n".join(text.splitlines())


def _folded(line: str) -> str:
    """The line in pieces of at most 75 octets, each further one begun with a space; no letter is cut in two."""
    pieces, size = [""], 0
    for char in line:
        octets = len(char.encode())
        if size + octets > _LINE_OCTETS:
            pieces.append(" ")
            size = 1
        pieces[-1] += char
        size += octets
    return "\r\n".join(pieces)


def address(events: Iterable[Event]) -> str:
    """The path on the door that gives these days as a file."""
    return f"{PATH}?{urlencode([(FIELD, f'{event.kind}:{event.day}') for event in events], safe=':')}"


def events_of(values: Sequence[str], titles: Mapping[str, str]) -> list[Event]:
    """The events that an address asks for.

    Args:
        values: of the field ``dag``: ``aangemeld_besluit:2026-12-15``.
        titles: by kind; there are no others.

    Raises:
        BadEvents: none, too many, an unknown kind, or no date.
    """
    if not 1 <= len(values) <= MOST_EVENTS:
        raise BadEvents(f"{len(values)} days")
    return [_event_of(value, titles) for value in values]


def _event_of(value: str, titles: Mapping[str, str]) -> Event:
    kind, _, written = value.partition(":")
    try:
        day = date.fromisoformat(written)
    except ValueError:
        raise BadEvents("no date") from None
    if kind not in titles or day.year not in _YEARS:
        raise BadEvents("unknown kind or year")
    return Event(kind, titles[kind], day)
