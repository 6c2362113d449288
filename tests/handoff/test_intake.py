import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.engine import Engine

from bot.db import make_engine, reading, writing
from bot.handoff.accounts import create_account, set_available
from bot.handoff.audit import audit_table
from bot.handoff.intake import (
    CONSENT_TEXT,
    Intake,
    Line,
    NotStored,
)
from bot.handoff.outbox import Outbox, outbox_table
from bot.handoff.presence import Presence
from bot.keys import Keys
from bot.privacy.vault import Vault, VaultError, case_scope, conversation_scope, vault_table
from tests.handoff.handed_over import CONTENT, HOURS, NOW, REQUEST, SCOPE, TALK, counts, dump, stored


def test_the_case_holds_what_was_asked_and_said(intake: Intake, engine: Engine, vault: Vault) -> None:
    receipt = intake.submit(REQUEST)
    case = stored(engine, vault, receipt.case_id)
    assert case.content == CONTENT
    assert (case.state, case.code, case.consent_text, case.consented_at) == ("nieuw", receipt.code, CONSENT_TEXT, NOW)


def test_the_receipt_names_the_next_working_day(intake: Intake) -> None:
    receipt = intake.submit(REQUEST)
    assert receipt.created
    assert receipt.next_moment_text == "De eerstvolgende werkdag is maandag 23 november."
    assert receipt.code in receipt.text
    assert receipt.next_moment_text in receipt.text


def test_nobody_works_now_is_not_said_while_an_ouderadviseur_is_there(
    intake: Intake, engine: Engine, quick_passwords: None
) -> None:
    noor = create_account(engine, "Noor", "noor@example.org", "een zin die ik onthoud").id
    Presence(engine, lambda: NOW).open(noor)
    assert "werken nu niet" in intake.closed_notice() == intake.preview(REQUEST).when
    with writing(engine) as connection:
        set_available(connection, noor, True, NOW)
    assert intake.closed_notice() == intake.preview(REQUEST).when == ""


def test_a_second_submit_gives_the_same_receipt_and_no_second_case(
    intake: Intake, engine: Engine, vault: Vault
) -> None:
    first = intake.submit(REQUEST)
    before = counts(engine)
    later = Intake(engine, vault, HOURS, lambda: NOW + timedelta(days=5))
    again = later.submit(replace(REQUEST, about="", contact="", seen="something else"))
    assert again == replace(first, created=False)
    assert counts(engine) == before


def test_another_consent_in_the_same_conversation_is_another_case(intake: Intake) -> None:
    first = intake.submit(REQUEST)
    second = intake.submit(replace(REQUEST, consent_message_id="consent-0002"))
    assert second.created
    assert intake.codes(TALK) == (first.code, second.code)


def test_the_same_consent_many_times_at_the_same_moment_is_one_case(intake: Intake, engine: Engine) -> None:
    start = threading.Barrier(6)

    def submit(_number: int) -> tuple[str, bool]:
        start.wait()
        receipt = intake.submit(REQUEST)
        return receipt.code, receipt.created

    with ThreadPoolExecutor(6) as pool:
        outcomes = list(pool.map(submit, range(6)))
    assert len({code for code, _ in outcomes}) == 1
    assert [created for _, created in outcomes].count(True) == 1
    assert (counts(engine)["cases"], counts(engine)["outbox"]) == (1, 1)


