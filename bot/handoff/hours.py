"""The working days of the ouderadviseurs, from ``knowledge/openingstijden.yml`` and the Dutch public holidays."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path

import holidays

from bot.handoff.clock import DAYS, dutch_date, local
from bot.knowledge.reading import Entry, KnowledgeError, read_yaml

FILE = "openingstijden.yml"
_HORIZON = 100
"""Days to look ahead; longer than any school holiday."""
ASSUMED = (time(9), time(17))
"""Working hours while the organisation has not told its own. Only used to count how long a case waits; never told."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Schedule:
    """The content of the file.

    Attributes:
        weekdays: working days of the week, Monday is 0.
        closed: own closing days.
        confirmed: whether the organisation has confirmed them.
        hours: from and until, Dutch clock; None when they are not known.
        answer_within: working days within which the organisation says it answers; None when it says nothing.
    """

    weekdays: frozenset[int]
    closed: frozenset[date]
    confirmed: bool
    hours: tuple[time, time] | None = None
    answer_within: int | None = None


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
        return (
            day.weekday() in schedule.weekdays and day not in schedule.closed and day not in _public_holidays(day.year)
        )

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
        """What the parent reads on the receipt: the next working day, and what the organisation has promised."""
        day = self.next_working_day(now)
        if day is None:
            return "Wij weten nu nog niet wat de eerstvolgende werkdag is."
        today = local(now).date()
        text = f"De eerstvolgende werkdag is {dutch_date(day, today)}."
        latest = self._answer_by(now)
        return f"{text} U hoort uiterlijk {dutch_date(latest, today)} van ons." if latest else text

    def is_open(self, now: datetime) -> bool:
        """Whether somebody works now; on a working day the hours count only when they are confirmed."""
        here, schedule = local(now), self.schedule
        if not self.is_working_day(here.date()):
            return False
        if schedule.hours is None or not schedule.confirmed:
            return True
        return schedule.hours[0] <= here.time() < schedule.hours[1]

    def closed_notice(self, now: datetime) -> str:
        """What the parent reads before the hand-off when nobody works now; "" when somebody does."""
        return "" if self.is_open(now) else f"De ouderadviseurs werken nu niet. {self.next_moment_text(now)}"

    def working_hours(self, start: datetime, end: datetime) -> float:
        """How many working hours lie between two moments (naive UTC)."""
        here, until = local(start), local(end)
        total, day = timedelta(), here.date()
        while day <= until.date():
            if self.is_working_day(day):
                first, last = (datetime.combine(day, at, here.tzinfo) for at in self.schedule.hours or ASSUMED)
                total += max(min(last, until) - max(first, here), timedelta())
            day += timedelta(days=1)
        return total / timedelta(hours=1)

    def _answer_by(self, now: datetime) -> date | None:
        """The last day on which the organisation has promised to answer."""
        within = self.schedule.answer_within if self.schedule.confirmed else None
        days = (local(now).date() + timedelta(days=ahead) for ahead in range(1, _HORIZON))
        working = (day for day in days if self.is_working_day(day))
        return next((day for number, day in enumerate(working, 1) if number == within), None)

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
    fields = content.fields(("bevestigd", "werkdagen", "gesloten"), ("uren", "antwoord_binnen_werkdagen"))
    week = fields["werkdagen"].fields(DAYS)
    weekdays = frozenset(number for number, name in enumerate(DAYS) if week[name].flag())
    if not weekdays:
        raise fields["werkdagen"].error("er is geen enkele werkdag; zet er minstens een op ja.")
    closed = frozenset(day for entry in fields["gesloten"].items() for day in _closed_days(entry))
    times = _times(fields["uren"]) if "uren" in fields else None
    within = _within(fields["antwoord_binnen_werkdagen"]) if "antwoord_binnen_werkdagen" in fields else None
    return Schedule(weekdays, closed, fields["bevestigd"].flag(), times, within)


def _times(entry: Entry) -> tuple[time, time]:
    fields = entry.fields(("van", "tot"))
    first, last = _time(fields["van"]), _time(fields["tot"])
    if first >= last:
        raise fields["tot"].error("tot hoort later te zijn dan van.")
    return first, last


def _time(entry: Entry) -> time:
    try:
        return time.fromisoformat(entry.text())
    except ValueError:
        raise entry.error('schrijf een tijd als "09:00".') from None


def _within(entry: Entry) -> int:
    text = entry.text()
    if not text.isdigit() or not 1 <= int(text) <= 20:
        raise entry.error('schrijf een aantal werkdagen van 1 tot 20 als "2".')
    return int(text)


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


@lru_cache(maxsize=16)
def _public_holidays(year: int) -> holidays.HolidayBase:
    # A millisecond each time, and a promise to the parent looks at some seventy days.
    return holidays.country_holidays("NL", years=year)
