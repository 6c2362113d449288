from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.db import reading, writing
from bot.handoff.accounts import create_account
from bot.handoff.answer_tasks import add_task, answer_tasks, finish_task, list_tasks
from bot.handoff.intake import Intake, Line
from bot.keys import Keys
from bot.privacy.vault import Vault, conversation_scope
from tests.handoff.handed_over import HOURS, NOW, REQUEST, TALK


@pytest.fixture
def case_id(engine: Engine, keys: Keys) -> str:
    vault = Vault(engine, keys)
    phone = vault.put(conversation_scope(TALK), "telefoon", "+31687654321")
    lines = (
        Line(1, "ouder", f"mijn zoon Daan is geschorst, bel {phone}, mag dat", NOW),
        Line(2, "bot", "Dat mag.", NOW),
        Line(3, "ouder", "geheim", NOW),
        Line(4, "bot", "Antwoord.", NOW),
    )
    request = replace(REQUEST, transcript=lines, struck=frozenset({3}))
    return Intake(engine, vault, HOURS, lambda: NOW).submit(request).case_id


def make(engine: Engine, case_id: str, seq: int) -> bool:
    with writing(engine) as connection:
        return add_task(connection, case_id, seq, NOW)


def test_a_task_holds_the_masked_question_and_nothing_else(engine: Engine, case_id: str) -> None:
    assert make(engine, case_id, 2)
    with reading(engine) as connection:
        row = dict(connection.execute(select(answer_tasks)).mappings().one())
    assert row.pop("question") == "mijn zoon [naam] is geschorst, bel [telefoon], mag dat"
    assert row == {"id": 1, "created": NOW.replace(hour=0, minute=0), "done_at": None, "done_by": None}


def test_a_question_that_the_parent_left_out_makes_no_task_and_no_other_takes_its_place(
    engine: Engine, case_id: str
) -> None:
    assert not make(engine, case_id, 4)
    assert not make(engine, case_id, 1)
    assert not make(engine, "away", 2)


def test_the_same_question_is_one_task_until_it_is_done(engine: Engine, case_id: str) -> None:
    account = create_account(engine, "Bo", "bo@example.org", "een zin die ik onthoud", "redactie").id
    make(engine, case_id, 2)
    make(engine, case_id, 2)
    with writing(engine) as connection:
        (task,) = list_tasks(connection)
        assert finish_task(connection, task.id, account, NOW)
        assert not finish_task(connection, task.id, account, NOW)
    make(engine, case_id, 2)
    with reading(engine) as connection:
        assert [bool(task.done_at) for task in list_tasks(connection)] == [False, True]
