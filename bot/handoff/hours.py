"""The working days of the ouderadviseurs, from ``knowledge/openingstijden.yml`` and the Dutch public holidays."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import holidays

from bot.handoff.clock import DAYS, dutch_date, local
from bot.knowledge.reading import Entry, KnowledgeError, read_yaml

FILE = "openingstijden.yml"
_HORIZON = 100
"""Days to look ahead; longer than any school holiday."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Schedule:
    """The content of the file.

    Attributes:
        weekdays: working days of the week, Monday is 0.
        closed: own closing days.
        confirmed: whether the organisation has confirmed them.
    """

    weekdays: frozenset[int]
    closed: frozenset[date]
    confirmed: bool


class Hours:
    """Working days; follows its file without a restart.

    Args:
        knowledge_dir: the folder with ``openingstijden.yml``.

    Raises:
        KnowledgeError: the file is missing or wrong, with file and line.
    """

    def __init__(self, knowledge_dir: Path) -> None:
        self._path = knowledge_dir / FILE
        self._stamp = self._modified()
        self._schedule = read_schedule(self._path)

    @property
    def schedule(self) -> Schedule:
        """The schedule as it is now; a file that turned bad is logged once and the schedule before stays in use."""
        stamp = self._modified()
        if stamp != self._stamp:
            self._stamp = stamp
            try:
                self._schedule = read_schedule(self._path)
            except KnowledgeError as error:
                log.error("working days not reloaded, those before stay in use: %s", error)
        return self._schedule

    def is_working_day(self, day: date) -> bool:
        """Whether someone works on this day."""
        schedule = self.schedule
        return day.weekday() in schedule.weekdays and day not in schedule.closed and day not in _public_holidays(day)

    def next_working_day(self, now: datetime) -> date | None:
        """The first working day after today; None when the coming months have none.

        Today never counts: how late people go home is not known, and a day that is promised must be a whole one.

        Args:
            now: naive UTC. Which day it is, is decided in the Netherlands.
        """
        today = local(now).date()
        days = (today + timedelta(days=ahead) for ahead in range(1, _HORIZON))
        return next((day for day in days if self.is_working_day(day)), None)

    def next_moment_text(self, now: datetime) -> str:
        """What the parent reads on the receipt; it names a day and promises no time."""
        day = self.next_working_day(now)
        if day is None:
            return "Wij weten nu nog niet wat de eerstvolgende werkdag is."
        return f"De eerstvolgende werkdag is {dutch_date(day, local(now).date())}."

    def _modified(self) -> int:
        try:
            return self._path.stat().st_mtime_ns
        except OSError:
            return 0


def read_schedule(path: Path) -> Schedule:
    """Read and check the file.

    Raises:
        KnowledgeError: with file, line and what is expected.
    """
    content = read_yaml(path)
    fields = content.fields(("bevestigd", "werkdagen", "gesloten"))
    week = fields["werkdagen"].fields(DAYS)
    weekdays = frozenset(number for number, name in enumerate(DAYS) if week[name].flag())
    if not weekdays:
        raise fields["werkdagen"].error("er is geen enkele werkdag; zet er minstens een op ja.")
    closed = frozenset(day for entry in fields["gesloten"].items() for day in _closed_days(entry))
    return Schedule(weekdays, closed, fields["bevestigd"].flag())


def _closed_days(entry: Entry) -> Iterator[date]:
    fields = entry.fields((), ("dag", "van", "tot", "waarom"))
    if "dag" in fields:
        fields |= {"van": fields["dag"], "tot": fields["dag"]}
    if not {"van", "tot"} <= fields.keys():
        raise entry.error("geef een dag, of van en tot.")
    first, last = _day(fields["van"]), _day(fields["tot"])
    if not first <= last <= first + timedelta(days=366):
        raise fields["tot"].error("tot hoort op of na van te liggen, hoogstens een jaar later.")
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def _day(entry: Entry) -> date:
    try:
        return date.fromisoformat(entry.text())
    except ValueError:
        raise entry.error('schrijf een dag als "2026-12-24".') from None


def _public_holidays(day: date) -> holidays.HolidayBase:
    return holidays.country_holidays("NL", years=day.year)
