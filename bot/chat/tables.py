"""The tables of the chat: conversations, their messages, and wipes that the assistant has still to carry out."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, DateTime, ForeignKey, Integer, String, Table, Text, UniqueConstraint

from bot.db import metadata

conversations = Table(
    "conversations",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("created", DateTime, nullable=False),
    Column("last_active", DateTime, nullable=False, index=True),
    # Set while an ouderadviseur has taken over; nothing is relayed to the assistant then.
    Column("human", Boolean, nullable=False, default=False),
    Column("closed", DateTime, nullable=True),
)

messages = Table(
    "messages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
    Column("seq", Integer, nullable=False),
    # Made by the client for a message of the parent, by the door for a message that may be stored only once.
    Column("client_id", String(80), nullable=True),
    Column("author", String(8), nullable=False),
    Column("text", Text, nullable=False),
    Column("extra", JSON, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("answered", Boolean, nullable=False, index=True),
    UniqueConstraint("conversation_id", "client_id", name="uq_messages_client_id"),
    UniqueConstraint("conversation_id", "seq", name="uq_messages_seq"),
)

wipes = Table(
    "wipes",
    metadata,
    Column("conversation_id", String(32), primary_key=True),
    Column("withdraw_case", Boolean, nullable=False),
    Column("created", DateTime, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_attempt", DateTime, nullable=False),
)
"""The assistant's memory of these conversations must go; a row stays until it has."""
