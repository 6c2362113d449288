"""Alembic's entry: runs the migrations on the connection that :func:`bot.db.upgrade` opened."""

from alembic import context

# Each module that defines tables: without them a new migration would not see the tables.
import bot.chat.feedback
import bot.chat.tables
import bot.handoff.accounts
import bot.handoff.answer_tasks
import bot.handoff.audit
import bot.handoff.cases
import bot.handoff.outbox
import bot.handoff.presence
import bot.handoff.sessions
import bot.privacy.vault  # noqa: F401
from bot.db import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite changes a table by copying it
    transaction_per_migration=False,
)
context.run_migrations()
