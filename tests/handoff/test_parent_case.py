from dataclasses import replace
from datetime import timedelta
from typing import get_args

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.db import reading, writing
from bot.handoff import audit
from bot.handoff.accounts import create_account
from bot.handoff.cases import mark_closed, mark_read, mark_taken
from bot.handoff.held import DONE
from bot.handoff.intake import Intake, Receipt
from bot.handoff.outbox import outbox_table
from bot.handoff.parent_case import MOST_LINES, STEPS, ParentCases
from bot.handoff.retention import Terms
from bot.privacy.vault import Vault, conversation_scope
from tests.handoff.handed_over import HOURS, NOW, REQUEST, TALK, counts, dump, stored

WRONG = "2222-2222-2222-2222"


@pytest.fixture
def receipt(engine: Engine, vault: Vault) -> Receipt:
    return Intake(engine, vault, HOURS, lambda: NOW).submit(REQUEST)


@pytest.fixture
def parent(engine: Engine, vault: Vault) -> ParentCases:
    return ParentCases(engine, vault, Terms(closed=90), clock=lambda: NOW + timedelta(hours=2))


def step(parent: ParentCases, receipt: Receipt) -> str:
    standing = parent.standing(receipt.whole_code)
    assert standing is not None
    return standing.step


def test_the_code_shows_each_step_as_it_is_taken(engine: Engine, parent: ParentCases, receipt: Receipt) -> None:
    account = create_account(engine, "Noor", "noor@example.org", "een zin die ik onthoud").id
    steps = [step(parent, receipt)]
    for change in (mark_read, mark_taken, mark_closed):
        with writing(engine) as connection:
            assert change(connection, receipt.case_id, account, NOW + timedelta(hours=1))
        steps.append(step(parent, receipt))
    assert steps == list(STEPS)
    standing = parent.standing(receipt.whole_code)
    assert standing is not None
    assert standing.moments["ontvangen"] == NOW
    assert standing.kept_until == NOW + timedelta(days=90, hours=1)
    assert not standing.open


def test_the_reference_alone_opens_nothing(parent: ParentCases, receipt: Receipt) -> None:
    for code in (WRONG, receipt.code, f"{receipt.code}-2222-2222", receipt.case_id, ""):
        assert parent.standing(code) is None
        assert parent.export(code) is None
        assert not parent.add_line(code, "x", None)
        assert not parent.withdraw(code)


def test_the_second_half_of_the_code_is_stored_nowhere(engine: Engine, receipt: Receipt) -> None:
    assert receipt.whole_code[10:] not in dump(engine)
    assert receipt.whole_code in receipt.text


def test_a_line_is_added_masked_and_staff_hear_of_it(
    engine: Engine, vault: Vault, parent: ParentCases, receipt: Receipt
) -> None:
    assert parent.add_line(receipt.whole_code, "Bel liever op 06-87654321, [telefoon#1] en bsn 111222333", None)
    line = stored(engine, vault, receipt.case_id).content.lines[-1]
    assert line.text == "Bel liever op 06 87654321, (telefoon#1) en bsn [bsn]"
    assert (line.author, line.meta) == ("ouder", {"later": True})
    assert "87654321" not in dump(engine)
    with reading(engine) as connection:
        query = select(outbox_table.c.idempotency_key).order_by(outbox_table.c.id)
        keys = connection.execute(query).scalars().all()
    assert keys[1].startswith("aanvulling-")


def test_danger_in_an_added_line_makes_the_case_urgent(
    engine: Engine, vault: Vault, parent: ParentCases, receipt: Receipt
) -> None:
    parent.add_line(receipt.whole_code, "ik wil niet meer leven", "zelfdoding")
    content = stored(engine, vault, receipt.case_id).content
    assert content.urgency == ("gevaar", "thuiszitter")
    assert content.urgent


def test_a_parent_cannot_fill_a_case_without_end(parent: ParentCases, receipt: Receipt) -> None:
    added = [parent.add_line(receipt.whole_code, f"regel {number}", None) for number in range(MOST_LINES + 1)]
    assert added == [True] * MOST_LINES + [False]


def test_a_closed_case_takes_no_lines(engine: Engine, parent: ParentCases, receipt: Receipt) -> None:
    account = create_account(engine, "Noor", "noor@example.org", "een zin die ik onthoud").id
    with writing(engine) as connection:
        mark_closed(connection, receipt.case_id, account, NOW)
    assert not parent.add_line(receipt.whole_code, "nog iets", None)


def test_withdrawing_deletes_at_once_also_what_did_not_leave_yet(
    engine: Engine, vault: Vault, parent: ParentCases, receipt: Receipt
) -> None:
    other = Intake(engine, vault, HOURS, lambda: NOW).submit(replace(REQUEST, consent_message_id="consent-0002"))
    parent.add_line(receipt.whole_code, "nog iets", None)
    assert parent.withdraw(receipt.whole_code)
    assert not parent.withdraw(receipt.whole_code)
    vault.wipe(conversation_scope(TALK))
    assert (counts(engine)["cases"], counts(engine)["outbox"]) == (1, 1)
    assert receipt.case_id not in dump(engine).replace(f"'{receipt.case_id}')", "")
    assert parent.standing(other.whole_code) is not None


def test_a_case_outlives_its_conversation_and_its_code_goes_on_working(
    engine: Engine, vault: Vault, parent: ParentCases, receipt: Receipt
) -> None:
    vault.wipe(conversation_scope(TALK))
    assert step(parent, receipt) == "ontvangen"
    assert parent.add_line(receipt.whole_code, "bel op 06-87654321", None)
    assert "06 87654321" in stored(engine, vault, receipt.case_id).content.lines[-1].text


def test_the_export_holds_all_that_is_held(parent: ParentCases, receipt: Receipt) -> None:
    parent.add_line(receipt.whole_code, "nog iets", None)
    held = parent.export(receipt.whole_code)
    assert held is not None
    case = held["zaak"]
    assert (case["telefoon"], case["naam"], case["tolk"]) == ("06 12345678", "Samira", "Arabisch")
    assert held["regels"][-1]["tekst"] == "nog iets"
    assert held["zaakblad"][0]["titel"] == "Open vraag"
    assert case["toestemming"]["tekst"] and case["toestemming"]["op"]
    assert [row["soort"] for row in held["verstuurd"]] == ["mail aan de ouderadviseurs"] * 2
    done = [row["wat"] for row in held["wie_deed_wat"]]
    assert done == ["uw vraag kwam binnen", "iets toegevoegd", "deze gegevens opgevraagd"]


def test_all_that_can_be_done_with_a_case_has_dutch_words() -> None:
    about_cases = {action for action in get_args(audit.Action) if action.startswith(("case_", "live_", "answer_"))}
    # A case of which this was done is no more.
    assert about_cases - DONE.keys() == {"case_withdrawn", "case_expired"}
