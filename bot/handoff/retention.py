"""How long a case is kept in each state, and its deletion after that."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.engine import Engine
from sqlalchemy.engine.row import Row

from bot.db import reading, writing
from bot.handoff.cases import cases
from bot.handoff.intake import remove_case
from bot.privacy.vault import Vault
from bot.settings import Settings

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Terms:
    """Days that a case is kept; 0 is without end.

    Attributes:
        unread: since it was made, while nobody has read it.
        open: since the last that happened to it, while it is read or being worked on.
        closed: since it was closed.
    """

    unread: int = 0
    open: int = 0
    closed: int = 0

    @classmethod
    def of(cls, settings: Settings) -> Terms:
        """Those of this installation."""
        return cls(settings.case_days_unread, settings.case_days_open, settings.case_days_closed)


def kept_until(row: Row, terms: Terms) -> datetime | None:
    """When a case goes; None while its state has no end."""
    if row.state == "afgesloten":
        days, since = terms.closed, row.closed_at
    elif row.state == "nieuw":
        days, since = terms.unread, row.added_at or row.created
    else:
        moments = (row.created, row.read_at, row.taken_at, row.waiting_since, row.added_at)
        days, since = terms.open, max(at for at in moments if at)
    return since + timedelta(days=days) if days and since else None


class Retention:
    """Deletes cases whose time has come.

    Args:
        engine: the database.
        vault: holds their details.
        terms: how long they are kept.
    """

    def __init__(self, engine: Engine, vault: Vault, terms: Terms) -> None:
        self._engine, self._vault, self._terms = engine, vault, terms

    def delete_due(self, now: datetime) -> int:
        """Delete what is due, each case in its own transaction; returns how many."""
        with reading(self._engine) as connection:
            due = [row.id for row in connection.execute(select(cases)) if self._is_due(row, now)]
        return sum(self._delete(case_id, now) for case_id in due)

    def _is_due(self, row: Row, now: datetime) -> bool:
        until = kept_until(row, self._terms)
        return until is not None and until <= now

    def _delete(self, case_id: str, now: datetime) -> bool:
        with writing(self._engine) as connection:
            row = connection.execute(select(cases).filter_by(id=case_id)).first()
            # Something may have happened to it since it was looked at.
            if row is None or not self._is_due(row, now):
                return False
            remove_case(connection, self._vault, case_id, "case_expired", now)
        return True
