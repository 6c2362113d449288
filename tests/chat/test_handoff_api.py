"""The hand-off form of the chat."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import text as sql

from bot.handoff.cases import read_case
from bot.handoff.sheet import make_sheet
from bot.knowledge import current
from tests.chat.fakes import Client, FakeAssistant, RunningDoor

FORM = {
    "waar_gaat_het_over": "Mijn kind zit thuis",
    "telefoon_of_email": "06-12345678",
    "naam": "",
    "moment": "dinsdag",
    "tolk": "",
}
PHASE = next(step.where for step in current().route.steps.values() if "tlv/uitleg" in step.topics)
PHASE += " (volgt uit het onderwerp)"


def stored(door: RunningDoor) -> str:
    names = ("messages", "cases", "case_lines", "outbox", "conversations", "vault")
    with door.services.engine.connect() as connection:
        return str([connection.execute(sql(f"SELECT * FROM {name}")).all() for name in names])


async def previewed(client: Client, **more: Any) -> dict[str, Any]:
    status, data = await client.call("POST", "/api/overdracht/voorbeeld", {**FORM, **more})
    assert status == 200, data
    return dict(data)


async def submitted(client: Client, seen: dict[str, Any], **more: Any) -> tuple[int, Any]:
    agreed = {"id": "toestemming-1", "toestemming": True, "tot": seen["tot"], "kenmerk": seen["kenmerk"]}
    return await client.call("POST", "/api/overdracht", {**FORM, **agreed, **more})


async def test_the_parent_sees_what_the_ouderadviseur_will_get(client: Client) -> None:
    await client.send("bericht-1", "Mijn nummer is 06-12345678")
    await client.wait_for(2)
    seen = await previewed(client)
    assert seen["waar_gaat_het_over"] == "Mijn kind zit thuis"
    assert seen["telefoon_of_email"] == "06 12345678"
    assert seen["moment"] == "dinsdag"
    assert [line["van"] for line in seen["regels"]] == ["ouder", "bot"]
    assert "oudersteunpunt" in seen["toestemming"].lower()
    assert seen["gevaar"] is None


async def test_the_form_begins_with_what_was_told_since_the_last_hand_off(client: Client) -> None:
    text = "ik ben [naam], bel mij op [telefoon] na vijven over de TLV van mijn zoon"
    await client.send("bericht-1", text)
    await client.send("bericht-2", "ik wil niet meer leven, bel mij op [telefoon]")
    await client.send("bericht-3", "bel mij op [telefoon] over het vervoer", keuze="tlv/uitleg")
    await client.wait_for(6)
    assert await client.call("GET", "/api/overdracht") == (
        200,
        {
            "velden": {"waar_gaat_het_over": "de TLV van mijn zoon", "moment": "na vijven"},
            "van_u": {
                "telefoon_of_email": {"bericht": "bericht-1", "plaats": 1},
                "naam": {"bericht": "bericht-1", "plaats": 0},
            },
        },
    )
    await submitted(client, await previewed(client))
    assert await client.call("GET", "/api/overdracht") == (200, {"velden": {}, "van_u": {}})


async def test_a_value_in_the_vault_is_not_given_back_by_what_the_form_begins_with(client: Client) -> None:
    await client.send("bericht-1", "ik ben Samira, bel mij op 06-12345678 over de TLV van mijn zoon")
    await client.wait_for(2)
    _, begin = await client.call("GET", "/api/overdracht")
    assert begin == {"velden": {"waar_gaat_het_over": "de TLV van mijn zoon"}, "van_u": {}}


async def test_a_preview_stores_nothing(client: Client, door: RunningDoor) -> None:
    await previewed(client)
    assert "12345678" not in stored(door) and "thuis" not in stored(door)


async def test_after_consent_there_is_a_case_and_a_receipt_in_the_conversation(
    client: Client, door: RunningDoor, assistant: FakeAssistant
) -> None:
    await client.send("bericht-1", "Wat is een TLV?")
    await client.wait_for(2)
    status, receipt = await submitted(client, await previewed(client))
    assert status == 201
    last = (await client.messages())[-1]
    assert last["van"] == "systeem"
    assert receipt["code"] in last["tekst"]
    assert receipt["code"].startswith(last["meta"]["ontvangst"])
    assert (await client.call("GET", "/api/gesprek"))[1]["zaken"] == [receipt["code"][:9]]


async def test_personal_data_of_the_form_goes_to_the_vault_and_nowhere_else(
    client: Client, door: RunningDoor, assistant: FakeAssistant
) -> None:
    form = {"waar_gaat_het_over": "Bel over mijn kind 06-87654321", "naam": "Fatima"}
    await submitted(client, await previewed(client, **form), **form)
    everything = stored(door)
    for value in ("12345678", "87654321", "Fatima"):
        assert value not in everything
    assert assistant.sent == []


async def test_the_same_consent_twice_gives_the_same_receipt_once(client: Client) -> None:
    seen = await previewed(client)
    first = await submitted(client, seen)
    again = await submitted(client, seen)
    assert (first[0], again[0]) == (201, 200)
    assert first[1]["code"] == again[1]["code"]
    assert [item["van"] for item in await client.messages()] == ["systeem"]


async def test_lines_that_were_struck_are_not_passed_on(client: Client, door: RunningDoor) -> None:
    await client.send("bericht-1", "Dit blijft tussen ons")
    await client.wait_for(2)
    status, _ = await submitted(client, await previewed(client), weglaten=[1])
    assert status == 201
    with door.services.engine.connect() as connection:
        lines = connection.execute(sql("SELECT seq FROM case_lines")).scalars().all()
    assert lines == [2]


async def test_what_was_said_after_the_preview_is_not_passed_on(client: Client, door: RunningDoor) -> None:
    await client.send("bericht-1", "eerste vraag")
    await client.wait_for(2)
    seen = await previewed(client)
    await client.send("bericht-2", "tweede vraag")
    await client.wait_for(4)
    status, _ = await submitted(client, seen)
    assert status == 201
    with door.services.engine.connect() as connection:
        assert connection.execute(sql("SELECT count(*) FROM case_lines")).scalar() == 2


async def test_a_form_that_changed_since_the_preview_is_shown_again(client: Client) -> None:
    status, data = await submitted(client, await previewed(client), waar_gaat_het_over="Iets heel anders")
    assert status == 409
    assert data["melding"]


async def test_without_consent_nothing_happens(client: Client, door: RunningDoor) -> None:
    status, data = await submitted(client, await previewed(client), toestemming="ja")
    assert status == 400
    assert data["problemen"][0]["veld"] == "toestemming"
    assert "12345678" not in stored(door)


async def test_each_field_that_is_wrong_is_named(client: Client) -> None:
    body = {**FORM, "waar_gaat_het_over": "", "telefoon_of_email": "06-12"}
    status, data = await client.call("POST", "/api/overdracht/voorbeeld", body)
    assert status == 400
    assert {problem["veld"] for problem in data["problemen"]} == {"waar_gaat_het_over", "telefoon_of_email"}
    assert data["melding"]


async def test_danger_in_the_form_shows_the_help_lines(client: Client) -> None:
    seen = await previewed(client, waar_gaat_het_over="ik wil niet meer leven")
    assert "113" in seen["gevaar"]


async def test_danger_anywhere_makes_the_case_urgent(client: Client, door: RunningDoor) -> None:
    await client.send("bericht-1", "ik wil niet meer leven")
    await client.wait_for(2)
    await submitted(client, await previewed(client))
    with door.services.engine.connect() as connection:
        assert connection.execute(sql("SELECT urgent FROM cases")).scalar() == 1


async def test_the_case_sheet_follows_from_what_is_passed_on_and_its_rows_can_be_struck(
    client: Client, door: RunningDoor
) -> None:
    await client.send("bericht-1", "mijn zoon zit op de middelbare school, wat is een tlv?")
    await client.wait_for(2)
    whole = await previewed(client)
    assert {row["naam"]: row["teksten"] for row in whole["zaakblad"]} == {
        "open_question": ["Mijn kind zit thuis"],
        "phase": [PHASE],
        "school_kind": ["voortgezet onderwijs"],
        "answered": ["Wat is een TLV?"],
    }
    assert whole["onderwerp"] == "Wat is een TLV?"
    less = await previewed(client, weglaten=[1, 2])
    assert [row["naam"] for row in less["zaakblad"]] == ["open_question"]
    assert less["onderwerp"] == ""
    assert less["kenmerk"] == whole["kenmerk"]
    status, _ = await submitted(client, whole, weglaten=[2], zaakblad_weglaten=["school_kind"])
    assert status == 201
    with door.services.engine.connect() as connection:
        (case_id,) = connection.execute(sql("SELECT id FROM cases")).scalars()
        case = read_case(connection, door.services.vault, case_id)
    assert case is not None and case.content.topic == ""
    sheet = make_sheet(case.content, current(), case.created)
    assert (sheet.school_kind, sheet.answered, sheet.open_question) == ("", (), "Mijn kind zit thuis")


@pytest.mark.parametrize(
    "wrong",
    [
        {"zaakblad_weglaten": "alles"},
        {"zaakblad_weglaten": ["urgency"]},
        {"zaakblad_weglaten": [["phase"]]},
        {"weglaten": "alles"},
        {"weglaten": ["1"]},
        {"weglaten": [True]},
        {"tot": "2"},
        {"naam": 5},
        {"id": "x"},
        {"id": 7},
        {"kenmerk": []},
        {"kenmerk": ""},
    ],
)
async def test_a_form_of_the_wrong_form_is_refused(client: Client, wrong: dict[str, Any]) -> None:
    status, data = await submitted(client, await previewed(client), **wrong)
    assert status in (400, 409)
    assert data["melding"]


async def test_a_wipe_may_leave_the_case_or_withdraw_it(client: Client, door: RunningDoor) -> None:
    for wish, left in (("houden", 1), ("intrekken", 1)):
        other = Client(client.base, client.session)
        await other.begin()
        await submitted(other, await previewed(other), id=f"toestemming-{wish}")
        assert (await other.call("DELETE", f"/api/gesprek?zaak={wish}"))[0] == 200
        with door.services.engine.connect() as connection:
            assert connection.execute(sql("SELECT count(*) FROM cases")).scalar() == left
