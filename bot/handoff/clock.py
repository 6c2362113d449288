"""Times as they are stored (naive UTC) and as people in the Netherlands read them."""

from datetime import date, datetime, timezone

from dateutil import tz

# dateutil brings its own copy of the time zones, for machines that have none.
AMSTERDAM = tz.gettz("Europe/Amsterdam")
DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)


def utc_now() -> datetime:
    """Now, naive UTC: the form in which times are stored."""
    return datetime.now(timezone.utc).replace(tzinfo=None)


def as_utc(moment: datetime) -> datetime:
    """A time as it is stored; one without time zone already is UTC."""
    return moment.astimezone(timezone.utc).replace(tzinfo=None) if moment.tzinfo else moment


def local(moment: datetime) -> datetime:
    """A stored time on the clock in the Netherlands."""
    return moment.replace(tzinfo=timezone.utc).astimezone(AMSTERDAM)


def dutch_date(day: date, today: date) -> str:
    """``maandag 23 november``, with the year when it is not this year."""
    year = "" if day.year == today.year else f" {day.year}"
    return f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}{year}"


def dutch_time(moment: datetime, now: datetime) -> str:
    """A stored time for the inbox: ``vandaag 14:05``, or ``vrijdag 20 november, 14:05``."""
    here, today = local(moment), local(now).date()
    if here.date() == today:
        return f"vandaag {here:%H:%M}"
    return f"{dutch_date(here.date(), today)}, {here:%H:%M}"
