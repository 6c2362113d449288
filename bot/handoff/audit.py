"""Who did what in the inbox: one row per access, kept also when the case itself is gone."""

from datetime import datetime
from typing import Literal

from sqlalchemy import Column, DateTime, Integer, String, Table, insert
from sqlalchemy.engine import Connection

from bot.db import metadata

Action = Literal[
    "account_created",
    "login",
    "login_failed",
    "login_locked",
    "logout",
    "list_viewed",
    "case_opened",
    "case_refused",
    "case_read",
    "case_closed",
    "case_withdrawn",
]

audit_table = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", DateTime, nullable=False),
    Column("account_id", Integer, nullable=True, index=True),
    Column("action", String(32), nullable=False),
    # Without a foreign key: that somebody looked must stay known after the case was deleted.
    Column("case_id", String(32), nullable=True, index=True),
)


def record(
    connection: Connection, action: Action, at: datetime, account_id: int | None = None, case_id: str | None = None
) -> None:
    """Add a row in the transaction of the caller.

    Args:
        connection: opened with :func:`bot.db.writing`.
        action: what was done.
        at: naive UTC.
        account_id: who did it; None for the parent, or for a login without an account.
        case_id: the case it was done to.
    """
    row = {"at": at, "account_id": account_id, "action": action, "case_id": case_id}
    connection.execute(insert(audit_table).values(**row))
