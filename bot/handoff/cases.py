"""Cases: what a parent handed over, as the ouderadviseur gets it, and the states it goes through."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, get_args

import phonenumbers
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    case,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.engine import Connection
from sqlalchemy.engine.row import Row

from bot.db import metadata
from bot.handoff import audit
from bot.handoff.accounts import accounts_table
from bot.privacy.vault import Vault, case_scope

Author = Literal["ouder", "bot", "mens"]
AUTHORS: tuple[Author, ...] = get_args(Author)
State = Literal["nieuw", "gelezen", "behandeling", "afgesloten"]
STATES: tuple[State, ...] = get_args(State)
"""In the order in which a case goes through them; the parent reads the same steps on the page with the receipt code."""
CODE_ALPHABET = "23456789CDFGHJKMNPQRTVWX"
"""No vowels, so that no word appears, and at most one of each pair that looks alike (0 O, 1 I, 2 Z, 5 S, 8 B)."""

_E164 = re.compile(r"(?<![\w+])\+[1-9]\d{7,14}(?!\w)")

cases = Table(
    "cases",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("code", String(9), nullable=False, unique=True),
    Column("conversation_id", String(32), nullable=False),
    Column("consent_message_id", String(64), nullable=False),
    Column("topic", String(80), nullable=False),
    Column("about", Text, nullable=False),
    Column("contact_kind", String(16), nullable=False),
    Column("contact_token", String(32), nullable=False),
    Column("name_token", String(32), nullable=True),
    Column("preferred", Text, nullable=False),
    Column("interpreter", Text, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("consent_text", Text, nullable=False),
    Column("consented_at", DateTime, nullable=False),
    Column("created", DateTime, nullable=False),
    Column("state", String(16), nullable=False, index=True),
    Column("read_at", DateTime, nullable=True),
    Column("read_by", ForeignKey(accounts_table.c.id), nullable=True),
    Column("closed_at", DateTime, nullable=True),
    Column("closed_by", ForeignKey(accounts_table.c.id), nullable=True),
    # Since when somebody works on it, and who (an account): "in behandeling". No foreign key: SQLite adds a column with
    # one only by making the table anew, which would take the lines of every case along.
    Column("taken_at", DateTime, nullable=True),
    Column("taken_by", Integer, nullable=True),
    # Of the whole receipt code; what stands in ``code`` is only its first half, the reference that staff and mail use.
    Column("receipt_hash", String(64), nullable=True),
    # Why it is urgent: gevaar, thuiszitter, termijn; with spaces between.
    Column("urgency", String(60), nullable=False, server_default=""),
    # When the parent last added a line.
    Column("added_at", DateTime, nullable=True),
    Column("closed_reason", String(24), nullable=True),
    # Since when it waits for the parent: called or mailed, no answer yet.
    Column("waiting_since", DateTime, nullable=True),
    # Who (an account) chats with the parent now, and after which message of the conversation that began.
    Column("live_by", Integer, nullable=True),
    Column("live_since", DateTime, nullable=True),
    Column("live_seq", Integer, nullable=True),
    # Rows of the case sheet that the parent struck, with spaces between.
    Column("struck_rows", String(80), nullable=False, server_default=""),
    UniqueConstraint("conversation_id", "consent_message_id", name="uq_cases_consent"),
    Index("ix_cases_receipt_hash", "receipt_hash", unique=True),
)

case_lines = Table(
    "case_lines",
    metadata,
    Column("case_id", ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("author", String(8), nullable=False),
    Column("text", Text, nullable=False),
    Column("at", DateTime, nullable=False),
    # What is known of the line without reading it; see bot.handoff.lines.
    Column("meta", JSON, nullable=True),
)

case_notes = Table(
    "case_notes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", ForeignKey("cases.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("account_id", Integer, nullable=True),
    # What it tells: a note, a call or a mail, or a step such as closing; see bot.handoff.case_work.
    Column("kind", String(16), nullable=False),
    Column("text", Text, nullable=False),
    Column("at", DateTime, nullable=False),
)


@dataclass(frozen=True)
class Line:
    """One line of the transcript; ``at`` is UTC, ``meta`` what :mod:`bot.handoff.lines` knows of it."""

    seq: int
    author: Author
    text: str
    at: datetime
    meta: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Content:
    """What the ouderadviseur gets: the preview and the inbox both show exactly this.

    Attributes:
        topic: id of the topic that led here, or "".
        about: in the parent's words.
        contact_kind: ``telefoon`` or ``email``.
        contact: as people write it, such as ``06 12345678``.
        name: None when the parent would rather not say.
        preferred: when to reach the parent, or "".
        interpreter: the language of the interpreter wanted, or "".
        urgent: there is a reason below.
        lines: the transcript without the lines that were struck.
        urgency: the reasons, as in :data:`bot.handoff.lines.REASONS`.
        struck_rows: what the parent left out of the case sheet.
    """

    topic: str
    about: str
    contact_kind: str
    contact: str
    name: str | None
    preferred: str
    interpreter: str
    urgent: bool
    lines: tuple[Line, ...]
    urgency: tuple[str, ...] = ()
    struck_rows: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Case:
    """A case with its content in clear; made only for an ouderadviseur who is logged in."""

    id: str
    code: str
    state: State
    created: datetime
    consent_text: str
    consented_at: datetime
    read_at: datetime | None
    read_by: int | None
    closed_at: datetime | None
    closed_by: int | None
    content: Content


def readable(text: str) -> str:
    """Revealed text with phone numbers as people write them; they stand in the vault in E.164 (``+31612345678``)."""
    return _E164.sub(_readable_number, text)


def _readable_number(match: re.Match[str]) -> str:
    """Dutch numbers in national form, others with their country code, what is no number as it is."""
    try:
        number = phonenumbers.parse(match.group(), None)
    except phonenumbers.NumberParseException:
        return match.group()
    dutch = number.country_code == 31
    form = phonenumbers.PhoneNumberFormat.NATIONAL if dutch else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return str(phonenumbers.format_number(number, form))


def new_code(connection: Connection) -> str:
    """A receipt code that no case has, such as ``K7QX-M3PD``; 24 to the power 8 are possible."""
    while True:
        signs = "".join(secrets.choice(CODE_ALPHABET) for _ in range(8))
        code = f"{signs[:4]}-{signs[4:]}"
        if connection.execute(select(cases.c.id).filter_by(code=code)).first() is None:
            return code


def add_case(connection: Connection, values: Mapping[str, Any], lines: Iterable[Line]) -> None:
    """Store a new case with its lines in the transaction of the caller."""
    connection.execute(insert(cases).values(**values, state="nieuw"))
    audit.record(connection, "case_created", values["created"], case_id=values["id"])
    rows = [{"case_id": values["id"], **vars(line)} for line in lines]
    if rows:
        connection.execute(insert(case_lines), rows)


def read_case(connection: Connection, vault: Vault, case_id: str) -> Case | None:
    """One case with tokens replaced by their values, or None when there is no such case (any more)."""
    row = connection.execute(select(cases).filter_by(id=case_id)).first()
    if row is None:
        return None
    moments = {
        name: getattr(row, name) for name in ("read_at", "read_by", "closed_at", "closed_by", "consented_at", "created")
    }
    content = _content(connection, vault, row)
    return Case(row.id, row.code, row.state, consent_text=row.consent_text, content=content, **moments)


def _content(connection: Connection, vault: Vault, row: Row) -> Content:
    scope = case_scope(row.id)

    def reveal(text: str) -> str:
        return readable(vault.reveal(scope, text, connection))

    return Content(
        topic=row.topic,
        about=reveal(row.about),
        contact_kind=row.contact_kind,
        contact=reveal(row.contact_token),
        name=reveal(row.name_token) if row.name_token else None,
        preferred=reveal(row.preferred),
        interpreter=reveal(row.interpreter),
        urgent=row.urgent,
        lines=tuple(Line(r.seq, r.author, reveal(r.text), r.at, r.meta or {}) for r in _line_rows(connection, row.id)),
        urgency=tuple(row.urgency.split()),
        struck_rows=frozenset(row.struck_rows.split()),
    )


def _line_rows(connection: Connection, case_id: str) -> list[Row]:
    return list(connection.execute(select(case_lines).filter_by(case_id=case_id).order_by(case_lines.c.seq)))


def mark_read(connection: Connection, case_id: str, account_id: int, now: datetime) -> bool:
    """From ``nieuw`` to ``gelezen``; False when somebody was first or the case is gone."""
    values = {"state": "gelezen", "read_at": now, "read_by": account_id}
    chosen = (cases.c.id == case_id) & (cases.c.state == "nieuw")
    return bool(connection.execute(update(cases).where(chosen).values(**values)).rowcount)


def mark_taken(connection: Connection, case_id: str, account_id: int, now: datetime) -> bool:
    """To ``behandeling``; False when it already was, is closed or gone. Taking a new case counts as reading it."""
    values = {"state": "behandeling", "taken_at": now, "taken_by": account_id, **_read_by(account_id, now)}
    chosen = (cases.c.id == case_id) & cases.c.state.in_(("nieuw", "gelezen"))
    return bool(connection.execute(update(cases).where(chosen).values(**values)).rowcount)


def mark_closed(connection: Connection, case_id: str, account_id: int, now: datetime) -> bool:
    """To ``afgesloten``; False when it already was or the case is gone. Closing a new case counts as reading it."""
    values = {"state": "afgesloten", "closed_at": now, "closed_by": account_id, **_read_by(account_id, now)}
    chosen = (cases.c.id == case_id) & (cases.c.state != "afgesloten")
    return bool(connection.execute(update(cases).where(chosen).values(**values)).rowcount)


def reopen(connection: Connection, case_id: str, account_id: int, now: datetime) -> bool:
    """From ``afgesloten`` back to ``behandeling``; False when it was not closed or is gone."""
    values = {"state": "behandeling", "closed_at": None, "closed_by": None, "taken_at": now, "taken_by": account_id}
    chosen = (cases.c.id == case_id) & (cases.c.state == "afgesloten")
    return bool(connection.execute(update(cases).where(chosen).values(**values)).rowcount)


def _read_by(account_id: int, now: datetime) -> dict[str, Any]:
    """Values that mark a case as read where nobody had read it."""
    first = cases.c.read_at.is_(None)
    return {
        "read_at": case((first, now), else_=cases.c.read_at),
        "read_by": case((first, account_id), else_=cases.c.read_by),
    }


def delete_case(connection: Connection, vault: Vault, case_id: str) -> None:
    """Delete a case, its lines and its part of the vault, in the transaction of the caller."""
    vault.wipe(case_scope(case_id), connection)
    connection.execute(delete(case_lines).where(case_lines.c.case_id == case_id))
    connection.execute(delete(cases).where(cases.c.id == case_id))
