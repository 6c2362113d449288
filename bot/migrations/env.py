"""Alembic's entry: runs the migrations on the connection that :func:`bot.db.upgrade` opened."""

from alembic import context

from bot.db import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite changes a table by copying it
    transaction_per_migration=False,
)
context.run_migrations()
