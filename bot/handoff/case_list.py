"""The list of the inbox: whose cases wait where, what nobody has read yet, and searching in one's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import exists, func, or_, select
from sqlalchemy.engine import Connection

from bot.handoff.accounts import accounts_table
from bot.handoff.audit import audit_table
from bot.handoff.case_work import read_notes
from bot.handoff.cases import Case, cases, read_case
from bot.privacy.vault import Vault

Group = Literal["nieuw", "mij", "wachten", "collega", "afgesloten"]
GROUPS: tuple[Group, ...] = ("nieuw", "mij", "wachten", "collega", "afgesloten")
SHOWN = {"afgesloten": 50}
MOST = 200
SEARCHED = 500
"""Of one's own cases, the latest: each is decrypted for a search."""
_NUMBER = len("K7QX-M3PD")


@dataclass(frozen=True)
class Entry:
    """A case in the list. Nothing in it was decrypted: contact details stand as tokens in ``about``.

    Attributes:
        id: of the case.
        code: what staff call it.
        topic: id of the topic that led here, or "".
        about: in the parent's words, masked.
        urgent: to be read first.
        created: naive UTC.
        unread: nobody has read it yet.
        holder: the name of whose case it is, or None.
        live: somebody chats with the parent now.
        urgency: why it is urgent.
        added: the parent wrote something that whoever has the case has not seen yet.
    """

    id: str
    code: str
    topic: str
    about: str
    urgent: bool
    created: datetime
    unread: bool
    holder: str | None
    live: bool
    urgency: tuple[str, ...]
    added: bool


@dataclass(frozen=True)
class Alarm:
    """What nobody has read yet: how many cases, how many of them urgent, and since when the oldest waits.

    ``added`` is the number of cases that were read before, and are one's own or nobody's, in which the parent wrote
    something that was not seen yet.
    """

    unread: int = 0
    urgent: int = 0
    oldest: datetime | None = None
    added: int = 0


def alarm(connection: Connection, account_id: int) -> Alarm:
    """What every page of the inbox warns of."""
    urgent = func.count().filter(cases.c.urgent.is_(True))
    query = select(func.count(), urgent, func.min(cases.c.created)).where(cases.c.state == "nieuw")
    unread, hurry, oldest = connection.execute(query).one()
    mine = or_(cases.c.taken_by == account_id, cases.c.taken_by.is_(None))
    known = cases.c.state.in_(("gelezen", "behandeling"))
    added = connection.execute(select(func.count()).select_from(cases).where(mine, known, _added())).scalar()
    return Alarm(unread, hurry, oldest, added or 0)


def list_group(connection: Connection, group: Group, account_id: int) -> list[Entry]:
    """The cases of one group: urgent on top, then who waits longest; closed ones with the latest on top."""
    order = [cases.c.closed_at.desc()] if group == "afgesloten" else [cases.c.urgent.desc(), cases.c.created]
    query = _entries().where(_where(group, account_id)).order_by(*order).limit(SHOWN.get(group, MOST))
    return [_entry(row) for row in connection.execute(query)]


def search(connection: Connection, vault: Vault, account_id: int, words: str) -> list[Entry]:
    """One's own cases in which every word occurs: question, name, contact, notes, conversation, code.

    The whole number of a case finds it whoever has it: a parent who calls gives it, as the start of the code.
    """
    wanted, number = [_plain(word) for word in words.split()], words.strip().upper()[:_NUMBER]
    mine = _entries().where(or_(cases.c.taken_by == account_id, cases.c.code == number))
    rows = connection.execute(mine.order_by(cases.c.created.desc()).limit(SEARCHED)).all()
    return [entry for entry in map(_entry, rows) if entry.code == number or _holds(connection, vault, entry.id, wanted)]


def _holds(connection: Connection, vault: Vault, case_id: str, words: list[str]) -> bool:
    case = read_case(connection, vault, case_id)
    if case is None or not words:
        return False
    text = _plain(" ".join([_text(case), *(note.text for note in read_notes(connection, vault, case_id))]))
    digits = "".join(sign for sign in text if sign.isdigit() or sign.isalpha())
    return all(word in text or (word.isdigit() and word in digits) for word in words)


def _text(case: Case) -> str:
    content = case.content
    fields = (case.code, content.topic, content.about, content.contact, content.name or "", content.preferred)
    return " ".join([*fields, content.interpreter, *(line.text for line in content.lines)])


def _plain(text: str) -> str:
    return text.casefold().replace("-", "")


def _entries() -> Any:
    names = ("id", "code", "topic", "about", "urgent", "created", "state", "live_by", "urgency")
    holder = accounts_table.c.name.label("holder")
    joined = cases.outerjoin(accounts_table, accounts_table.c.id == cases.c.taken_by)
    return select(*(cases.c[name] for name in names), holder, _added().label("added")).select_from(joined)


def _entry(row: Any) -> Entry:
    names = ("id", "code", "topic", "about", "urgent", "created", "holder", "added")
    values = {name: row._mapping[name] for name in names}
    live, reasons = row.live_by is not None, tuple(row.urgency.split())
    return Entry(**values, unread=row.state == "nieuw", live=live, urgency=reasons)


def _added() -> Any:
    """The parent wrote since whoever has the case opened it last."""
    opened, by = audit_table.c, cases.c.taken_by
    looked = (opened.action == "case_opened") & (opened.case_id == cases.c.id) & (opened.at >= cases.c.added_at)
    seen = exists().where(looked & or_(by.is_(None), opened.account_id == by)).correlate(cases)
    return cases.c.added_at.is_not(None) & ~seen


def _where(group: Group, account_id: int) -> Any:
    waits = cases.c.waiting_since.is_not(None)
    open_case = cases.c.state != "afgesloten"
    mine = open_case & (cases.c.taken_by == account_id)
    return {
        "nieuw": open_case & cases.c.taken_by.is_(None),
        "mij": mine & ~waits,
        "wachten": mine & waits,
        "collega": open_case & cases.c.taken_by.is_not(None) & (cases.c.taken_by != account_id),
        "afgesloten": cases.c.state == "afgesloten",
    }[group]
