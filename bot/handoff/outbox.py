"""What still has to leave the house: one row per parcel, tried again for days until the other side acknowledged it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Column, DateTime, Integer, String, Table, Text, delete, func, insert, select, update
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.engine.row import Row
from sqlalchemy.exc import SQLAlchemyError

from bot.db import metadata, reading, writing
from bot.handoff.clock import utc_now

FIRST_RETRY = timedelta(seconds=30)
LONGEST_RETRY = timedelta(hours=1)
LEASE = timedelta(minutes=5)
"""How long a parcel stays with the process that took it; after that the process is thought to have died."""
GIVE_UP = timedelta(days=5)
"""After so long a parcel is a dead letter: staff see it in the inbox, and can offer it again."""
BATCH = 50

log = logging.getLogger(__name__)

outbox_table = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    # Without a foreign key: what was delivered stays on record when its case is deleted.
    Column("case_id", String(32), nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("idempotency_key", String(120), nullable=False, unique=True),
    Column("payload", JSON, nullable=False),
    Column("created", DateTime, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_attempt", DateTime, nullable=False, index=True),
    Column("delivered_at", DateTime, nullable=True),
    Column("last_error", Text, nullable=True),
    # When the attempts stopped: a dead letter, which staff see in the inbox and can offer again.
    Column("dead_at", DateTime, nullable=True),
)


@dataclass(frozen=True)
class Parcel:
    """What a carrier gets; the same at each attempt, so that the receiver can see that it is the same.

    Attributes:
        key: the idempotency key, in the form of a Message-ID without its angle brackets.
        case_id: the case it is about.
        payload: the content; holds no personal data.
        created: naive UTC.
    """

    key: str
    case_id: str
    payload: Mapping[str, Any]
    created: datetime

    @property
    def event(self) -> str:
        """What happened: ``nieuw``, ``aanvulling``, ``herinnering``, ``terugval``."""
        return self.key.split(".")[0].split("-")[0]


Carrier = Callable[[Parcel], None]
"""Delivers a parcel. Returns when the other side has acknowledged it, raises in every other case."""


@dataclass(frozen=True)
class Backlog:
    """What waits: how many parcels, how many of those failed before, and since when the oldest waits."""

    waiting: int
    failing: int
    oldest: datetime | None
    dead: int = 0


@dataclass(frozen=True)
class Patience:
    """How hard a parcel is tried.

    Attributes:
        first: the pause after the first failure; it doubles up to :data:`LONGEST_RETRY`.
        lease: see :data:`LEASE`.
        give_up: see :data:`GIVE_UP`.
    """

    first: timedelta = FIRST_RETRY
    lease: timedelta = LEASE
    give_up: timedelta = GIVE_UP

    @classmethod
    def of(cls, retry_seconds: int, days: int) -> Patience:
        """From the settings; a process may take ten times the first pause before it is thought to have died."""
        first = timedelta(seconds=retry_seconds)
        return cls(first, min(10 * first, LEASE), timedelta(days=days))

    def after(self, attempts: int) -> timedelta:
        """How long to wait after a number of failed attempts: doubling up to an hour."""
        return min(self.first * (1 << min(attempts - 1, 16)), LONGEST_RETRY)


def enqueue(
    connection: Connection, kind: str, event: str, case_id: str, payload: Mapping[str, Any], now: datetime
) -> None:
    """Add a parcel in the transaction of the caller; the same event of a case can be added once for each kind.

    Args:
        connection: the transaction that stores what the parcel is about.
        kind: the name of the carrier.
        event: what happened, such as ``nieuw``.
        case_id: the case it happened to.
        payload: no personal data.
        now: naive UTC.
    """
    key = f"{event}.{kind}.{case_id}@ouderchat"
    row = {"case_id": case_id, "kind": kind, "idempotency_key": key, "payload": dict(payload)}
    connection.execute(insert(outbox_table).values(**row, created=now, attempts=0, next_attempt=now))


def cancel(connection: Connection, case_id: str) -> None:
    """Drop the parcels of a case that did not leave yet."""
    waiting = (outbox_table.c.case_id == case_id) & outbox_table.c.delivered_at.is_(None)
    connection.execute(delete(outbox_table).where(waiting))


def announce(
    connection: Connection,
    channels: Iterable[str],
    event: str,
    case_id: str,
    payload: Mapping[str, Any],
    now: datetime,
) -> bool:
    """Add a parcel for each channel, unless the event was announced before; whether there is a new one."""
    new = [kind for kind in channels if not announced(connection, event, kind, case_id)]
    for kind in new:
        enqueue(connection, kind, event, case_id, payload, now)
    return bool(new)


def announced(connection: Connection, event: str, kind: str, case_id: str) -> bool:
    """Whether there is a parcel for this event, delivered or not."""
    known = select(outbox_table.c.id).filter_by(idempotency_key=f"{event}.{kind}.{case_id}@ouderchat")
    return connection.execute(known).first() is not None


def offer_again(connection: Connection, parcel_id: int, now: datetime) -> bool:
    """Give a dead letter a new life; False when it is none (any more)."""
    dead = (outbox_table.c.id == parcel_id) & outbox_table.c.dead_at.is_not(None)
    values = {"dead_at": None, "attempts": 0, "next_attempt": now, "created": now}
    return bool(connection.execute(update(outbox_table).where(dead).values(**values)).rowcount)


def dead_letters(connection: Connection) -> list[Row]:
    """What was given up, oldest first."""
    query = select(outbox_table).where(outbox_table.c.dead_at.is_not(None)).order_by(outbox_table.c.id)
    return list(connection.execute(query))


def backlog(connection: Connection) -> Backlog:
    """What waits, for the health page and the inbox."""
    failing = func.count(outbox_table.c.last_error)
    dead = func.count(outbox_table.c.dead_at)
    query = select(func.count(), failing, func.min(outbox_table.c.created), dead)
    return Backlog(*connection.execute(query.where(outbox_table.c.delivered_at.is_(None))).one())


def _name(error: Exception) -> str:
    """The class and the reply code of a mail server; not the text, which can hold an address."""
    return f"{type(error).__name__} {getattr(error, 'smtp_code', '')}".rstrip()


class Outbox:
    """Delivers parcels, each at least once; may run in several threads and processes at the same time.

    Args:
        engine: the database.
        carriers: by the kind of parcel they deliver.
        patience: how hard each parcel is tried.
    """

    def __init__(self, engine: Engine, carriers: Mapping[str, Carrier], patience: Patience | None = None) -> None:
        self._engine = engine
        self._carriers = carriers
        self._patience = patience or Patience()

    def deliver_due(self, now: datetime | None = None) -> int:
        """Try each parcel whose time has come.

        Never raises: with a database that is locked or full the parcels wait for the next call.

        Args:
            now: naive UTC; default: the clock.

        Returns:
            The number of parcels delivered.
        """
        moment = now or utc_now()
        try:
            return sum(self._deliver(row, moment) for row in self._due(moment))
        except SQLAlchemyError as error:
            log.warning("the outbox cannot be read or written now: %s", type(error).__name__)
            return 0

    def _due(self, now: datetime) -> list[Row]:
        due = outbox_table.c.delivered_at.is_(None) & outbox_table.c.dead_at.is_(None)
        due &= outbox_table.c.next_attempt <= now
        with reading(self._engine) as connection:
            query = select(outbox_table).where(due).order_by(outbox_table.c.next_attempt, outbox_table.c.id)
            return list(connection.execute(query.limit(BATCH)))

    def _deliver(self, row: Row, now: datetime) -> bool:
        if not self._claim(row, now):
            return False
        parcel = Parcel(row.idempotency_key, row.case_id, row.payload, row.created)
        try:
            self._carriers[row.kind](parcel)
        except Exception as error:  # whatever is wrong with one parcel, the others go on
            self._failed(row, error, now)
            return False
        self._set(row, delivered_at=now, last_error=None)
        return True

    def _claim(self, row: Row, now: datetime) -> bool:
        """Take the parcel, unless another process did or it was withdrawn since it was read."""
        mine = (outbox_table.c.id == row.id) & (outbox_table.c.attempts == row.attempts)
        change = update(outbox_table).where(mine & outbox_table.c.delivered_at.is_(None))
        with writing(self._engine) as connection:
            result = connection.execute(
                change.values(attempts=row.attempts + 1, next_attempt=now + self._patience.lease)
            )
            return bool(result.rowcount)

    def _failed(self, row: Row, error: Exception, now: datetime) -> None:
        name = _name(error)
        log.warning("parcel %s not delivered at attempt %d: %s", row.idempotency_key, row.attempts + 1, name)
        given_up = now - row.created >= self._patience.give_up
        pause = self._patience.after(row.attempts + 1)
        self._set(row, next_attempt=now + pause, last_error=name, dead_at=now if given_up else None)

    def _set(self, row: Row, **values: Any) -> None:
        with writing(self._engine) as connection:
            connection.execute(update(outbox_table).where(outbox_table.c.id == row.id).values(**values))
