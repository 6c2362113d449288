from datetime import datetime

from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.db import reading, writing
from bot.handoff.audit import audit_table, record

NOW = datetime(2026, 11, 23, 9, 0)


def test_a_row_says_who_did_what_to_which_case(engine: Engine) -> None:
    with writing(engine) as connection:
        record(connection, "case_opened", NOW, 7, "x")
        record(connection, "login_failed", NOW)
    with reading(engine) as connection:
        rows = [tuple(row)[1:] for row in connection.execute(select(audit_table))]
    assert rows == [(NOW, 7, "case_opened", "x"), (NOW, None, "login_failed", None)]
