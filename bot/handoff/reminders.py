"""Cases that nobody reads: a reminder, then the fallback address, then an alarm on the health page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.engine import Engine
from sqlalchemy.engine.row import Row

from bot.db import reading, writing
from bot.handoff import outbox
from bot.handoff.cases import cases
from bot.handoff.hours import Hours

STEPS = ("herinnering", "terugval")
"""What is sent after once and after twice the number of working hours; after three times there is an alarm."""
ALARM_AFTER = 3


@dataclass(frozen=True)
class Unread:
    """Cases that wait to be read.

    Attributes:
        waiting: how many.
        alarm: how many of them wait so long that reminder and fallback did not help.
    """

    waiting: int
    alarm: int


class Reminders:
    """Looks after unread cases.

    Args:
        engine: the database.
        hours: of the ouderadviseurs.
        unread_hours: working hours between the steps; half of it, but at least one, for urgent cases.
        channels: the carriers that are used.
    """

    def __init__(self, engine: Engine, hours: Hours, unread_hours: int, channels: tuple[str, ...]) -> None:
        self._engine, self._hours = engine, hours
        self._unread_hours, self._channels = unread_hours, channels

    def send_due(self, now: datetime) -> int:
        """Put in the outbox what is due, each step of a case once; returns how many steps."""
        due = [(row, step) for row in self._unread() for step in self._due(row, now)]
        with reading(self._engine) as connection:
            new = [(row, step) for row, step in due if not outbox.announced(connection, step, "mail", row.id)]
        return sum(self._send(row, step, now) for row, step in new)

    def look(self, now: datetime) -> Unread:
        """How many cases wait, for the health page."""
        rows = self._unread()
        return Unread(len(rows), sum(self._passed(row, now) >= ALARM_AFTER for row in rows))

    def _unread(self) -> list[Row]:
        with reading(self._engine) as connection:
            return list(connection.execute(select(cases).filter_by(state="nieuw").order_by(cases.c.created)))

    def _due(self, row: Row, now: datetime) -> tuple[str, ...]:
        return STEPS[: min(self._passed(row, now), len(STEPS))]

    def _passed(self, row: Row, now: datetime) -> int:
        """How many times the number of working hours went by."""
        step = max(1.0, self._unread_hours / 2) if row.urgent else float(self._unread_hours)
        return int(self._hours.working_hours(row.created, now) / step)

    def _send(self, row: Row, step: str, now: datetime) -> bool:
        with writing(self._engine) as connection:
            # Read or withdrawn in the meantime: nothing to remind of.
            still = select(cases.c.id).filter_by(id=row.id, state="nieuw")
            if connection.execute(still).first() is None:
                return False
            return outbox.announce(connection, self._channels, step, row.id, {"code": row.code}, now)
