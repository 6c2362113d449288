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


def test_upgrading_loses_no_row_of_an_older_version(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'old.db'}")
    upgrade(engine, "0001")
    case = "'c', 'K7QX-M3PD', 't', 'consent', '', 'x', 'telefoon', '[telefoon#1]', '', '', 0, 'ja', :now, :now, 'nieuw'"
    columns = (
        "id, code, conversation_id, consent_message_id, topic, about, contact_kind, contact_token, preferred, "
        "interpreter, urgent, consent_text, consented_at, created, state"
    )
    with writing(engine) as connection:
        now = {"now": "2026-11-21 19:00:00.000000"}
        connection.execute(text(f"insert into cases ({columns}) values ({case})"), now)
        connection.execute(text("insert into case_lines values ('c', 1, 'ouder', 'dag', :now)"), now)
    upgrade(engine)
    with reading(engine) as connection:
        for table in ("cases", "case_lines"):
            assert connection.execute(text(f"select count(*) from {table}")).scalar() == 1


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
