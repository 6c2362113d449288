"""Which ouderadviseurs are there: signs of life of their open pages, in the database, where every door sees them."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Boolean, Column, DateTime, ForeignKey, String, Table, delete, insert, select, update
from sqlalchemy.engine import Engine

from bot.db import metadata, reading, writing
from bot.handoff.accounts import accounts_table
from bot.handoff.clock import utc_now

SILENCE = 9.0
"""Seconds without a sign of life after which a browser counts as gone: the network failed, the laptop was closed."""
GRACE = 3.0
"""Seconds after a page closed; going from one page of the inbox to the next takes less."""
BEAT = 3.0
"""Seconds between two signs of life."""
_FORGOTTEN = timedelta(minutes=10)

presence_table = Table(
    "presence",
    metadata,
    Column("page", String(32), primary_key=True),
    Column("account_id", ForeignKey(accounts_table.c.id, ondelete="CASCADE"), nullable=False),
    # A page that closed gives no sign of life any more, also not one that was still on its way.
    Column("open", Boolean, nullable=False),
    Column("until", DateTime, nullable=False),
)


class Presence:
    """Who is there now. A door that is killed leaves nothing behind: its pages fall silent.

    Args:
        engine: the database.
        clock: naive UTC.
    """

    def __init__(self, engine: Engine, clock: Callable[[], datetime] = utc_now) -> None:
        self._engine, self._clock = engine, clock

    def open(self, account_id: int) -> str:
        """A page opened; gives its id."""
        page, now = uuid.uuid4().hex, self._clock()
        with writing(self._engine, durable=False) as connection:
            connection.execute(delete(presence_table).where(presence_table.c.until < now - _FORGOTTEN))
            row = {"account_id": account_id, "open": True, "until": now + timedelta(seconds=SILENCE)}
            connection.execute(insert(presence_table).values(page=page, **row))
        return page

    def close(self, page: str) -> None:
        """A page closed."""
        self._set(presence_table.c.page == page, GRACE, open=False)

    def beat(self, page: str, account_id: int) -> None:
        """A sign of life of a page; without that page, or of somebody else, it means nothing."""
        mine = (presence_table.c.page == page) & (presence_table.c.account_id == account_id)
        self._set(mine & presence_table.c.open.is_(True), SILENCE)

    def leave(self, account_id: int) -> None:
        """Logged out: gone at once."""
        with writing(self._engine, durable=False) as connection:
            connection.execute(delete(presence_table).where(presence_table.c.account_id == account_id))

    def here(self) -> dict[int, str | None]:
        """Whose page is open and gave a sign of life, by account; with the first name of who is available."""
        who = accounts_table.c
        joined = presence_table.join(accounts_table, who.id == presence_table.c.account_id)
        query = select(who.id, who.name, who.available_since).select_from(joined)
        with reading(self._engine) as connection:
            found = connection.execute(query.where(presence_table.c.until > self._clock()).order_by(who.id)).all()
        return {row.id: row.name.split()[0] if row.available_since else None for row in found}

    def _set(self, chosen: Any, seconds: float, **values: Any) -> None:
        until = self._clock() + timedelta(seconds=seconds)
        with writing(self._engine, durable=False) as connection:
            connection.execute(update(presence_table).where(chosen).values(until=until, **values))
