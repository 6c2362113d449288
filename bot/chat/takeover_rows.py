"""The rows of a live conversation: case and conversation, each step in the transaction of the caller."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import func, or_, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.engine.row import Row

from bot.chat.store import Message
from bot.chat.tables import conversations, messages
from bot.handoff.accounts import accounts_table
from bot.handoff.cases import cases

Refusal = Literal["gone", "taken", "closed", "no_conversation", "absent"]


class CannotJoin(Exception):
    """The conversation cannot be taken over.

    Attributes:
        reason: ``taken``: a colleague was first; ``closed``; ``gone``; ``no_conversation``: the parent wiped it;
            ``absent``: the parent does not have it on the screen.
    """

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Live:
    """A conversation with an ouderadviseur in it.

    Attributes:
        case_id: the case that it belongs to.
        conversation_id: the conversation.
        account_id: who is in it.
        first_name: what the parent sees.
        since: number of the message that said so; what came before is not for the ouderadviseur.
    """

    case_id: str
    conversation_id: str
    account_id: int
    first_name: str
    since: int


def claim(connection: Connection, case_id: str, account_id: int, now: datetime) -> bool:
    """Whether this ouderadviseur is the one who takes the case; of two in the same second one."""
    free = cases.c.live_by.is_(None) & or_(cases.c.taken_by.is_(None), cases.c.taken_by == account_id)
    first = {"read_at": now, "read_by": account_id, "taken_at": now, "taken_by": account_id}
    values = {name: func.coalesce(cases.c[name], value) for name, value in first.items()}
    values |= {"live_by": account_id, "live_since": now, "state": "behandeling", "waiting_since": None}
    chosen = (cases.c.id == case_id) & (cases.c.state != "afgesloten") & free
    return bool(connection.execute(update(cases).where(chosen).values(**values)).rowcount)


def occupy(connection: Connection, conversation_id: str) -> None:
    """One ouderadviseur in a conversation, also when the parent made two cases from it."""
    mine = conversations.c.id == conversation_id
    if connection.execute(
        update(conversations).where(mine, conversations.c.human.is_(False)).values(human=True)
    ).rowcount:
        return
    exists = connection.execute(select(conversations.c.id).where(mine)).first()
    raise CannotJoin("taken" if exists else "no_conversation")


def occupied(connection: Connection, conversation_id: str) -> bool:
    """Whether an ouderadviseur is in the conversation."""
    query = select(conversations.c.human).where(conversations.c.id == conversation_id)
    return bool(connection.execute(query).scalar())


def release(connection: Connection, chosen: Any) -> None:
    """Nobody is in the conversations of the chosen cases any more."""
    connection.execute(update(cases).where(chosen).values(live_by=None, live_since=None, live_seq=None))


def flag(connection: Connection, case_id: str) -> None:
    """A sign of danger makes the case urgent."""
    chosen = cases.c.id == case_id
    reasons = str(connection.execute(select(cases.c.urgency).where(chosen)).scalar() or "").split()
    both = " ".join(dict.fromkeys(["gevaar", *reasons]))
    connection.execute(update(cases).where(chosen).values(urgent=True, urgency=both))


def mark_answered(connection: Connection, message: Message) -> bool:
    """Whether the message waited for an answer until now."""
    mine = (messages.c.conversation_id == message.conversation_id) & (messages.c.seq == message.seq)
    unanswered = messages.c.answered.is_(False)
    return bool(connection.execute(update(messages).where(mine, unanswered).values(answered=True)).rowcount)


def lives() -> Any:
    """The query for every live conversation."""
    columns = (cases.c.id, cases.c.conversation_id, cases.c.live_by, cases.c.live_seq, accounts_table.c.name)
    joined = cases.join(accounts_table, accounts_table.c.id == cases.c.live_by)
    return select(*columns).select_from(joined).where(cases.c.live_by.is_not(None))


def find_live(connection: Connection, *conditions: Any) -> Live | None:
    """The live conversation that meets the conditions."""
    row = connection.execute(lives().where(*conditions)).first()
    return as_live(row) if row else None


def as_live(row: Row) -> Live:
    """A row of that query."""
    return Live(row.id, row.conversation_id, row.live_by, row.name.split()[0], row.live_seq or 0)
