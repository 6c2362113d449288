"""The database: migrations, and transactions of several writers."""

import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.engine import Engine

from bot.db import make_engine, metadata, reading, upgrade, writing


def test_the_migrations_make_the_schema_that_the_code_expects(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'new.db'}")
    upgrade(engine)
    with reading(engine) as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_upgrading_twice_changes_nothing(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'new.db'}")
    upgrade(engine)
    upgrade(engine)


def test_a_failed_transaction_leaves_nothing(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(text("create table notes (body text)"))
    with pytest.raises(RuntimeError), writing(engine) as connection:
        connection.execute(text("insert into notes values ('x')"))
        raise RuntimeError
    with reading(engine) as connection:
        assert connection.execute(text("select count(*) from notes")).scalar() == 0


def test_writers_wait_for_each_other(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(text("create table notes (body text)"))

    def write() -> None:
        for _ in range(20):
            with writing(engine) as connection:
                seen = connection.execute(text("select count(*) from notes")).scalar()
                connection.execute(text("insert into notes values (:n)"), {"n": str(seen)})

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with reading(engine) as connection:
        assert connection.execute(text("select count(distinct body) from notes")).scalar() == 80
