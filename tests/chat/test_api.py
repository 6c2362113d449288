"""The chat API, over HTTP, with a scripted assistant."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import text as sql

from bot.chat.limits import Rate
from tests.chat.fakes import Client, FakeAssistant, RunningDoor


async def test_a_message_is_accepted_at_once_and_answered(client: Client, assistant: FakeAssistant) -> None:
    status, receipt = await client.send("bericht-1", "Wat is een TLV?")
    assert status == 202
    assert receipt == {"id": "bericht-1", "seq": 1, "text": "Wat is een TLV?", "weggelaten": []}
    mine, reply = await client.wait_for(2)
    assert (mine["van"], mine["id"], reply["van"]) == ("ouder", "bericht-1", "bot")
    assert reply["html"] == "<p>Antwoord op: Wat is een TLV?</p>"
    assert reply["meta"]["onderwerp"] == "tlv/uitleg"
    assert assistant.sent[0][3] == {"kanaal": "web", "nood": ""}


async def test_the_same_id_again_gives_the_same_receipt_and_no_second_turn(
    client: Client, assistant: FakeAssistant
) -> None:
    _, first = await client.send("bericht-1", "Wat is een TLV?")
    await client.wait_for(2)
    status, again = await client.send("bericht-1", "Wat is een TLV?")
    assert (status, again) == (200, first)
    await asyncio.sleep(0.1)
    assert len(assistant.sent) == 1
    assert len(await client.messages()) == 2


async def test_a_clicked_button_sends_its_topic_along(client: Client, assistant: FakeAssistant) -> None:
    await client.send("bericht-1", "Wat is een TLV?", keuze="tlv/uitleg")
    await client.wait_for(2)
    await client.send("bericht-2", "En dan?")
    await client.wait_for(4)
    assert assistant.sent[0][3]["keuze"] == "tlv/uitleg"
    assert assistant.sent[1][3]["vorig_onderwerp"] == "tlv/uitleg"


async def test_messages_are_answered_in_the_order_in_which_they_came(client: Client, assistant: FakeAssistant) -> None:
    for number in range(5):
        await client.send(f"bericht-{number}", f"vraag {number}")
    items = await client.wait_for(10)
    replies = [item["tekst"] for item in items if item["van"] == "bot"]
    assert replies == [f"Antwoord op: vraag {number}" for number in range(5)]


async def test_what_masking_takes_out_is_neither_stored_nor_relayed(
    client: Client, assistant: FakeAssistant, door: RunningDoor
) -> None:
    status, receipt = await client.send("bericht-1", "Bel mij op 06-12345678")
    assert status == 202
    assert receipt["text"] == "Bel mij op [telefoon#1]"
    assert receipt["weggelaten"] == ["telefoon"]
    await client.wait_for(2)
    assert assistant.sent[0][2] == "Bel mij op [telefoon#1]"
    with door.services.engine.connect() as connection:
        stored = str(connection.execute(sql("SELECT * FROM messages")).all())
    assert "12345678" not in stored


async def test_a_message_that_is_too_long_gets_a_kind_request_to_shorten_it(
    client: Client, assistant: FakeAssistant
) -> None:
    status, _ = await client.send("bericht-1", "vraag " * 500)
    assert status == 202
    reply = (await client.wait_for(2))[1]
    assert "te lang" in reply["tekst"]
    assert reply["meta"]["besluit"] == "none"
    assert assistant.sent == []


async def test_a_body_that_is_too_large_is_refused_kindly(client: Client) -> None:
    status, data = await client.send("bericht-1", "x" * 100_000)
    assert status == 413
    assert "te veel tekst" in data["melding"]


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        "tekst",
        {"id": "bericht-1"},
        {"text": "hallo"},
        {"id": "kort", "text": "hallo"},
        {"id": "bericht 1!", "text": "hallo"},
        {"id": 12345678, "text": "hallo"},
        {"id": "bericht-1", "text": 5},
        {"id": "bericht-1", "text": "  \n "},
        {"id": "bericht-1", "text": "\x00\ud800"},
        {"id": "bericht-1", "text": "hallo", "keuze": 3},
        {"id": "bericht-1", "text": "hallo", "keuze": "../etc/passwd"},
    ],
)
async def test_a_message_of_the_wrong_form_is_refused_kindly(client: Client, body: object) -> None:
    status, data = await client.call("POST", "/api/berichten", body)
    assert status == 400
    assert data["melding"]
    assert await client.messages() == []


async def test_text_that_is_no_json_is_refused_kindly(client: Client) -> None:
    async with client.session.post(client.base + "/api/berichten", data=b"{", headers=client.headers) as answer:
        assert answer.status == 400
        assert (await answer.json())["melding"]


@pytest.mark.parametrize("token", ["", "onzin"])
async def test_without_a_valid_token_nothing_is_told(client: Client, token: str) -> None:
    client.token = token
    for method, path in (("GET", "/api/gesprek"), ("POST", "/api/berichten"), ("DELETE", "/api/gesprek")):
        status, data = await client.call(method, path)
        assert status == 401
        assert "bestaat niet meer" in data["melding"]


async def test_too_many_messages_at_once_are_slowed_down_kindly(client: Client, door: RunningDoor) -> None:
    door.app.ctx.door.gate.rate = Rate(burst=2, per_second=0.001)
    assert [(await client.send(f"bericht-{n}", "vraag"))[0] for n in range(2)] == [202, 202]
    status, data = await client.send("bericht-9", "vraag")
    assert status == 429
    assert "Wacht" in data["melding"]
    assert (await client.send("bericht-1", "vraag"))[0] == 200


async def test_danger_is_never_slowed_down(client: Client, door: RunningDoor) -> None:
    door.app.ctx.door.gate.rate = Rate(burst=0, per_second=0.001)
    status, _ = await client.send("bericht-1", "ik wil niet meer leven")
    assert status == 202
    assert "113" in (await client.wait_for(2))[1]["tekst"]


async def test_while_the_assistant_is_away_the_reply_offers_a_human_and_the_answers(
    client: Client, assistant: FakeAssistant
) -> None:
    assistant.away = True
    await client.send("bericht-1", "Wat is een TLV?")
    reply = (await client.wait_for(2))[1]
    assert reply["meta"]["storing"] is True
    assert "/antwoorden" in reply["html"]
    assert [button["keuze"] for button in reply["knoppen"]] == ["gesprek/mens_spreken"]


async def test_danger_shows_the_help_lines_first_while_the_assistant_is_away(
    client: Client, assistant: FakeAssistant
) -> None:
    assistant.away = True
    await client.send("bericht-1", "ik wil niet meer leven")
    assert "113" in (await client.wait_for(3))[1]["tekst"]


async def test_danger_does_not_wait_for_an_assistant_that_hangs(
    client: Client, assistant: FakeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.chat.turns.DANGER_PATIENCE", 0.05)
    assistant.hold = asyncio.Event()
    await client.send("bericht-1", "ik wil niet meer leven")
    assert "113" in (await client.wait_for(3))[1]["tekst"]


async def test_a_message_left_over_from_a_crash_is_relayed_again_with_the_same_id(
    door: RunningDoor, client: Client, assistant: FakeAssistant
) -> None:
    context = door.app.ctx.door
    conversation = context.store.find(client.token)
    assert conversation is not None
    context.store.add_parent(conversation.id, "bericht-1", "Wat is een TLV?", {"weggelaten": [], "keuze": "tlv/uitleg"})
    context.jobs._started = True
    asyncio.run_coroutine_threadsafe(context.jobs._answer_left_over(), door.loop).result(5)
    await client.wait_for(2)
    assert assistant.sent == [
        (conversation.id, "bericht-1", "Wat is een TLV?", {"kanaal": "web", "nood": "", "keuze": "tlv/uitleg"})
    ]


async def test_nothing_is_kept_by_browsers_or_proxies(client: Client) -> None:
    async with client.session.get(client.base + "/api/gesprek", headers=client.headers) as answer:
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "Set-Cookie" not in answer.headers


async def test_the_door_says_whether_the_assistant_answers(client: Client, assistant: FakeAssistant) -> None:
    assert await client.call("GET", "/health") == (200, {"door": True, "assistant": True, "versie": assistant.version})
    assistant.away = True
    assert await client.call("GET", "/health") == (200, {"door": True, "assistant": False, "versie": assistant.version})
