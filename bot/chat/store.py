"""The conversation store: the transcript, in order, each message once."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any, Literal

from sqlalchemy import delete, func, insert, select
from sqlalchemy.engine import Connection, Engine

from bot.chat import statements
from bot.chat.limits import OPEN_FOR
from bot.chat.messages import Before
from bot.chat.tables import conversations, messages, wipes
from bot.db import reading, writing
from bot.topics import SMALL_TALK

Author = Literal["ouder", "bot", "mens", "systeem"]


class ConversationGone(Exception):
    """The conversation does not exist, or was wiped in the meantime."""


@dataclass(frozen=True)
class Conversation:
    """A conversation that exists; ``human`` is true while an ouderadviseur has taken over."""

    id: str
    human: bool


@dataclass(frozen=True)
class Entry:
    """What is to be stored as one message of the bot, an ouderadviseur or the system."""

    author: Author
    text: str
    extra: Mapping[str, Any] = field(default_factory=dict)
    once: str | None = None


@dataclass(frozen=True)
class Message:
    """One stored message.

    Attributes:
        conversation_id: where it belongs.
        seq: 1, 2, 3 ... within the conversation, without gaps.
        client_id: the id that the client gave it; None for a reply.
        author: ``ouder``, ``bot``, ``mens`` or ``systeem``.
        text: masked.
        extra: for a parent ``keuze``, ``weggelaten`` and ``gevaar``; for a reply ``knoppen`` and ``meta``.
        at: naive, UTC.
        answered: false for a message of a parent until its reply is stored.
    """

    conversation_id: str
    seq: int
    client_id: str | None
    author: Author
    text: str
    extra: Mapping[str, Any]
    at: datetime
    answered: bool

    @property
    def topic(self) -> str | None:
        """The topic that a reply is about."""
        topic = (self.extra.get("meta") or {}).get("onderwerp")
        return str(topic) if topic else None


def utc_now() -> datetime:
    """This moment in UTC, naive, as the database keeps it."""
    return datetime.now(timezone.utc).replace(tzinfo=None)


class ConversationStore:
    """Conversations and their messages in the one database.

    Args:
        engine: the database.
        clock: gives the moment, naive UTC; tests set it.
    """

    def __init__(self, engine: Engine, clock: Callable[[], datetime] = utc_now) -> None:
        self._engine, self._clock = engine, clock

    def create(self) -> tuple[str, str]:
        """A new conversation: its id and its token. Only a hash of the token is stored."""
        conversation_id, token, now = uuid.uuid4().hex, secrets.token_urlsafe(32), self._clock()
        row = {"id": conversation_id, "token_hash": _hash(token), "created": now, "last_active": now, "human": False}
        with writing(self._engine) as connection:
            connection.execute(insert(conversations).values(**row))
        return conversation_id, token

    def find(self, token: str) -> Conversation | None:
        """The conversation that the token opens."""
        with reading(self._engine) as connection:
            row = connection.execute(statements.FIND, {"token_hash": _hash(token)}).first()
        return Conversation(row.id, row.human) if row else None

    def message(self, conversation_id: str, client_id: str) -> Message | None:
        """The message that was stored under the id of the client."""
        with reading(self._engine) as connection:
            return by_client_id(connection, conversation_id, client_id)

    def add_parent(self, conversation_id: str, client_id: str, text: str, extra: Mapping[str, Any]) -> Message:
        """Store a message of the parent, unanswered; the same id again gives what was stored the first time.

        Raises:
            ConversationGone: the conversation was wiped.
        """
        now, mine = self._clock(), {"conversation": conversation_id, "client": client_id}
        with writing(self._engine) as connection:
            if not connection.execute(statements.TOUCH, {"conversation": conversation_id, "now": now}).rowcount:
                raise ConversationGone(conversation_id)
            found = connection.execute(statements.LAST_AND_KNOWN, mine).one()
            if found.known is None:
                entry = Entry("ouder", text, extra, client_id)
                return append(connection, conversation_id, entry, now, answered=False, last=found.last or 0)
            return _message(connection.execute(statements.BY_CLIENT_ID, mine).one())

    def answer(self, conversation_id: str, client_id: str, replies: Sequence[Entry]) -> list[Message] | None:
        """Store the replies of the bot to a message and mark it answered, in one transaction.

        Returns:
            What was stored: nothing when the message was answered already. None when an ouderadviseur has taken over
            since the bot was asked: nothing is stored, the bot is silent.

        Raises:
            ConversationGone: the conversation was wiped while the turn ran; nothing is written back.
        """
        mine = {"conversation": conversation_id, "client": client_id}
        # Not flushed to disk at once: after a power cut the message is unanswered again, and gets its reply again.
        with writing(self._engine, durable=False) as connection:
            if lock(connection, conversation_id).human:
                return None
            if not connection.execute(statements.MARK_ANSWERED, mine).rowcount:
                return []
            last, now = connection.execute(statements.LAST, mine).scalar() or 0, self._clock()
            return [
                append(connection, conversation_id, reply, now, last=last + number)
                for number, reply in enumerate(replies)
            ]

    def add(self, conversation_id: str, entry: Entry) -> Message:
        """Store one message that answers none; with ``entry.once`` a second time gives the first.

        Raises:
            ConversationGone: the conversation was wiped.
        """
        with writing(self._engine) as connection:
            lock(connection, conversation_id)
            known = by_client_id(connection, conversation_id, entry.once) if entry.once else None
            return known or append(connection, conversation_id, entry, self._clock())

    def after(self, conversation_id: str, seq: int = 0) -> list[Message]:
        """The messages with a number above ``seq``, in order."""
        return self._select(statements.AFTER, conversation_id, seq=seq)

    def unanswered(self, conversation_id: str) -> list[Message]:
        """The messages of the parent that still wait for a reply, in order."""
        return self._select(statements.UNANSWERED, conversation_id)

    def waiting(self) -> list[str]:
        """The ids of the conversations in which a message waits for a reply."""
        wanted = select(messages.c.conversation_id).where(messages.c.answered.is_(False)).distinct()
        with reading(self._engine) as connection:
            return list(connection.execute(wanted).scalars())

    def before(self, conversation_id: str) -> Before:
        """What the next message of the parent follows: the last topic, and what the last reply offered."""
        recent = self._select(statements.RECENT_REPLIES, conversation_id)
        topic = next((topic for message in recent if (topic := message.topic) and topic not in SMALL_TALK), None)
        offered = (recent[0].extra.get("meta") or {}).get("opties") or () if recent else ()
        return Before(topic, tuple(offered))

    def wipe(self, conversation_id: str, withdraw_case: bool, also: Callable[[Connection], None]) -> None:
        """Delete a conversation and remember that the assistant must forget it too.

        Args:
            conversation_id: it need not exist any more.
            withdraw_case: kept with the reminder, for a case that a running turn still makes.
            also: done in the same transaction, such as emptying the vault.
        """
        with writing(self._engine) as connection:
            connection.execute(delete(messages).where(messages.c.conversation_id == conversation_id))
            connection.execute(delete(conversations).where(conversations.c.id == conversation_id))
            also(connection)
            connection.execute(delete(wipes).where(wipes.c.conversation_id == conversation_id))
            now = self._clock()
            row = {"withdraw_case": withdraw_case, "created": now, "attempts": 0, "next_attempt": now}
            connection.execute(insert(wipes).values(conversation_id=conversation_id, **row))

    def count_open(self) -> int:
        """The number of conversations in which something happened lately."""
        wanted = select(func.count()).where(conversations.c.last_active > self._clock() - OPEN_FOR)
        with reading(self._engine) as connection:
            return int(connection.execute(wanted).scalar() or 0)

    def expired(self, days: int) -> list[str]:
        """The ids of the conversations in which the parent wrote nothing for more than ``days`` days."""
        limit = self._clock() - timedelta(days=days)
        with reading(self._engine) as connection:
            wanted = select(conversations.c.id).where(conversations.c.last_active < limit)
            return list(connection.execute(wanted).scalars())

    def _select(self, statement: Any, conversation_id: str, **values: Any) -> list[Message]:
        with reading(self._engine) as connection:
            return [_message(row) for row in connection.execute(statement, {"conversation": conversation_id, **values})]


def _hash(token: str) -> str:
    # The token is random and long, so a plain hash cannot be turned back.
    return hashlib.sha256(token.encode()).hexdigest()


def lock(connection: Connection, conversation_id: str) -> Conversation:
    """Take the conversation for the rest of the transaction.

    Raises:
        ConversationGone: it was wiped.
    """
    row = connection.execute(statements.LOCK, {"conversation": conversation_id}).first()
    if row is None:
        raise ConversationGone(conversation_id)
    return Conversation(conversation_id, row.human)


def by_client_id(connection: Connection, conversation_id: str, client_id: str) -> Message | None:
    """The message that was stored under an id, in the transaction of the caller."""
    row = connection.execute(statements.BY_CLIENT_ID, {"conversation": conversation_id, "client": client_id}).first()
    return _message(row) if row else None


def append(
    connection: Connection,
    conversation_id: str,
    entry: Entry,
    at: datetime,
    *,
    answered: bool = True,
    last: int | None = None,
) -> Message:
    """Store a message as the last of a conversation, in the transaction of the caller.

    Args:
        connection: of the transaction.
        conversation_id: where it belongs; locked.
        entry: what is said.
        at: naive, UTC.
        answered: false for a message that waits for a reply.
        last: the number of the last message, when it is known already.
    """
    if last is None:
        last = connection.execute(statements.LAST, {"conversation": conversation_id}).scalar() or 0
    seq = last + 1
    message = Message(conversation_id, seq, entry.once, entry.author, entry.text, dict(entry.extra), at, answered)
    connection.execute(statements.APPEND, vars(message))
    return message


def _message(row: Any) -> Message:
    return Message(**{name: value for name, value in row._mapping.items() if name != "id"})
