"""The stream: each message exactly once, in order, whatever happens to the connection."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest

from bot.chat.hub import Event
from bot.chat.store import Entry
from bot.chat.stream import as_text
from tests.chat.fakes import Client, FakeAssistant, RunningDoor


async def test_messages_come_in_with_their_number_and_the_turn_is_shown(client: Client) -> None:
    listening = asyncio.create_task(client.events(4))
    await asyncio.sleep(0.1)
    await client.send("bericht-1", "Wat is een TLV?")
    events = await listening
    assert [(name, number) for name, number, _ in events] == [
        ("bericht", "1"),
        ("bezig", None),
        ("bericht", "2"),
        ("bezig", None),
    ]
    assert [data["bezig"] for name, _, data in events if name == "bezig"] == [True, False]
    assert events[2][2]["tekst"] == "Antwoord op: Wat is een TLV?"


async def test_after_a_break_it_goes_on_after_the_last_message(client: Client) -> None:
    for number in range(3):
        await client.send(f"bericht-{number}", f"vraag {number}")
    await client.wait_for(6)
    everything = await client.events(6)
    assert [number for _, number, _ in everything] == ["1", "2", "3", "4", "5", "6"]
    rest = await client.events(2, last=4)
    assert [number for _, number, _ in rest] == ["5", "6"]


async def test_two_listeners_each_get_every_message_once(client: Client) -> None:
    listeners = [asyncio.create_task(client.events(8)) for _ in range(2)]
    await asyncio.sleep(0.1)
    for number in range(2):
        await client.send(f"bericht-{number}", f"vraag {number}")
    for listener in listeners:
        numbers = [number for name, number, _ in await listener if name == "bericht"]
        assert numbers == ["1", "2", "3", "4"]


async def test_a_message_that_was_missed_is_fetched_from_the_store(client: Client, door: RunningDoor) -> None:
    listening = asyncio.create_task(client.events(2))
    await asyncio.sleep(0.1)
    context = door.app.ctx.door
    conversation = context.store.find(client.token)
    # Stored by another process, say: nobody was told of the first.
    context.store.add_parent(conversation.id, "bericht-1", "een", {})
    second = context.store.add_parent(conversation.id, "bericht-2", "twee", {})
    door.in_loop(lambda: context.turns.show(second))
    assert [data["tekst"] for _, _, data in await listening] == ["een", "twee"]


async def test_who_connects_during_a_turn_sees_that_one_runs(client: Client, assistant: FakeAssistant) -> None:
    assistant.hold = asyncio.Event()
    await client.send("bericht-1", "vraag")
    await asyncio.sleep(0.1)
    events = await client.events(2)
    assert events[1] == ("bezig", None, {"bezig": True})


async def test_silence_is_broken_by_a_sign_of_life(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.chat.stream.HEARTBEAT", 0.05)
    async with client.session.get(f"{client.base}/api/stroom", headers=client.headers) as answer:
        assert await asyncio.wait_for(answer.content.readuntil(b": \n\n"), 2)


async def test_a_message_of_which_nobody_was_told_comes_with_the_next_sign_of_life(
    client: Client, door: RunningDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.chat.stream.HEARTBEAT", 0.05)
    listening = asyncio.create_task(client.events(1))
    await asyncio.sleep(0.1)
    context = door.app.ctx.door
    # As when the connection of the sender breaks between storing and telling.
    context.store.add(context.store.find(client.token).id, Entry("mens", "Hallo?"))
    assert [data["tekst"] for _, _, data in await listening] == ["Hallo?"]


async def test_a_client_that_leaves_is_forgotten(client: Client, door: RunningDoor) -> None:
    async with aiohttp.ClientSession() as session:
        answer = await session.get(f"{client.base}/api/stroom", headers=client.headers)
        await answer.content.readline()
        assert door.app.ctx.door.hub.listeners() == 1
        answer.close()
    for _ in range(50):
        if door.app.ctx.door.hub.listeners() == 0:
            return
        await asyncio.sleep(0.02)
    raise AssertionError("still listening")


async def test_the_stream_ends_when_the_door_stops(client: Client, door: RunningDoor) -> None:
    async with client.session.get(f"{client.base}/api/stroom", headers=client.headers) as answer:
        await answer.content.readline()
        door.in_loop(door.app.ctx.door.hub.close)
        await asyncio.wait_for(answer.content.read(), 2)


@pytest.mark.parametrize("last", ["", "-1", "abc", "9" * 30, "1.5"])
async def test_a_strange_last_event_id_gives_everything(client: Client, last: str) -> None:
    await client.send("bericht-1", "vraag")
    await client.wait_for(2)
    headers = {**client.headers, "Last-Event-ID": last}
    async with client.session.get(f"{client.base}/api/stroom", headers=headers) as answer:
        assert await asyncio.wait_for(answer.content.readuntil(b"id: 2"), 2)


async def test_without_a_token_there_is_no_stream(client: Client) -> None:
    client.token = "onzin"
    status, data = await client.call("GET", "/api/stroom")
    assert status == 401
    assert data["melding"]


def test_a_line_break_in_a_message_stays_within_its_event() -> None:
    assert as_text(Event("bericht", {"tekst": "een\n\ntwee"}, 3)).count("\n\n") == 1
