"""What a beheerder does with accounts, by command: list, block, another role, another password, log out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.engine import Connection, Engine

from bot.db import reading, writing
from bot.handoff import audit
from bot.handoff.accounts import (
    Account,
    AccountError,
    Role,
    account_of,
    accounts_table,
    find_account,
    hash_password,
    verify_password,
)
from bot.handoff.clock import utc_now
from bot.handoff.sessions import revoke_sessions


def list_accounts(engine: Engine) -> list[Account]:
    """Every account, in the order in which they were made."""
    with reading(engine) as connection:
        return [account_of(row) for row in connection.execute(select(accounts_table).order_by(accounts_table.c.id))]


def set_blocked(engine: Engine, email: str, blocked: bool, now: datetime | None = None) -> Account:
    """Block an account, which ends its sessions, or let it in again.

    Raises:
        AccountError: there is no such account.
    """
    moment = now or utc_now()
    with writing(engine) as connection:
        account = _known(connection, email)
        action: audit.Action = "account_blocked" if blocked else "account_unblocked"
        values = {"blocked": moment, "available_since": None} if blocked else {"blocked": None}
        return _change(connection, account, values, action, moment)


def set_role(engine: Engine, email: str, role: Role, now: datetime | None = None) -> Account:
    """Give an account another role; it holds from the next request on.

    Raises:
        AccountError: there is no such account.
    """
    with writing(engine) as connection:
        values = {"role": role, "available_since": None}
        return _change(connection, _known(connection, email), values, "account_role", now or utc_now())


def set_password(engine: Engine, email: str, password: str, now: datetime | None = None) -> Account:
    """Give an account another password; all its sessions end.

    Raises:
        AccountError: there is no such account, or the password is too short or too long.
    """
    values = {"password_hash": hash_password(password)}
    with writing(engine) as connection:
        return _change(connection, _known(connection, email), values, "password_changed", now or utc_now())


def change_own_password(
    engine: Engine, account: Account, old: str, new: str, keep: str, now: datetime | None = None
) -> None:
    """Another password for somebody who knows the present one.

    Args:
        engine: the database.
        account: whose password it is.
        old: the present password.
        new: the other.
        keep: token of the session that goes on; all others end.
        now: naive UTC; default: the clock.

    Raises:
        AccountError: the present password is wrong, or the new one too short or too long.
    """
    moment, chosen = now or utc_now(), accounts_table.c.id == account.id
    with reading(engine) as connection:
        stored = connection.execute(select(accounts_table.c.password_hash).where(chosen)).scalar()
    if not verify_password(stored, old):
        raise AccountError("old", "Dit is niet uw wachtwoord van nu.")
    values = {"password_hash": hash_password(new)}
    with writing(engine) as connection:
        connection.execute(update(accounts_table).where(chosen).values(**values))
        revoke_sessions(connection, account.id, moment, keep)
        audit.record(connection, "password_changed", moment, account.id)


def _known(connection: Connection, email: str) -> Account:
    account = find_account(connection, email)
    if account is None:
        raise AccountError("email", "Er is geen account met dit e-mailadres.")
    return account


def _change(
    connection: Connection, account: Account, values: dict[str, Any], action: audit.Action, now: datetime
) -> Account:
    """Whatever a beheerder changes, sessions that were open end: they were started under other rules."""
    connection.execute(update(accounts_table).where(accounts_table.c.id == account.id).values(**values))
    revoke_sessions(connection, account.id, now)
    audit.record(connection, action, now, account.id)
    changed = find_account(connection, account.email)
    assert changed is not None
    return changed
