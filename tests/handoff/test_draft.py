"""From what a parent filled in to what is shown and stored: the same."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy.engine import Engine

from bot.handoff.intake import (
    Intake,
    InvalidRequest,
    Line,
    PreviewChanged,
)
from bot.handoff.sheet import make_sheet, rows
from bot.knowledge import current
from bot.privacy.vault import Vault, case_scope
from tests.handoff.handed_over import LINES, NOW, REQUEST, SCOPE, TALK, counts, dump, stored

_ANSWER = {"onderwerp": "tlv/geldigheid", "besluit": "answer"}
TALKED = replace(
    REQUEST,
    transcript=(
        *LINES[:2],
        replace(LINES[2], meta=_ANSWER),
        *LINES[3:],
        Line(6, "bot", "Ik begrijp u niet.", NOW, {"besluit": "none"}),
    ),
)


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


def test_the_summary_for_plain_text_has_the_rows_of_the_case_sheet_numbered_after_the_lines(
    intake: Intake, engine: Engine, vault: Vault
) -> None:
    shown = intake.preview(TALKED)
    assert shown.numbers == {7: "open_question", 8: "phase", 9: "answered"}
    assert [row.name for row in shown.rows] == list(shown.numbers.values())
    assert "- (7) Open vraag: Bel me op [telefoon], mijn zoon [naam] zit thuis." in shown.text
    assert f"- (9) De chatbot gaf antwoord op: {current().topics['tlv/geldigheid']}" in shown.text
    case = stored(engine, vault, intake.submit(TALKED).case_id)
    assert rows(make_sheet(case.content, current(), NOW), current().topics.__getitem__, NOW) == shown.rows


def test_a_row_that_is_struck_is_not_shown_nor_passed_on_and_keeps_its_number(
    intake: Intake, engine: Engine, vault: Vault
) -> None:
    request = replace(TALKED, struck=frozenset({2}), struck_rows=frozenset({"open_question", "answered"}))
    shown = intake.preview(request)
    assert "(8) Fase" in shown.text
    assert "Open vraag" not in shown.text
    assert "gaf antwoord op" not in shown.text
    assert "Weggelaten: regel 2, 7, 9." in shown.text
    assert [row.name for row in shown.rows] == ["open_question", "phase", "answered"], "can be put back"
    case = stored(engine, vault, intake.submit(request).case_id)
    left = rows(make_sheet(case.content, current(), NOW), current().topics.__getitem__, NOW)
    assert [row.name for row in left] == ["phase"]


def test_a_row_that_follows_from_a_line_that_is_struck_goes_and_the_others_keep_their_number(intake: Intake) -> None:
    shown = intake.preview(replace(TALKED, struck=frozenset({4})))
    assert "gaf antwoord op" not in shown.text
    assert shown.numbers == intake.preview(TALKED).numbers


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
