"""Figures per week; a number below five is not told, since it might be about one family."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.engine import Connection

from bot.chat.feedback import BAD, GOOD
from bot.handoff.cases import cases
from bot.report.turns import StoredTurn, read_turns
from bot.report.unclear import FEWEST

FIELDS = {
    "gesprekken": "gesprekken",
    "berichten": "berichten van ouders",
    "antwoord": "meteen een antwoord",
    "gevraagd": "eerst een vraag terug",
    "geweigerd": "niet begrepen of buiten het vak",
    "mens": "een mens aangeboden",
    "overgedragen": "overgedragen aan een ouderadviseur",
    "duim_omhoog": "duim omhoog",
    "duim_omlaag": "duim omlaag",
}
_DECISIONS = {"answer": "antwoord", "ask": "gevraagd", "none": "geweigerd", "human": "mens"}
SUPPRESSED = f"<{FEWEST}"


@dataclass(frozen=True)
class Week:
    """The figures of one week; the counts are told by :meth:`told`."""

    start: str
    counts: Mapping[str, int]
    topics: Mapping[str, int] = field(default_factory=dict)

    def told(self, name: str) -> str:
        """A count as it may be read: ``<5`` below five, also when it is none."""
        return told(self.counts.get(name, 0))


def told(count: int) -> str:
    """A count as it may be read."""
    return str(count) if count >= FEWEST else SUPPRESSED


def weeks_of(connection: Connection, now: datetime, count: int) -> list[Week]:
    """The last so many whole weeks, from Monday, oldest first."""
    monday = datetime(now.year, now.month, now.day) - timedelta(days=now.weekday())
    starts = [monday - timedelta(weeks=number) for number in range(count, 0, -1)]
    return [_week(connection, start, start + timedelta(weeks=1)) for start in starts]


def _week(connection: Connection, start: datetime, end: datetime) -> Week:
    turns = read_turns(connection, start, end)
    handed = select(cases.c.id).where(cases.c.created >= start, cases.c.created < end)
    counts = {**_counted(turns), "overgedragen": len(connection.execute(handed).all())}
    topics = Counter(topic for turn in turns for topic in turn.topics)
    return Week(start.date().isoformat(), counts, {topic: n for topic, n in topics.most_common() if n >= FEWEST})


def _counted(turns: Sequence[StoredTurn]) -> dict[str, int]:
    counts = Counter(_DECISIONS[turn.decision] for turn in turns)
    verdicts = Counter(turn.verdict for turn in turns)
    return {
        **counts,
        "gesprekken": len({turn.conversation for turn in turns}),
        "berichten": len(turns),
        "duim_omhoog": verdicts[GOOD],
        "duim_omlaag": verdicts[BAD],
    }


def as_csv(weeks: Iterable[Week]) -> str:
    """A row for each week and each figure: week, wat, aantal."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("week", "wat", "aantal"))
    for week in weeks:
        writer.writerows((week.start, name, week.told(name)) for name in FIELDS)
        writer.writerows((week.start, f"onderwerp {topic}", told(count)) for topic, count in week.topics.items())
    return out.getvalue()
