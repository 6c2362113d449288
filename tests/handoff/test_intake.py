import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import event, func, select
from sqlalchemy.engine import Engine

from bot.db import make_engine, metadata, reading, writing
from bot.handoff.audit import audit_table
from bot.handoff.cases import Case, Content, case_lines, cases, read_case
from bot.handoff.hours import Hours
from bot.handoff.intake import (
    CONSENT_TEXT,
    Intake,
    InvalidRequest,
    Line,
    NotStored,
    PreviewChanged,
    Request,
)
from bot.handoff.outbox import Outbox, outbox_table
from bot.keys import Keys
from bot.privacy.vault import Vault, VaultError, case_scope, conversation_scope, vault_table
from bot.settings import ROOT

NOW = datetime(2026, 11, 21, 19, 0)
TALK = "c0ffee00" * 4
SCOPE = conversation_scope(TALK)
HOURS = Hours(ROOT / "knowledge")
LINES = (
    Line(1, "bot", "Goedendag, ik ben een chatbot.", NOW),
    Line(2, "ouder", "Hoe lang is een TLV geldig?", NOW),
    Line(4, "bot", "Dat verschilt. Vraag het de school: 036-1234567.", NOW),
    Line(5, "ouder", "Bel me op 06-12345678, mijn zoon Daan zit thuis.", NOW),
)
REQUEST = Request(
    conversation_id=TALK,
    consent_message_id="consent-0001",
    about="Mijn zoon Daan zit al weken thuis.",
    contact="06-12345678",
    name="Samira",
    transcript=LINES,
    struck=frozenset(),
    topic="tlv/geldigheid",
    urgent=False,
    preferred="na vijven",
    interpreter="Arabisch",
)


@pytest.fixture
def vault(engine: Engine, keys: Keys) -> Vault:
    return Vault(engine, keys)


@pytest.fixture
def intake(engine: Engine, vault: Vault) -> Intake:
    return Intake(engine, vault, HOURS, lambda: NOW)


def counts(engine: Engine) -> dict[str, int]:
    with reading(engine) as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar()
            for table in (cases, case_lines, vault_table, outbox_table)
        }


def dump(engine: Engine) -> str:
    """Everything that stands in the database."""
    with reading(engine) as connection:
        return "\n".join(str(row) for table in metadata.sorted_tables for row in connection.execute(select(table)))


def stored(engine: Engine, vault: Vault, case_id: str) -> Case:
    with reading(engine) as connection:
        case = read_case(connection, vault, case_id)
    assert case is not None
    return case


def test_the_case_holds_what_was_asked_and_said(intake: Intake, engine: Engine, vault: Vault) -> None:
    receipt = intake.submit(REQUEST)
    case = stored(engine, vault, receipt.case_id)
    assert case.content == Content(
        topic="tlv/geldigheid",
        about="Mijn zoon Daan zit al weken thuis.",
        contact_kind="telefoon",
        contact="06 12345678",
        name="Samira",
        preferred="na vijven",
        interpreter="Arabisch",
        urgent=True,
        lines=(
            *LINES[:2],
            replace(LINES[2], meta={"vraag": 2}),
            replace(LINES[3], text="Bel me op 06 12345678, mijn zoon Daan zit thuis."),
        ),
        urgency=("thuiszitter",),
    )
    assert (case.state, case.code, case.consent_text, case.consented_at) == ("nieuw", receipt.code, CONSENT_TEXT, NOW)


def test_the_receipt_names_the_next_working_day(intake: Intake) -> None:
    receipt = intake.submit(REQUEST)
    assert receipt.created
    assert receipt.next_moment_text == "De eerstvolgende werkdag is maandag 23 november."
    assert receipt.code in receipt.text
    assert receipt.next_moment_text in receipt.text


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


def test_what_is_never_kept_is_gone_in_preview_and_case(intake: Intake, engine: Engine, vault: Vault) -> None:
    request = replace(REQUEST, about="Het bsn van mijn zoon is 111222333.")
    assert "111222333" not in intake.preview(request).content.about
    receipt = intake.submit(request)
    assert "111222333" not in stored(engine, vault, receipt.case_id).content.about


