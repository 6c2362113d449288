"""Logging in to the inbox: lock-out after repeated failures, the second step, and sessions that can be ended."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
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
CODE_WITHIN = timedelta(minutes=10)
"""How long after the password the code from the app may follow."""
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


@dataclass(frozen=True)
class Session:
    """A session that is still good.

    Attributes:
        id: to name it by; opens nothing.
        account: whose it is.
        pending: the code from the app is still to come, and until then it opens nothing.
        device: browser and system.
        created: naive UTC.
        last_seen: naive UTC, exact to a minute.
    """

    id: str
    account: Account
    pending: bool
    device: str
    created: datetime
    last_seen: datetime


def log_in(engine: Engine, email: str, password: str, now: datetime | None = None, device: str = "") -> str:
    """Check name and password and start a session; it is pending where a code from an app is asked.

    Returns:
        The token for the cookie; only its hash is stored.

    Raises:
        LoginRefused: wrong name or password, or the account is blocked.
        LoginLocked: five failures in the last 15 minutes.
    """
    moment = now or utc_now()
    attempt = _count_attempt(engine, normal_email(email), moment)
    with reading(engine) as connection:
        row = connection.execute(select(accounts_table).filter_by(email=normal_email(email))).first()
    # Outside a transaction: the check takes long on purpose.
    if not verify_password(row.password_hash if row else None, password) or row.blocked is not None:
        _record_failure(engine, row.id if row else None, moment)
        raise LoginRefused
    return _start(engine, account_of(row), attempt, moment, device)


def confirm_code(
    engine: Engine, token: str, right: Callable[[Account, datetime], bool], now: datetime | None = None
) -> str:
    """The second step: turn a pending session into one that opens the inbox.

    Args:
        engine: the database.
        token: of the pending session; it ends with this.
        right: whether the code that was sent is right for the account at this moment.
        now: naive UTC; default: the clock.

    Returns:
        The token of the new session.

    Raises:
        LoginRefused: the code is wrong, or the session is not good any more.
        LoginLocked: five failures in the last 15 minutes, passwords and codes together.
    """
    moment = now or utc_now()
    session = find_session(engine, token, moment)
    if session is None or not session.pending:
        raise LoginRefused
    _count_attempt(engine, session.account.email, moment)
    if not right(session.account, moment):
        _record_failure(engine, session.account.id, moment)
        raise LoginRefused
    with writing(engine) as connection:
        _revoke(connection, sessions_table.c.token_hash == token_hash(token), moment)
        return _open(connection, session.account, moment, session.device)


def find_session(engine: Engine, token: str, now: datetime | None = None, used: bool = True) -> Session | None:
    """The session of a token, if it is still good; it may be pending.

    Args:
        engine: the database.
        token: from the cookie.
        now: naive UTC.
        used: somebody does something; what an open page asks by itself does not keep a session alive.
    """
    moment = now or utc_now()
    with reading(engine) as connection:
        query = select(accounts_table, sessions_table).join(sessions_table)
        row = connection.execute(query.where(sessions_table.c.token_hash == token_hash(token), _alive(moment))).first()
    if row is None:
        return None
    if used and moment - row._mapping[sessions_table.c.last_seen] > TOUCH:
        _touch(engine, token, moment)
    return _session(row)


def session_account(engine: Engine, token: str, now: datetime | None = None, used: bool = True) -> Account | None:
    """The account of a session that opens the inbox, or None; ``used`` as for :func:`find_session`."""
    session = find_session(engine, token, now, used)
    return session.account if session and not session.pending else None


def list_sessions(engine: Engine, account_id: int, now: datetime | None = None) -> list[Session]:
    """The sessions of an account that are still good, the latest first."""
    query = select(accounts_table, sessions_table).join(sessions_table).order_by(sessions_table.c.last_seen.desc())
    with reading(engine) as connection:
        mine = query.where(accounts_table.c.id == account_id, _alive(now or utc_now()))
        return [_session(row) for row in connection.execute(mine)]


def end_session(engine: Engine, account_id: int, session_id: str, now: datetime | None = None) -> bool:
    """End one session of an account by its id; False when it is not of this account or has ended."""
    moment = now or utc_now()
    for session in list_sessions(engine, account_id, moment):
        if session.id == session_id:
            with writing(engine) as connection:
                audit.record(connection, "session_ended", moment, account_id)
                return bool(_revoke(connection, sessions_table.c.token_hash.startswith(session_id), moment))
    return False


def log_out(engine: Engine, token: str, now: datetime | None = None) -> None:
    """End a session; one that has ended already is left alone."""
    moment = now or utc_now()
    with writing(engine) as connection:
        row = connection.execute(select(sessions_table).filter_by(token_hash=token_hash(token))).first()
        if row is not None and row.revoked is None:
            _revoke(connection, sessions_table.c.token_hash == row.token_hash, moment)
            audit.record(connection, "logout", moment, row.account_id)


def end_sessions(engine: Engine, account_id: int, now: datetime | None = None, keep: str = "") -> int:
    """End every session of an account: after a new password, or when somebody leaves.

    Args:
        engine: the database.
        account_id: the account.
        now: naive UTC; default: the clock.
        keep: token of a session that goes on.

    Returns:
        The number of sessions ended.
    """
    moment = now or utc_now()
    with writing(engine) as connection:
        ended = revoke_sessions(connection, account_id, moment, keep)
        if ended:
            audit.record(connection, "session_ended", moment, account_id)
        return ended


def revoke_sessions(connection: Connection, account_id: int, now: datetime, keep: str = "") -> int:
    """The same in the transaction of the caller, who records why."""
    others = sessions_table.c.token_hash != token_hash(keep)
    return _revoke(connection, (sessions_table.c.account_id == account_id) & others, now)


def _session(row: Row) -> Session:
    get = row._mapping
    return Session(
        get[sessions_table.c.token_hash][:16],
        account_of(row),
        get[sessions_table.c.pending],
        get[sessions_table.c.device],
        get[sessions_table.c.created],
        get[sessions_table.c.last_seen],
    )


def _count_attempt(engine: Engine, email: str, now: datetime) -> int:
    """Count an attempt before it is checked, so that many at the same moment cannot slip through together."""
    key = token_hash(email)
    recent = (login_failures_table.c.email_hash == key) & (login_failures_table.c.at > now - LOCKED_FOR)
    with writing(engine) as connection:
        failures = connection.execute(select(func.count()).select_from(login_failures_table).where(recent)).scalar()
        locked = failures >= MAX_FAILURES
        if locked:
            audit.record(connection, "login_locked", now)
        else:
            row = connection.execute(insert(login_failures_table).values(email_hash=key, at=now))
    if locked:
        raise LoginLocked
    return int(row.inserted_primary_key[0])


def _record_failure(engine: Engine, account_id: int | None, now: datetime) -> None:
    with writing(engine) as connection:
        audit.record(connection, "login_failed", now, account_id)


def _start(engine: Engine, account: Account, attempt: int, now: datetime, device: str) -> str:
    with writing(engine) as connection:
        if not account.two_step:
            return _open(connection, account, now, device)
        # The password alone does not clear what failed before: else codes could be tried without end.
        connection.execute(delete(login_failures_table).where(login_failures_table.c.id == attempt))
        return _insert(connection, account.id, now, device, pending=True)


def _open(connection: Connection, account: Account, now: datetime, device: str) -> str:
    old, mine = login_failures_table.c.at < now - LOCKED_FOR, login_failures_table.c.email_hash
    connection.execute(delete(login_failures_table).where(old | (mine == token_hash(account.email))))
    # Being available is for today: nobody comes back to it without choosing so.
    connection.execute(update(accounts_table).where(accounts_table.c.id == account.id).values(available_since=None))
    audit.record(connection, "login", now, account.id)
    return _insert(connection, account.id, now, device, pending=False)


def _insert(connection: Connection, account_id: int, now: datetime, device: str, *, pending: bool) -> str:
    token = secrets.token_urlsafe(32)
    row = {"token_hash": token_hash(token), "account_id": account_id, "created": now, "last_seen": now}
    connection.execute(insert(sessions_table).values(**row, pending=pending, device=device[:60]))
    return token


def _alive(now: datetime) -> object:
    table = sessions_table.c
    fresh = (table.last_seen > now - IDLE) & (table.created > now - LONGEST)
    in_time = table.pending.is_(False) | (table.created > now - CODE_WITHIN)
    return table.revoked.is_(None) & accounts_table.c.blocked.is_(None) & fresh & in_time


def _touch(engine: Engine, token: str, now: datetime) -> None:
    with writing(engine) as connection:
        change = update(sessions_table).where(sessions_table.c.token_hash == token_hash(token))
        connection.execute(change.values(last_seen=now))


def _revoke(connection: Connection, chosen: object, now: datetime) -> int:
    change = update(sessions_table).where(chosen, sessions_table.c.revoked.is_(None))
    return int(connection.execute(change.values(revoked=now)).rowcount)
