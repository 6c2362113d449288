"""What a parent thinks of an answer: thumb up or down, and why. Nothing in it says who the parent is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sanic import Blueprint, Request
from sanic.response import HTTPResponse, json
from sqlalchemy import (
    Column,
    DateTime,
    ForeignKey,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    delete,
    insert,
    select,
)
from sqlalchemy.engine import Engine

from bot.chat.api import read_object, usable
from bot.chat.context import Context
from bot.chat.errors import Refused
from bot.chat.hub import Event
from bot.chat.render import markdown_html
from bot.chat.store import ConversationGone, utc_now
from bot.chat.tables import conversations, messages
from bot.chat.turn import help_lines
from bot.db import metadata, reading, writing
from bot.privacy.masking import mask

GOOD, BAD = VERDICTS = ("goed", "niet_goed")
REASON_LIMIT = 500
"""Characters of a reason."""

_TOO_LONG = f"Wilt u het korter zeggen? Er passen {REASON_LIMIT} tekens in."

feedback = Table(
    "feedback",
    metadata,
    Column("id", Integer, primary_key=True),
    # Gone with the conversation, whoever deletes it.
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("topic", String(100), nullable=True),
    Column("verdict", String(12), nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", DateTime, nullable=False),
    UniqueConstraint("conversation_id", "seq", name="uq_feedback_seq"),
)


@dataclass(frozen=True)
class Opinion:
    """What the client sent: the number of the message, the verdict (None takes it back), the reason."""

    seq: int
    verdict: str | None
    reason: str


class FeedbackStore:
    """One opinion per answer; a later one takes the place of the first."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def put(self, conversation_id: str, opinion: Opinion) -> bool:
        """Store an opinion with its reason masked; False when there is no such answer.

        Raises:
            ConversationGone: the conversation was wiped.
        """
        reason = mask(opinion.reason, lambda kind, _value: f"[{kind}]").text
        mine = (feedback.c.conversation_id == conversation_id) & (feedback.c.seq == opinion.seq)
        with writing(self._engine) as connection:
            _lock(connection, conversation_id)
            answer = connection.execute(_answer(conversation_id, opinion.seq)).first()
            if answer is None:
                return False
            connection.execute(delete(feedback).where(mine))
            if opinion.verdict:
                topic = (answer.extra.get("meta") or {}).get("onderwerp")
                row = {"topic": topic, "verdict": opinion.verdict, "reason": reason, "at": utc_now()}
                connection.execute(insert(feedback).values(conversation_id=conversation_id, seq=opinion.seq, **row))
        return True

    def verdicts(self, conversation_id: str) -> dict[str, str]:
        """The verdicts in a conversation by number of the message."""
        wanted = select(feedback.c.seq, feedback.c.verdict).where(feedback.c.conversation_id == conversation_id)
        with reading(self._engine) as connection:
            return {str(row.seq): row.verdict for row in connection.execute(wanted)}


def add_feedback(routes: Blueprint, context: Context) -> None:
    """Add ``GET`` and ``POST /waardering``."""
    store = FeedbackStore(context.services.engine)

    @routes.get("/waardering")
    async def verdicts(request: Request) -> HTTPResponse:
        conversation = await context.conversation(request)
        return json({"waarderingen": await context.lane.run(store.verdicts, conversation.id)})

    @routes.post("/waardering")
    async def give(request: Request) -> HTTPResponse:
        conversation = await context.conversation(request)
        opinion = read_opinion(read_object(request))
        context.gate.admit_message(request, conversation.id, opinion.reason)
        if not await context.lane.run(store.put, conversation.id, opinion):
            raise Refused(400)
        shown = {"seq": opinion.seq, "oordeel": opinion.verdict}
        context.hub.publish(conversation.id, Event("waardering", shown))
        # The help lines appear wherever somebody writes of danger.
        danger = context.services.detector.check(opinion.reason)
        return json({**shown, "gevaar": markdown_html(help_lines().text) if danger else None})


def read_opinion(body: Mapping[str, Any]) -> Opinion:
    """The opinion in the body of a request.

    Raises:
        Refused: 400, a field is missing or of the wrong form.
    """
    seq, verdict, reason = body.get("seq"), body.get("oordeel"), body.get("reden", "")
    if not isinstance(seq, int) or isinstance(seq, bool) or not 0 < seq < 10**9:
        raise Refused(400)
    if (verdict is not None and verdict not in VERDICTS) or not isinstance(reason, str):
        raise Refused(400)
    reason = usable(reason)
    if len(reason) > REASON_LIMIT:
        raise Refused(400, _TOO_LONG)
    return Opinion(seq, verdict, reason)


def _answer(conversation_id: str, seq: int) -> Any:
    mine = (messages.c.conversation_id == conversation_id) & (messages.c.seq == seq) & (messages.c.author == "bot")
    return select(messages.c.extra).where(mine)


def _lock(connection: Any, conversation_id: str) -> None:
    row = select(conversations.c.id).where(conversations.c.id == conversation_id).with_for_update()
    if connection.execute(row).first() is None:
        raise ConversationGone(conversation_id)
