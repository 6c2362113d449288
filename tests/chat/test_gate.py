"""What the door lets in when much comes at once, over HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import aiohttp
import pytest

from bot.chat.limits import STREAMS_PER_CONVERSATION, Rate
from bot.chat.services import Services
from tests.chat.fakes import Client, RunningDoor, running

FROM_HERE, FROM_THERE = {"X-Forwarded-For": "192.0.2.1"}, {"X-Forwarded-For": "192.0.2.2"}


@pytest.fixture
def door(services: Services) -> Iterator[RunningDoor]:
    services.settings = services.settings.copy(update={"trusted_proxies": "127.0.0.1", "most_conversations": 3})
    with running(services) as started:
        started.app.ctx.door.gate.address_rate = Rate(burst=2, per_second=0.001)
        yield started


async def test_one_address_may_not_send_without_end_and_another_has_no_trouble_of_it(client: Client) -> None:
    for number in range(2):
        assert (await client.send(f"bericht-{number}", "vraag", headers=FROM_HERE))[0] == 202
    status, data = await client.send("bericht-8", "vraag", headers=FROM_HERE)
    assert status == 429
    assert "uw internetverbinding" in data["melding"] and "112" in data["melding"]
    assert (await client.send("bericht-9", "vraag", headers=FROM_THERE))[0] == 202


async def test_danger_is_let_in_whatever_its_address_sent_before(client: Client) -> None:
    for number in range(2):
        await client.send(f"bericht-{number}", "vraag", headers=FROM_HERE)
    assert (await client.send("bericht-8", "ik wil niet meer leven", headers=FROM_HERE))[0] == 202


async def test_one_address_may_not_begin_conversations_without_end(client: Client, door: RunningDoor) -> None:
    door.app.ctx.door.gate.start_rate = Rate(burst=1, per_second=0.001)
    assert (await client.call("POST", "/api/gesprekken", headers=FROM_HERE))[0] == 201
    async with client.session.post(client.base + "/api/gesprekken", headers=FROM_HERE) as answer:
        assert answer.status == 429
        assert int(answer.headers["Retry-After"]) > 0
    assert (await client.call("POST", "/api/gesprekken", headers=FROM_THERE))[0] == 201


async def test_when_the_house_is_full_a_new_parent_waits_and_those_inside_go_on(client: Client) -> None:
    for _ in range(2):
        assert (await client.call("POST", "/api/gesprekken"))[0] == 201
    status, data = await client.call("POST", "/api/gesprekken")
    assert status == 503
    assert "erg druk" in data["melding"] and "112" in data["melding"]
    assert (await client.send("bericht-1", "vraag"))[0] == 202


async def test_more_listeners_than_fit_are_told_so(client: Client) -> None:
    async with aiohttp.ClientSession() as session:
        streams = [await session.get(f"{client.base}/api/stroom", headers=client.headers) for _ in range(4)]
        assert [stream.status for stream in streams] == [200, 200, 200, 503]
        for stream in streams:
            stream.close()


async def test_the_oldest_tab_makes_place_for_one_more(client: Client, door: RunningDoor) -> None:
    door.app.ctx.door.gate._most = 100
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        oldest = await session.get(f"{client.base}/api/stroom", headers=client.headers)
        others = [
            await session.get(f"{client.base}/api/stroom", headers=client.headers)
            for _ in range(STREAMS_PER_CONVERSATION)
        ]
        await asyncio.wait_for(oldest.content.read(), 2)
        assert door.app.ctx.door.hub.listeners() == STREAMS_PER_CONVERSATION
        for stream in others:
            stream.close()