def test_the_second_of_two_writers_that_do_not_wait_takes_what_the_first_made(
    intake: Intake, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = intake.submit(REQUEST)
    find: Callable[..., Any] = Intake._known
    answers = iter([None])
    monkeypatch.setattr(Intake, "_known", lambda self, *args: next(answers, find(self, *args)))
    assert intake.submit(REQUEST) == replace(first, created=False)
    assert counts(engine)["cases"] == 1


def test_no_name_phone_or_address_stands_in_the_database_in_clear(intake: Intake, engine: Engine) -> None:
    intake.submit(REQUEST)
    text = dump(engine)
    assert not [value for value in ("Samira", "Daan", "12345678") if value in text]


def test_a_message_of_consent_needs_an_id(intake: Intake) -> None:
    for wrong in ("", "short", "x" * 65, "with space 1"):
        with pytest.raises(ValueError, match="message of consent"):
            intake.submit(replace(REQUEST, consent_message_id=wrong))


def test_a_full_disk_is_told_and_leaves_nothing_behind(intake: Intake, engine: Engine, keys: Keys) -> None:
    full = make_engine(str(engine.url))
    # SQLite then answers as on a disk without room: "database or disk is full".
    event.listen(full, "connect", lambda connection, _: connection.execute("PRAGMA max_page_count=1"))
    long = tuple(Line(seq, "ouder", "woord " * 500, NOW) for seq in range(1, 200))
    with pytest.raises(NotStored):
        Intake(full, Vault(full, keys), HOURS, lambda: NOW).submit(replace(REQUEST, transcript=long))
    full.dispose()
    assert set(counts(engine).values()) == {0}
    assert intake.submit(replace(REQUEST, transcript=long)).created


@pytest.mark.parametrize("statement", ["INSERT INTO vault", "INSERT INTO case_lines", "INSERT INTO outbox"])
def test_a_process_that_dies_half_way_leaves_nothing_behind(intake: Intake, engine: Engine, statement: str) -> None:
    class Killed(BaseException):
        pass

    def die(_connection: Any, _cursor: Any, sql: str, *_rest: Any) -> None:
        if sql.startswith(statement):
            raise Killed

    event.listen(engine, "after_cursor_execute", die)
    with pytest.raises(Killed):
        intake.submit(REQUEST)
    event.remove(engine, "after_cursor_execute", die)
    assert set(counts(engine).values()) == {0}
    assert intake.submit(REQUEST).created


def test_a_locked_database_is_told_and_the_same_request_works_later(
    engine: Engine, hasty_engine: Engine, keys: Keys
) -> None:
    hasty = Intake(hasty_engine, Vault(hasty_engine, keys), HOURS, lambda: NOW)
    with writing(engine), pytest.raises(NotStored):
        hasty.submit(REQUEST)
    assert hasty.submit(REQUEST).created


def test_a_vault_that_cannot_be_read_stores_nothing(
    intake: Intake, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: Any, **_kwargs: Any) -> None:
        raise VaultError("no key")

    monkeypatch.setattr(Vault, "copy", broken)
    with pytest.raises(NotStored):
        intake.submit(REQUEST)
    assert set(counts(engine).values()) == {0}


def test_withdrawing_leaves_nothing_but_the_fact(intake: Intake, engine: Engine, vault: Vault) -> None:
    intake.submit(REQUEST)
    intake.submit(replace(REQUEST, consent_message_id="consent-0002"))
    other = intake.submit(replace(REQUEST, conversation_id="f" * 32))
    assert intake.withdraw(TALK) == 2
    assert intake.codes(TALK) == ()
    vault.wipe(SCOPE)
    vault.wipe(conversation_scope("f" * 32))
    assert (counts(engine)["cases"], counts(engine)["outbox"], counts(engine)["case_lines"]) == (1, 1, 4)
    with reading(engine) as connection:
        assert set(connection.execute(select(vault_table.c.scope)).scalars()) == {case_scope(other.case_id)}
        done = connection.execute(select(audit_table.c.action)).scalars().all()
        assert done == ["case_created"] * 3 + ["case_withdrawn"] * 2
    assert intake.withdraw(TALK) == 0


def test_a_mail_that_has_left_stays_on_record_after_withdrawal(intake: Intake, engine: Engine) -> None:
    intake.submit(REQUEST)
    Outbox(engine, {"mail": lambda parcel: None}).deliver_due(NOW)
    intake.withdraw(TALK)
    assert (counts(engine)["cases"], counts(engine)["outbox"]) == (0, 1)


def test_the_parcel_holds_the_code_and_nothing_else(intake: Intake, engine: Engine) -> None:
    receipt = intake.submit(REQUEST)
    with reading(engine) as connection:
        row = connection.execute(select(outbox_table)).one()
    assert (row.case_id, row.payload) == (receipt.case_id, {"code": receipt.code})
