""" "Wis mijn gesprek": gone from store, vault and the assistant, also while a turn runs."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from sqlalchemy import text as sql

from bot.chat.store import utc_now
from bot.privacy.vault import conversation_scope
from tests.chat.fakes import Client, FakeAssistant, RunningDoor

TABLES = ("conversations", "messages", "vault", "wipes", "cases", "case_lines", "outbox")


def rows(door: RunningDoor, table: str) -> int:
    with door.services.engine.connect() as connection:
        return int(connection.execute(sql(f"SELECT count(*) FROM {table}")).scalar())


async def until(condition: object, seconds: float = 5.0) -> None:
    assert callable(condition)
    for _ in range(int(seconds / 0.02)):
        if condition():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("did not happen")


async def test_a_wipe_leaves_nothing_anywhere(client: Client, door: RunningDoor, assistant: FakeAssistant) -> None:
    await client.send("bericht-1", "Bel mij op 06-12345678")
    await client.wait_for(2)
    assert rows(door, "vault") == 1
    assert await client.call("DELETE", "/api/gesprek") == (200, {"gewist": True})
    assert len(assistant.wiped) == 1
    assert {table: rows(door, table) for table in TABLES} == dict.fromkeys(TABLES, 0)
    assert (await client.call("GET", "/api/gesprek"))[0] == 401
    assert (await client.send("bericht-2", "hallo"))[0] == 401


async def test_a_running_turn_writes_nothing_back(client: Client, door: RunningDoor, assistant: FakeAssistant) -> None:
    assistant.hold = asyncio.Event()
    await client.send("bericht-1", "vraag")
    await client.send("bericht-2", "nog een vraag")
    await until(lambda: len(assistant.sent) == 1)
    wiping = asyncio.create_task(client.call("DELETE", "/api/gesprek"))
    await until(lambda: rows(door, "messages") == 0)
    assert assistant.wiped == []
    door.in_loop(assistant.hold.set)
    assert (await wiping)[0] == 200
    await until(lambda: rows(door, "wipes") == 0)
    assert len(assistant.sent) == 1, "the second message was not relayed any more"
    assert len(assistant.wiped) == 1, "the assistant forgets after the running turn"
    assert rows(door, "messages") == rows(door, "conversations") == 0


async def test_what_a_running_turn_left_in_the_vault_goes_too(
    client: Client, door: RunningDoor, assistant: FakeAssistant
) -> None:
    assistant.hold = asyncio.Event()
    await client.send("bericht-1", "vraag")
    conversation = door.app.ctx.door.store.find(client.token)
    await until(lambda: len(assistant.sent) == 1)
    wiping = asyncio.create_task(client.call("DELETE", "/api/gesprek"))
    await until(lambda: rows(door, "messages") == 0)
    door.services.vault.put(conversation_scope(conversation.id), "telefoon", "+31612345678")
    door.in_loop(assistant.hold.set)
    await wiping
    await until(lambda: rows(door, "wipes") == 0)
    assert rows(door, "vault") == 0


async def test_while_the_assistant_is_away_the_wipe_is_remembered_and_repeated(
    client: Client, door: RunningDoor, assistant: FakeAssistant
) -> None:
    assistant.away = True
    assert (await client.call("DELETE", "/api/gesprek"))[0] == 200
    assert rows(door, "conversations") == 0
    assert rows(door, "wipes") == 1
    assistant.away = False
    with door.services.engine.begin() as connection:
        connection.execute(sql("UPDATE wipes SET next_attempt = '2000-01-01 00:00:00.000000'"))
    await until(lambda: rows(door, "wipes") == 0)
    assert len(assistant.wiped) == 1


async def test_other_tabs_are_told(client: Client) -> None:
    listening = asyncio.create_task(client.events(1))
    await asyncio.sleep(0.1)
    await client.call("DELETE", "/api/gesprek")
    assert (await listening)[0][0] == "gewist"


async def test_another_conversation_stays(client: Client, door: RunningDoor) -> None:
    other = Client(client.base, client.session)
    await other.begin()
    await other.send("bericht-1", "Bel 06-12345678")
    await other.wait_for(2)
    await client.call("DELETE", "/api/gesprek")
    assert len(await other.messages()) == 2
    assert rows(door, "vault") == 1


async def test_an_unknown_wish_about_the_case_changes_nothing(client: Client) -> None:
    assert (await client.call("DELETE", "/api/gesprek?zaak=misschien"))[0] == 400
    assert await client.messages() == []


async def test_retention_wipes_old_conversations_everywhere(
    client: Client, door: RunningDoor, assistant: FakeAssistant
) -> None:
    await client.send("bericht-1", "Bel mij op 06-12345678")
    await client.wait_for(2)
    with door.services.engine.begin() as connection:
        connection.execute(sql("UPDATE conversations SET last_active = '2000-01-01 00:00:00.000000'"))
    wiper = door.app.ctx.door.wiper
    asyncio.run_coroutine_threadsafe(wiper.retain(28), door.loop).result(5)
    asyncio.run_coroutine_threadsafe(wiper.repeat(), door.loop).result(5)
    await until(lambda: rows(door, "wipes") == 0)
    assert rows(door, "messages") == rows(door, "vault") == 0
    assert len(assistant.wiped) == 1


async def test_a_conversation_stays_for_28_days_after_the_last_message_and_goes_then(
    client: Client, door: RunningDoor
) -> None:
    context, now = door.app.ctx.door, [utc_now()]
    context.store._clock = lambda: now[0]
    await client.send("bericht-1", "vraag")
    await client.wait_for(2)

    async def after(days: float) -> int:
        now[0] += timedelta(days=days)
        asyncio.run_coroutine_threadsafe(context.wiper.retain(28), door.loop).result(5)
        return rows(door, "messages")

    assert await after(20) == 2
    await client.send("bericht-2", "nog een vraag")
    await client.wait_for(4)
    assert await after(27.9) == 4
    assert await after(0.2) == 0
    assert rows(door, "conversations") == 0