def test_nothing_is_stored_before_consent(intake: Intake, engine: Engine) -> None:
    before = dump(engine)
    intake.check(REQUEST)
    intake.check_field(TALK, "contact", "06-12345678")
    intake.preview(REQUEST)
    assert dump(engine) == before


def test_struck_lines_are_not_stored_and_neither_are_their_values(intake: Intake, engine: Engine, vault: Vault) -> None:
    token = vault.put(SCOPE, "telefoon", "+31687654321")
    lines = (*LINES, Line(6, "ouder", f"Of bel {token}, ik ben boos", NOW))
    receipt = intake.submit(replace(REQUEST, transcript=lines, struck=frozenset({2, 6, 99})))
    assert [line.seq for line in stored(engine, vault, receipt.case_id).content.lines] == [1, 4, 5]
    assert vault.get(case_scope(receipt.case_id), token) is None
    assert "boos" not in dump(engine)


def test_a_case_may_have_no_lines_at_all(intake: Intake, engine: Engine, vault: Vault) -> None:
    receipt = intake.submit(replace(REQUEST, transcript=()))
    assert stored(engine, vault, receipt.case_id).content.lines == ()


def test_the_case_outlives_the_conversation(intake: Intake, engine: Engine, vault: Vault) -> None:
    shown = intake.preview(REQUEST).content
    receipt = intake.submit(REQUEST)
    vault.wipe(SCOPE)
    assert stored(engine, vault, receipt.case_id).content == shown


def test_tokens_of_the_conversation_are_understood(intake: Intake, engine: Engine, vault: Vault) -> None:
    phone, name = vault.put(SCOPE, "telefoon", "+31612345678"), vault.put(SCOPE, "naam", "Samira")
    request = replace(REQUEST, contact=f"bel op {phone}", name=f"ik heet {name}")
    assert intake.check(request) == []
    content = stored(engine, vault, intake.submit(request).case_id).content
    assert (content.contact, content.name) == ("06 12345678", "Samira")


def test_a_token_that_was_typed_by_hand_gets_no_meaning(intake: Intake, engine: Engine, vault: Vault) -> None:
    request = replace(REQUEST, about="Wat is [telefoon#1] en [naam#7]?", transcript=())
    shown = intake.preview(request).content
    assert shown.about == "Wat is (telefoon#1) en (naam#7)?"
    assert stored(engine, vault, intake.submit(request).case_id).content == shown


def test_what_the_bot_said_stays_readable(intake: Intake) -> None:
    assert "036-1234567" in intake.preview(REQUEST).content.lines[2].text


def test_the_summary_for_plain_text_holds_tokens_only(intake: Intake, vault: Vault) -> None:
    phone = vault.put(SCOPE, "telefoon", "+31612345678")
    text = intake.preview(replace(REQUEST, contact=phone, name="liever niet", interpreter="")).text
    assert "**Contact:** [telefoon#1]" in text
    assert "**Naam:** liever niet gezegd" in text
    assert "- (5) U: Bel me op [telefoon#1]" in text
    assert "Tolk" not in text
    assert "12345678" not in text
    assert "**Contact:** [email]" in intake.preview(replace(REQUEST, contact="ouder@example.org")).text


def test_a_name_may_be_withheld(intake: Intake, engine: Engine, vault: Vault) -> None:
    receipt = intake.submit(replace(REQUEST, name="liever niet"))
    assert stored(engine, vault, receipt.case_id).content.name is None


def test_fields_to_fill_in_again_come_in_the_order_of_the_form(intake: Intake, engine: Engine) -> None:
    wrong = replace(REQUEST, about=" ", contact="06-1234567", name="", preferred="x" * 300)
    assert [problem.field for problem in intake.check(wrong)] == ["about", "contact", "name", "preferred"]
    assert "9 cijfers" in intake.check(wrong)[1].message_nl
    for attempt in (intake.preview, intake.submit):
        with pytest.raises(InvalidRequest) as error:
            attempt(wrong)
        assert list(error.value.problems) == intake.check(wrong)
    assert set(counts(engine).values()) == {0}


