"""Tasks for content staff: an answer was wrong. A task holds the masked question of the parent and nothing else."""

from sqlalchemy import Column, DateTime, ForeignKey, Integer, Table, Text

from bot.db import metadata
from bot.handoff.accounts import accounts_table

answer_tasks = Table(
    "answer_tasks",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("question", Text, nullable=False),
    Column("created", DateTime, nullable=False),
    Column("done_at", DateTime, nullable=True),
    Column("done_by", ForeignKey(accounts_table.c.id), nullable=True),
)
"""Without the case or the conversation: staff who read tasks may not come to know which parent asked."""
