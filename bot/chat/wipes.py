"""Wipes that the assistant has still to carry out: repeated until it has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.engine import Engine

from bot.chat.store import utc_now
from bot.chat.tables import wipes
from bot.db import reading, writing

_LONGEST_PAUSE = timedelta(minutes=5)


@dataclass(frozen=True)
class Wipe:
    """A conversation that the assistant must forget; ``withdraw_case`` when its cases go too."""

    conversation_id: str
    withdraw_case: bool
    attempts: int


class PendingWipes:
    """The rows that :meth:`bot.chat.store.ConversationStore.wipe` leaves behind."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime] = utc_now) -> None:
        self._engine, self._clock = engine, clock

    def due(self) -> list[Wipe]:
        """The wipes whose next attempt is now."""
        wanted = select(wipes).where(wipes.c.next_attempt <= self._clock()).order_by(wipes.c.created)
        with reading(self._engine) as connection:
            return [Wipe(row.conversation_id, row.withdraw_case, row.attempts) for row in connection.execute(wanted)]

    def done(self, conversation_id: str) -> None:
        """The assistant has forgotten the conversation."""
        with writing(self._engine) as connection:
            connection.execute(delete(wipes).where(wipes.c.conversation_id == conversation_id))

    def failed(self, wipe: Wipe) -> None:
        """Try again later: after 2, 4, 8 ... seconds, at most 5 minutes."""
        pause = min(timedelta(seconds=2 ** min(wipe.attempts + 1, 10)), _LONGEST_PAUSE)
        mine = wipes.c.conversation_id == wipe.conversation_id
        values = {"attempts": wipe.attempts + 1, "next_attempt": self._clock() + pause}
        with writing(self._engine) as connection:
            connection.execute(update(wipes).where(mine).values(**values))