def test_one_field_can_be_checked_alone(intake: Intake) -> None:
    assert intake.check_field(TALK, "contact", "ouder@example.org") is None
    problem = intake.check_field(TALK, "contact", "ouder@example")
    assert problem is not None
    assert problem.field == "contact"


def test_a_message_of_consent_needs_an_id(intake: Intake) -> None:
    for wrong in ("", "short", "x" * 65, "with space 1"):
        with pytest.raises(ValueError, match="message of consent"):
            intake.submit(replace(REQUEST, consent_message_id=wrong))


def test_lines_that_came_after_the_preview_are_not_handed_over_unseen(intake: Intake, engine: Engine) -> None:
    seen = intake.preview(REQUEST).fingerprint
    more = (*LINES, Line(6, "ouder", "en nog iets", NOW))
    with pytest.raises(PreviewChanged):
        intake.submit(replace(REQUEST, transcript=more, seen=seen))
    assert counts(engine)["cases"] == 0
    assert intake.submit(replace(REQUEST, struck=frozenset({5}), seen=seen)).created


def test_a_time_with_a_zone_is_stored_as_utc(intake: Intake, engine: Engine, vault: Vault) -> None:
    at = datetime(2026, 11, 21, 20, 0, tzinfo=timezone(timedelta(hours=1)))
    receipt = intake.submit(replace(REQUEST, transcript=(Line(1, "ouder", "dag", at),)))
    assert stored(engine, vault, receipt.case_id).content.lines[0].at == NOW


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


PIECES = st.sampled_from(
    [
        "06-12345678",
        "0687654321",
        "ouder@example.org",
        "Ander@EXAMPLE.org",
        "ik heet Samira",
        "mijn zoon Daan",
        "mijn dochter Sofie de Vries",
        "bsn 111222333",
        "NL91ABNA0417164300",
        "geboren op 12-03-2015",
        "1315 AB 12",
        "[telefoon#1]",
        "[naam#2]",
        "[email#1]",
        "[bsn]",
        "[",
        "]",
        "\n",
        "de TLV geldt 6 weken",
        "112",
        "036-1234567",
        "'; DROP TABLE cases; --",
        "<b>dik</b>",
        "🙂",
    ]
)
TEXT = st.lists(st.one_of(PIECES, st.text(max_size=12)), min_size=1, max_size=6).map(" ".join)
LINE = st.tuples(st.sampled_from(["ouder", "bot", "mens"]), TEXT)


@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    said=st.lists(LINE, max_size=6),
    struck=st.frozensets(st.integers(1, 7)),
    about=TEXT.filter(str.strip),
    contact=st.sampled_from(["06-12345678", "Ouder@EXAMPLE.org", "bel [telefoon#1]"]),
    name=st.one_of(st.sampled_from(["Samira", "liever niet", "ik heet [naam#1]", "[naam#9]"]), TEXT),
    urgent=st.booleans(),
)
def test_what_the_preview_shows_is_exactly_what_is_stored(
    intake: Intake,
    engine: Engine,
    vault: Vault,
    said: list[tuple[Any, str]],
    struck: frozenset[int],
    about: str,
    contact: str,
    name: str,
    urgent: bool,
) -> None:
    vault.put(SCOPE, "telefoon", "+31611111111")
    vault.put(SCOPE, "naam", "Fatima")
    lines = tuple(Line(seq, author, text, NOW) for seq, (author, text) in enumerate(said, 1))
    consent = f"consent-{counts(engine)['cases']}"
    request = replace(
        REQUEST,
        consent_message_id=consent,
        transcript=lines,
        struck=struck,
        about=about,
        contact=contact,
        name=name,
        urgent=urgent,
    )
    try:
        shown = intake.preview(request)
    except InvalidRequest:
        with pytest.raises(InvalidRequest):
            intake.submit(request)
        return
    receipt = intake.submit(replace(request, seen=shown.fingerprint))
    assert receipt.created
    assert stored(engine, vault, receipt.case_id).content == shown.content
    assert not struck & {line.seq for line in shown.content.lines}
