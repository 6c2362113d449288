"""The page with the receipt code, over HTTP."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from bot.handoff.cases import Line
from bot.handoff.clock import utc_now
from bot.handoff.intake import Receipt, Request
from tests.chat.fakes import RunningDoor

WRONG = "2222-2222-2222-2222"


@pytest.fixture
def receipt(door: RunningDoor) -> Receipt:
    request = Request(
        conversation_id="c" * 32,
        consent_message_id="bericht-1",
        about="Mijn dochter krijgt te weinig hulp",
        contact="06-12345678",
        name="Samira",
        transcript=[Line(1, "ouder", "wie vraagt een tlv aan", utc_now())],
        struck=frozenset(),
        topic="tlv/aanvragen",
        urgent=False,
    )
    return door.services.intake.submit(request)


async def post(door: RunningDoor, **form: str) -> httpx.Response:
    async with httpx.AsyncClient(trust_env=False) as client:
        return await client.post(f"{door.base}/zaak", data=form, timeout=10)


async def test_the_code_shows_how_the_case_stands(door: RunningDoor, receipt: Receipt) -> None:
    answer = await post(door, code=receipt.whole_code.lower())
    assert answer.status_code == 200
    assert 'aria-current="step">\n      <strong>Ontvangen' in answer.text
    for value in ("12345678", "Samira", "te weinig hulp"):
        assert value not in answer.text


@pytest.mark.parametrize("action", ["", "toevoegen", "intrekken", "ingetrokken", "gegevens"])
async def test_a_wrong_code_opens_nothing_and_says_nothing(door: RunningDoor, receipt: Receipt, action: str) -> None:
    for code in (WRONG, receipt.code, f"{receipt.code}-2222-2222", receipt.case_id):
        answer = await post(door, code=code, actie=action, tekst="x")
        assert answer.status_code == 404
        assert "Deze code ken ik niet" in answer.text
        assert receipt.whole_code not in answer.text


async def test_codes_cannot_be_tried_without_end(door: RunningDoor, receipt: Receipt) -> None:
    statuses = [
        (await post(door, code=f"{receipt.code}-2222-22{a}{b}")).status_code for a in "234567" for b in "234567"
    ]
    assert statuses[:30] == [404] * 30
    assert 429 in statuses


async def test_a_parent_adds_a_line_and_danger_shows_the_help_lines(door: RunningDoor, receipt: Receipt) -> None:
    calm = await post(door, code=receipt.whole_code, actie="toevoegen", tekst="Bel liever op 06-87654321")
    assert "Uw aanvulling is bewaard" in calm.text
    danger = await post(door, code=receipt.whole_code, actie="toevoegen", tekst="ik wil niet meer leven")
    assert "0800-0113" in danger.text
    nothing = await post(door, code=receipt.whole_code, actie="toevoegen", tekst="  ")
    assert "nog niets getypt" in nothing.text


async def test_withdrawing_is_asked_twice_and_then_done_at_once(door: RunningDoor, receipt: Receipt) -> None:
    asked = await post(door, code=receipt.whole_code, actie="intrekken")
    assert "echt intrekken" in asked.text
    gone = await post(door, code=receipt.whole_code, actie="ingetrokken")
    assert "Alles wat wij daarover hadden, is nu verwijderd" in gone.text
    assert (await post(door, code=receipt.whole_code)).status_code == 404


async def test_a_parent_gets_a_file_with_all_that_is_held(door: RunningDoor, receipt: Receipt) -> None:
    read = await post(door, code=receipt.whole_code, actie="gegevens")
    assert 'attachment; filename="ouderchat-' in read.headers["content-disposition"]
    for told in ("06 12345678", "Samira", "Ik ga ermee akkoord", "uw vraag kwam binnen", "mail aan de ouderadviseurs"):
        assert told in read.text
    assert "case_" not in read.text and "<script" not in read.text
    answer = await post(door, code=receipt.whole_code, actie="gegevens_json")
    held = json.loads(answer.content)
    assert held["zaak"]["telefoon"] == "06 12345678"


async def test_the_page_runs_no_script_and_is_not_kept(door: RunningDoor, receipt: Receipt) -> None:
    async with httpx.AsyncClient(trust_env=False) as client:
        blank = await client.get(f"{door.base}/zaak")
    for answer in (blank, await post(door, code=receipt.whole_code)):
        policy = answer.headers["content-security-policy"]
        assert "script-src" not in policy and "default-src 'none'" in policy
        assert answer.headers["cache-control"] == "no-store"


async def test_what_is_typed_as_a_code_is_not_shown_as_markup(door: RunningDoor) -> None:
    answer = await post(door, code="<script>alert(1)</script>")
    assert "<script>" not in answer.text


async def test_the_health_page_counts_cases(door: RunningDoor) -> None:
    class Work:
        def deliver_due(self) -> int:
            return 0

        def health(self) -> dict[str, int]:
            return {"ongelezen": 2, "te_lang_ongelezen": 1, "wacht_op_bezorging": 0, "niet_bezorgd": 0}

    door.services.outbox = Work()
    async with httpx.AsyncClient(trust_env=False) as client:
        seen: dict[str, Any] = (await client.get(f"{door.base}/health")).json()
    assert (seen["zaken"]["te_lang_ongelezen"], seen["alarm"]) == (1, True)
