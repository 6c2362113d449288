"""Logging in to the inbox: lock-out after repeated failures, and sessions that can be ended."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Integer,
    String,
    Table,
    delete,
    false,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.engine.row import Row

from bot.db import metadata, reading, writing
from bot.handoff import audit
from bot.handoff.accounts import Account, account_of, accounts_table, normal_email, token_hash, verify_password
from bot.handoff.clock import utc_now

MAX_FAILURES = 5
LOCKED_FOR = timedelta(minutes=15)
IDLE = timedelta(hours=4)
"""After this time without a request one has to log in again."""
LONGEST = timedelta(hours=12)
"""After this time in any case: a working day."""
TOUCH = timedelta(minutes=1)
"""How exact ``last_seen`` is; without it every request would write."""

sessions_table = Table(
    "sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("account_id", ForeignKey(accounts_table.c.id), nullable=False, index=True),
    Column("created", DateTime, nullable=False),
    Column("last_seen", DateTime, nullable=False),
    Column("revoked", DateTime, nullable=True),
    # The password was right, and the code from the app is still to come; until then the session opens nothing.
    Column("pending", Boolean, nullable=False, server_default=false()),
    # Browser and system, to recognise a session by.
    Column("device", String(60), nullable=False, server_default=""),
)

login_failures_table = Table(
    "login_failures",
    metadata,
    Column("id", Integer, primary_key=True),
    # A hash of what was typed in the e-mail field, with or without an account, so that nobody learns who has one.
    Column("email_hash", String(64), nullable=False, index=True),
    Column("at", DateTime, nullable=False),
)


class LoginRefused(Exception):
    """The name or the password is wrong; which of the two is not told."""


class LoginLocked(Exception):
    """Too many failures for this address; also the right password is refused until :data:`LOCKED_FOR` has passed."""


def log_in(engine: Engine, email: str, password: str, now: datetime | None = None) -> str:
    """Check name and password and start a session.

    Returns:
        The token for the cookie; only its hash is stored.

    Raises:
        LoginRefused: wrong name or password.
        LoginLocked: five failures in the last 15 minutes.
    """
    moment = now or utc_now()
    key = token_hash(normal_email(email))
    _count_attempt(engine, key, moment)
    with reading(engine) as connection:
        row = connection.execute(select(accounts_table).filter_by(email=normal_email(email))).first()
    # Outside a transaction: the check takes long on purpose.
    if not verify_password(row.password_hash if row else None, password):
        _record_failure(engine, row, moment)
        raise LoginRefused
    return _start(engine, row.id, key, moment)


def session_account(engine: Engine, token: str, now: datetime | None = None) -> Account | None:
    """The account of a session that is still good, or None."""
    moment = now or utc_now()
    with reading(engine) as connection:
        query = select(accounts_table, sessions_table.c.last_seen).join(sessions_table)
        row = connection.execute(query.where(_alive(token, moment))).first()
    if row is None:
        return None
    if moment - row.last_seen > TOUCH:
        _touch(engine, token, moment)
    return account_of(row)


def log_out(engine: Engine, token: str, now: datetime | None = None) -> None:
    """End a session; one that has ended already is left alone."""
    moment = now or utc_now()
    with writing(engine) as connection:
        row = connection.execute(select(sessions_table).filter_by(token_hash=token_hash(token))).first()
        if row is not None and row.revoked is None:
            _revoke(connection, sessions_table.c.token_hash == row.token_hash, moment)
            audit.record(connection, "logout", moment, row.account_id)


def end_sessions(engine: Engine, account_id: int, now: datetime | None = None) -> int:
    """End every session of an account: after a new password, or when somebody leaves.

    Returns:
        The number of sessions ended.
    """
    with writing(engine) as connection:
        return _revoke(connection, sessions_table.c.account_id == account_id, now or utc_now())


def _count_attempt(engine: Engine, key: str, now: datetime) -> None:
    """Count an attempt before it is checked, so that many at the same moment cannot slip through together."""
    recent = (login_failures_table.c.email_hash == key) & (login_failures_table.c.at > now - LOCKED_FOR)
    with writing(engine) as connection:
        failures = connection.execute(select(func.count()).select_from(login_failures_table).where(recent)).scalar()
        locked = failures >= MAX_FAILURES
        if locked:
            audit.record(connection, "login_locked", now)
        else:
            connection.execute(insert(login_failures_table).values(email_hash=key, at=now))
    if locked:
        raise LoginLocked


def _record_failure(engine: Engine, row: Row | None, now: datetime) -> None:
    with writing(engine) as connection:
        audit.record(connection, "login_failed", now, row.id if row else None)


def _start(engine: Engine, account_id: int, key: str, now: datetime) -> str:
    token = secrets.token_urlsafe(32)
    row = {"token_hash": token_hash(token), "account_id": account_id, "created": now, "last_seen": now}
    old = login_failures_table.c.at < now - LOCKED_FOR
    with writing(engine) as connection:
        connection.execute(delete(login_failures_table).where(old | (login_failures_table.c.email_hash == key)))
        connection.execute(insert(sessions_table).values(**row))
        audit.record(connection, "login", now, account_id)
    return token


def _alive(token: str, now: datetime) -> object:
    table = sessions_table.c
    same = (table.token_hash == token_hash(token)) & table.revoked.is_(None)
    return same & (table.last_seen > now - IDLE) & (table.created > now - LONGEST)


def _touch(engine: Engine, token: str, now: datetime) -> None:
    with writing(engine) as connection:
        change = update(sessions_table).where(sessions_table.c.token_hash == token_hash(token))
        connection.execute(change.values(last_seen=now))


def _revoke(connection: Connection, chosen: object, now: datetime) -> int:
    change = update(sessions_table).where(chosen, sessions_table.c.revoked.is_(None))
    return int(connection.execute(change.values(revoked=now)).rowcount)
