import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy.engine import Engine

from bot.db import reading, writing
from bot.handoff import case_list
from bot.handoff.accounts import create_account
from bot.handoff.case_list import Group, list_group
from bot.handoff.cases import (
    CODE_ALPHABET,
    mark_closed,
    mark_read,
    mark_taken,
    new_code,
    read_case,
    readable,
    reopen,
)
from bot.handoff.intake import Intake
from bot.privacy.vault import Vault
from tests.handoff.handed_over import HOURS, NOW, REQUEST

pytestmark = pytest.mark.usefixtures("quick_passwords")


def store(engine: Engine, vault: Vault, created: datetime = NOW, urgent: bool = False) -> str:
    """A new case; gives its id."""
    request = replace(REQUEST, consent_message_id=uuid4().hex, about="De TLV", transcript=(), urgent=urgent)
    return Intake(engine, vault, HOURS, lambda: created).submit(request).case_id


def listed(engine: Engine, group: Group) -> list[str]:
    with reading(engine) as connection:
        return [entry.id for entry in list_group(connection, group, account_id=1)]


def move(engine: Engine, change: Any, case_id: str, account: int, now: datetime = NOW) -> bool:
    with writing(engine) as connection:
        return bool(change(connection, case_id, account, now))


def test_a_code_can_be_read_out_and_is_never_used_twice(
    engine: Engine, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not set("01ILOSBZAEIOUY") & set(CODE_ALPHABET)
    with reading(engine) as connection:
        assert re.fullmatch(f"[{CODE_ALPHABET}]{{4}}-[{CODE_ALPHABET}]{{4}}", new_code(connection))
    signs = iter("2" * 8 + "2" * 8 + "3" * 8)
    monkeypatch.setattr("secrets.choice", lambda _alphabet: next(signs))
    store(engine, vault)
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


def test_urgent_cases_come_first_and_then_who_waits_longest(engine: Engine, vault: Vault) -> None:
    moments = ((5, False), (1, False), (9, True))
    new, old, danger = (store(engine, vault, NOW + timedelta(minutes=after), urgent) for after, urgent in moments)
    assert listed(engine, "nieuw") == [danger, old, new]


def test_closed_cases_have_the_latest_on_top(engine: Engine, vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    account = create_account(engine, "Noor", "noor@example.org", "een zin die ik onthoud").id
    first, second, third = (store(engine, vault) for _ in range(3))
    for minute, case_id in enumerate((first, second, third)):
        move(engine, mark_closed, case_id, account, NOW + timedelta(minutes=minute))
    assert listed(engine, "afgesloten") == [third, second, first]
    monkeypatch.setitem(case_list.SHOWN, "afgesloten", 2)
    assert listed(engine, "afgesloten") == [third, second]


def test_only_the_first_reads_and_only_the_first_closes(engine: Engine, vault: Vault) -> None:
    first, second = (create_account(engine, n, f"{n}@example.org", "een zin die ik onthoud").id for n in ("a", "b"))
    case_id = store(engine, vault)
    outcomes = [
        move(engine, mark_read, case_id, first),
        move(engine, mark_read, case_id, second),
        move(engine, mark_closed, case_id, second, NOW + timedelta(minutes=1)),
        move(engine, mark_closed, case_id, first),
        move(engine, mark_read, case_id, first),
        move(engine, mark_read, "away", first),
    ]
    assert outcomes == [True, False, True, False, False, False]
    with reading(engine) as connection:
        case = read_case(connection, vault, case_id)
    assert case is not None
    assert (case.state, case.read_by, case.closed_by, case.read_at) == ("afgesloten", first, second, NOW)


def test_only_the_first_takes_a_case_and_a_closed_one_can_be_reopened(engine: Engine, vault: Vault) -> None:
    first, second = (create_account(engine, n, f"{n}@example.org", "een zin die ik onthoud").id for n in ("a", "b"))
    case_id = store(engine, vault)
    outcomes = [
        move(engine, mark_taken, case_id, first),
        move(engine, mark_taken, case_id, second),
        move(engine, reopen, case_id, second),
        move(engine, mark_closed, case_id, second),
        move(engine, mark_taken, case_id, first),
        move(engine, reopen, case_id, second),
    ]
    assert outcomes == [True, False, False, True, False, True]
    with reading(engine) as connection:
        case = read_case(connection, vault, case_id)
    assert case is not None
    assert (case.state, case.read_by, case.closed_by) == ("behandeling", first, None)
