"""Who did what in the inbox: one row per access, kept also when the case itself is gone."""

from datetime import datetime
from typing import Literal, get_args

from sqlalchemy import Column, DateTime, Integer, String, Table, insert
from sqlalchemy.engine import Connection

from bot.db import metadata

AboutAccounts = Literal[
    "account_created",
    "account_blocked",
    "account_unblocked",
    "account_role",
    "password_changed",
    "two_step_on",
    "two_step_off",
    "login",
    "login_failed",
    "login_locked",
    "logout",
    "session_ended",
]
Action = Literal[
    AboutAccounts,
    "available",
    "away",
    "list_viewed",
    "cases_searched",
    "case_created",
    "case_opened",
    "case_refused",
    "case_read",
    "case_assigned",
    "case_released",
    "case_noted",
    "case_contacted",
    "case_waiting",
    "case_closed",
    "case_reopened",
    "case_withdrawn",
    "case_added_to",
    "case_exported",
    "case_expired",
    "case_danger",
    "answer_wrong",
    "live_joined",
    "live_left",
    "live_dropped",
]
ABOUT_ACCOUNTS: tuple[Action, ...] = get_args(AboutAccounts)
ENDS_SESSIONS: tuple[Action, ...] = ("logout", "session_ended", "account_blocked", "account_role", "password_changed")
"""After which an open page may have to close."""
VIEWS: tuple[Action, ...] = ("list_viewed", "cases_searched", "case_opened", "case_refused")
"""What changes nothing: an open page need not be renewed after it."""

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
