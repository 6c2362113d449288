import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from bot.db import reading, writing
from bot.handoff import case_list
from bot.handoff.accounts import create_account
from bot.handoff.case_list import Group, list_group
from bot.handoff.cases import (
    CODE_ALPHABET,
    Line,
    add_case,
    delete_case,
    mark_closed,
    mark_read,
    mark_taken,
    new_code,
    read_case,
    readable,
    reopen,
)
from bot.keys import Keys
from bot.privacy.vault import Vault, case_scope

NOW = datetime(2026, 11, 23, 9, 0)
pytestmark = pytest.mark.usefixtures("quick_passwords")


@pytest.fixture
def vault(engine: Engine, keys: Keys) -> Vault:
    return Vault(engine, keys)


def values(case_id: str, **changes: Any) -> dict[str, Any]:
    return {
        "id": case_id,
        "code": case_id,
        "conversation_id": "talk",
        "consent_message_id": case_id,
        "topic": "",
        "about": "",
        "contact_kind": "telefoon",
        "contact_token": "[telefoon#1]",
        "name_token": None,
        "preferred": "",
        "interpreter": "",
        "urgent": False,
        "consent_text": "",
        "consented_at": NOW,
        "created": NOW,
        **changes,
    }


def store(engine: Engine, case_id: str, **changes: Any) -> None:
    with writing(engine) as connection:
        add_case(connection, values(case_id, **changes), [Line(1, "ouder", "dag", NOW)])


def listed(engine: Engine, group: Group) -> list[str]:
    with reading(engine) as connection:
        return [entry.id for entry in list_group(connection, group, account_id=1)]


def move(engine: Engine, change: Any, case_id: str, account: int, now: datetime = NOW) -> bool:
    with writing(engine) as connection:
        return bool(change(connection, case_id, account, now))


def test_a_code_can_be_read_out_and_is_never_used_twice(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not set("01ILOSBZAEIOUY") & set(CODE_ALPHABET)
    with reading(engine) as connection:
        assert re.fullmatch(f"[{CODE_ALPHABET}]{{4}}-[{CODE_ALPHABET}]{{4}}", new_code(connection))
    store(engine, "a", code="2222-2222")
    signs = iter("2" * 8 + "3" * 8)
    monkeypatch.setattr("secrets.choice", lambda _alphabet: next(signs))
    with reading(engine) as connection:
        assert new_code(connection) == "3333-3333"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("bel +31612345678.", "bel 06 12345678."),
        ("+31361234567 of +32470123456", "036 123 4567 of +32 470 12 34 56"),
        ("1+31612345678 +999123456789", "1+31612345678 +999123456789"),
        ("geen nummer", "geen nummer"),
    ],
)
def test_phone_numbers_are_shown_as_people_write_them(text: str, shown: str) -> None:
    assert readable(text) == shown


def test_a_case_that_is_not_there_is_nothing(engine: Engine, vault: Vault) -> None:
    with reading(engine) as connection:
        assert read_case(connection, vault, "away") is None


def test_urgent_cases_come_first_and_then_who_waits_longest(engine: Engine) -> None:
    for name, minutes, urgent in (("new", 5, False), ("old", 1, False), ("danger", 9, True)):
        store(engine, name, created=NOW + timedelta(minutes=minutes), urgent=urgent)
    assert listed(engine, "nieuw") == ["danger", "old", "new"]


def test_closed_cases_have_the_latest_on_top(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    account = create_account(engine, "Noor", "noor@example.org", "een zin die ik onthoud").id
    for minute, name in enumerate(("a", "b", "c")):
        store(engine, name)
        move(engine, mark_closed, name, account, NOW + timedelta(minutes=minute))
    assert listed(engine, "afgesloten") == ["c", "b", "a"]
    monkeypatch.setitem(case_list.SHOWN, "afgesloten", 2)
    assert listed(engine, "afgesloten") == ["c", "b"]


def test_only_the_first_reads_and_only_the_first_closes(engine: Engine, vault: Vault) -> None:
    first, second = (create_account(engine, n, f"{n}@example.org", "een zin die ik onthoud").id for n in ("a", "b"))
    store(engine, "x", contact_token="none")
    outcomes = [
        move(engine, mark_read, "x", first),
        move(engine, mark_read, "x", second),
        move(engine, mark_closed, "x", second, NOW + timedelta(minutes=1)),
        move(engine, mark_closed, "x", first),
        move(engine, mark_read, "x", first),
        move(engine, mark_read, "away", first),
    ]
    assert outcomes == [True, False, True, False, False, False]
    with reading(engine) as connection:
        case = read_case(connection, vault, "x")
    assert case is not None
    assert (case.state, case.read_by, case.closed_by, case.read_at) == ("afgesloten", first, second, NOW)


def test_a_deleted_case_leaves_no_line_and_no_value(engine: Engine, vault: Vault) -> None:
    store(engine, "x")
    vault.put(case_scope("x"), "telefoon", "+31612345678")
    with writing(engine) as connection:
        delete_case(connection, vault, "x")
        rows = [connection.exec_driver_sql(f"SELECT * FROM {t}").all() for t in ("cases", "case_lines", "vault")]
    assert rows == [[], [], []]


def test_only_the_first_takes_a_case_and_a_closed_one_can_be_reopened(engine: Engine, vault: Vault) -> None:
    first, second = (create_account(engine, n, f"{n}@example.org", "een zin die ik onthoud").id for n in ("a", "b"))
    store(engine, "x", contact_token="none")
    outcomes = [
        move(engine, mark_taken, "x", first),
        move(engine, mark_taken, "x", second),
        move(engine, reopen, "x", second),
        move(engine, mark_closed, "x", second),
        move(engine, mark_taken, "x", first),
        move(engine, reopen, "x", second),
    ]
    assert outcomes == [True, False, False, True, False, True]
    with reading(engine) as connection:
        case = read_case(connection, vault, "x")
    assert case is not None
    assert (case.state, case.read_by, case.closed_by) == ("behandeling", first, None)
