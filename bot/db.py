"""The one database: engine, shared metadata, and bringing it up to date."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import MetaData, create_engine, event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.pool import QueuePool

from bot.settings import ROOT

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)
"""Tables are defined beside the code that uses them and register themselves here."""


def make_engine(url: str) -> Engine:
    """An engine for ``url``; SQLite gets write-ahead logging, foreign keys and a busy timeout of 5 seconds."""
    # An error must not quote what it was about to store: the text of an error ends up in a log.
    arguments: dict[str, Any] = {"future": True, "hide_parameters": True}
    if url.startswith("sqlite"):
        # Connections stay open: SQLite empties its log when the last one closes, which costs more than a write.
        arguments["poolclass"] = QueuePool
        arguments["connect_args"] = {"timeout": 5, "check_same_thread": False}
    engine = create_engine(url, **arguments)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own transaction handling is switched off, so that "begin" below decides.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.close()


def _begin(connection: Any) -> None:
    # A writer takes the lock at once: a second one then waits (busy timeout), where upgrading a reader would fail.
    options = connection.get_execution_options()
    if not options.get("writing", False):
        connection.exec_driver_sql("BEGIN")
        return
    # Belongs to the connection, so it is said each time.
    connection.exec_driver_sql(f"PRAGMA synchronous={'FULL' if options['durable'] else 'NORMAL'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that only reads."""
    with engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine, durable: bool = True) -> Iterator[Connection]:
    """A transaction that writes: committed at the end, rolled back as a whole on an error.

    Args:
        engine: the database.
        durable: on disk when the transaction ends. Otherwise it outlives the process, but maybe not a power cut; for
            what can be made again.
    """
    with engine.connect().execution_options(writing=True, durable=durable) as connection, connection.begin():
        yield connection


def forget_deleted(engine: Engine) -> None:
    """Let nothing of what was deleted stay in the files: SQLite's log keeps the old pages until it is emptied."""
    if engine.dialect.name != "sqlite":
        return
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        connection.close()


def upgrade(engine: Engine, version: str = "head") -> None:
    """Bring the database to a version of the schema (alembic); default: the newest."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(ROOT / "bot" / "migrations"))
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, version)
