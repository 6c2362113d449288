"""Accounts of ouderadviseurs: passwords, roles, and the one-time link for the first account."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Literal, get_args

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from email_validator import EmailNotValidError, validate_email
from sqlalchemy import Column, DateTime, Integer, String, Table, Text, func, insert, select, update
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.engine.row import Row

from bot.db import metadata, reading, writing
from bot.handoff import audit
from bot.handoff.clock import utc_now

Role = Literal["ouderadviseur", "beheerder", "redactie"]
ROLES: tuple[Role, ...] = get_args(Role)
FIRST_LOGIN_VALID = timedelta(hours=24)
PASSWORD_MIN = 12
PASSWORD_MAX = 200
"""Argon2 takes any length; a limit keeps a request of megabytes from costing seconds."""
NAME_MAX = 80

accounts_table = Table(
    "accounts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(NAME_MAX), nullable=False),
    Column("email", String(254), nullable=False, unique=True),
    Column("password_hash", Text, nullable=False),
    Column("role", String(16), nullable=False),
    Column("created", DateTime, nullable=False),
    Column("blocked", DateTime, nullable=True),
    # Since when a code from an app is asked at each log-in, and the time step of the last code that was used.
    Column("totp_since", DateTime, nullable=True),
    Column("totp_step", Integer, nullable=True),
    # Since when the ouderadviseur says to be there for a conversation; None: away.
    Column("available_since", DateTime, nullable=True),
)

first_login_table = Table(
    "first_login",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("created", DateTime, nullable=False),
    Column("used", DateTime, nullable=True),
)

_hasher = PasswordHasher()


@dataclass(frozen=True)
class Account:
    """Who is logged in; the password stays in the table.

    Attributes:
        id: number.
        name: as colleagues see it.
        email: to log in with.
        role: only ``ouderadviseur`` reads cases.
        two_step: whether a code from an app is asked at each log-in.
        available: whether the ouderadviseur says to be there for a conversation.
        blocked: cannot log in.
    """

    id: int
    name: str
    email: str
    role: Role
    two_step: bool = False
    available: bool = False
    blocked: bool = False

    @property
    def first_name(self) -> str:
        """What parents see."""
        return self.name.split()[0]


class AccountError(Exception):
    """An account cannot be made like this; the text is Dutch, for the person who fills in the form.

    Attributes:
        field: ``name``, ``email``, ``password`` or ``link``.
    """

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def token_hash(token: str) -> str:
    """What is stored of a random token: who reads the database cannot use it to log in."""
    return hashlib.sha256(token.encode()).hexdigest()


def account_of(row: Row) -> Account:
    """The account of a row of the table."""
    return Account(
        row.id,
        row.name,
        row.email,
        row.role,
        row.totp_since is not None,
        row.available_since is not None,
        row.blocked is not None,
    )


def find_account(connection: Connection, email: str) -> Account | None:
    """An account by e-mail address."""
    row = connection.execute(select(accounts_table).filter_by(email=normal_email(email))).first()
    return account_of(row) if row else None


def get_account(connection: Connection, account_id: int | None) -> Account | None:
    """An account by id."""
    row = connection.execute(select(accounts_table).filter_by(id=account_id)).first()
    return account_of(row) if row else None


def create_account(
    engine: Engine,
    name: str,
    email: str,
    password: str,
    role: Role = "ouderadviseur",
    now: datetime | None = None,
) -> Account:
    """Make an account.

    Args:
        engine: the database.
        name: what colleagues, and later parents, see.
        email: to log in with; upper and lower case are the same.
        password: 12 characters or more.
        role: only ``ouderadviseur`` may read cases (DESIGN: independence).
        now: naive UTC; default: the clock.

    Raises:
        AccountError: a field is wrong, or the e-mail address has an account.
    """
    values = _checked(name, email, password, role)
    with writing(engine) as connection:
        return _insert(connection, values, now or utc_now())


def first_login_link(engine: Engine, base_url: str, now: datetime | None = None) -> str | None:
    """A link to make the first account with: valid for 24 hours, for one use, and only while there is no account.

    Args:
        engine: the database.
        base_url: address of the door without a trailing slash.
        now: naive UTC; default: the clock.

    Returns:
        The link, or None when there is an account.
    """
    token = secrets.token_urlsafe(32)
    with writing(engine) as connection:
        if _any_account(connection):
            return None
        row = {"token_hash": token_hash(token), "created": now or utc_now()}
        connection.execute(insert(first_login_table).values(**row))
    return f"{base_url}/inbox/eerste-account/{token}"


def first_login_usable(engine: Engine, token: str, now: datetime) -> bool:
    """Whether a first account can be made with this token."""
    with reading(engine) as connection:
        return _usable(connection, token, now)


def create_first_account(
    engine: Engine, token: str, name: str, email: str, password: str, now: datetime | None = None
) -> Account:
    """Make the first account and use up the link, in one transaction.

    Raises:
        AccountError: the link does not count (any more), or a field is wrong; the link then stays usable.
    """
    moment = now or utc_now()
    values = _checked(name, email, password, "ouderadviseur")
    with writing(engine) as connection:
        if not _usable(connection, token, moment):
            raise AccountError("link", "Deze link is verlopen of al gebruikt.")
        used = update(first_login_table).where(first_login_table.c.token_hash == token_hash(token))
        connection.execute(used.values(used=moment))
        return _insert(connection, values, moment)


def set_available(connection: Connection, account_id: int, available: bool, now: datetime) -> None:
    """Say that an ouderadviseur is there for a conversation, or away."""
    mine = update(accounts_table).where(accounts_table.c.id == account_id)
    connection.execute(mine.values(available_since=now if available else None))
    audit.record(connection, "available" if available else "away", now, account_id)


def verify_password(stored: str | None, password: str) -> bool:
    """Whether a password belongs to a stored hash; without a hash it takes as long and is wrong."""
    if len(password) > PASSWORD_MAX:
        return False
    try:
        return _hasher.verify(stored or _nobodys_hash(), password) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


def hash_password(password: str) -> str:
    """What is stored of a password.

    Raises:
        AccountError: it is too short or too long.
    """
    if not PASSWORD_MIN <= len(password) <= PASSWORD_MAX:
        message = f"Kies een wachtwoord van {PASSWORD_MIN} tot {PASSWORD_MAX} tekens, bijvoorbeeld een zin."
        raise AccountError("password", message)
    return _hasher.hash(password)


@lru_cache(maxsize=1)
def _nobodys_hash() -> str:
    return _hasher.hash(secrets.token_urlsafe(32))


def normal_email(text: str) -> str:
    """The form in which addresses are stored and compared."""
    return text.strip().lower()


def _checked(name: str, email: str, password: str, role: str) -> dict[str, str]:
    name, email = " ".join(name.split()), normal_email(email)
    if not 0 < len(name) <= NAME_MAX:
        raise AccountError("name", f"Vul een naam in van hoogstens {NAME_MAX} tekens.")
    try:
        validate_email(email, check_deliverability=False)
    except EmailNotValidError:
        raise AccountError("email", "Dit e-mailadres klopt niet.") from None
    if role not in ROLES:
        raise ValueError(f"unknown role {role!r}")
    return {"name": name, "email": email, "password_hash": hash_password(password), "role": role}


def _insert(connection: Connection, values: dict[str, str], now: datetime) -> Account:
    known = select(accounts_table.c.id).filter_by(email=values["email"])
    if connection.execute(known).first():
        raise AccountError("email", "Dit e-mailadres heeft al een account.")
    connection.execute(insert(accounts_table).values(**values, created=now))
    account = account_of(connection.execute(select(accounts_table).filter_by(email=values["email"])).one())
    audit.record(connection, "account_created", now, account.id)
    return account


def _any_account(connection: Connection) -> bool:
    return bool(connection.execute(select(func.count()).select_from(accounts_table)).scalar())


def _usable(connection: Connection, token: str, now: datetime) -> bool:
    oldest = first_login_table.c.created > now - FIRST_LOGIN_VALID
    unused = first_login_table.c.used.is_(None)
    query = select(first_login_table).where(first_login_table.c.token_hash == token_hash(token), oldest, unused)
    return connection.execute(query).first() is not None and not _any_account(connection)
