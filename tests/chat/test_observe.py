"""What an operator sees: health, readiness, metrics, the id of a request."""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import Iterator

import pytest

from bot import logs
from bot.chat.services import Services
from tests.chat.fakes import Client, FakeAssistant, RunningDoor, running

TOKEN = {"Authorization": "Bearer meten"}


@pytest.fixture
def actions(services: Services) -> Iterator[socket.socket]:
    """Something that listens where the actions would."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield listening


@pytest.fixture
def door(services: Services, actions: socket.socket) -> Iterator[RunningDoor]:
    changes = {"metrics_token": "meten", "actions_port": actions.getsockname()[1]}
    services.settings = services.settings.copy(update=changes)
    with running(services) as started:
        yield started


async def test_health_is_about_the_door_and_ready_about_the_whole(
    client: Client, assistant: FakeAssistant, actions: socket.socket
) -> None:
    assert await client.call("GET", "/health") == (
        200,
        {"door": True, "assistant": True, "versie": assistant.version},
    )
    assert await client.call("GET", "/ready") == (200, {"database": True, "assistant": True, "actions": True})
    assistant.away = True
    assert (await client.call("GET", "/health"))[0] == 200
    assert await client.call("GET", "/ready") == (503, {"database": True, "assistant": False, "actions": True})
    assistant.away = False
    actions.close()
    assert await client.call("GET", "/ready") == (503, {"database": True, "assistant": True, "actions": False})


@pytest.mark.parametrize("path", ["/health", "/ready"])
async def test_a_monitor_may_ask_for_the_head_alone(client: Client, path: str) -> None:
    assert await client.call("HEAD", path) == (200, "")


async def metrics(client: Client) -> dict[str, float]:
    status, text = await client.call("GET", "/metrics", headers=TOKEN)
    assert status == 200
    return {name: float(value) for name, value in re.findall(r"^([^#\s]\S*) (\S+)$", text, re.MULTILINE)}


async def test_messages_turns_and_times_are_counted(client: Client, assistant: FakeAssistant) -> None:
    await client.send("bericht-1", "Wat is een TLV?")
    await client.send("bericht-2", "ik wil niet meer leven")
    await client.wait_for(5)
    await asyncio.sleep(0.05)
    found = await metrics(client)
    assert found["ouderchat_messages_total"] == 2
    assert found["ouderchat_danger_total"] == 1
    assert found["ouderchat_reply_seconds_count"] == found["ouderchat_assistant_seconds_count"] == 2
    assert found['ouderchat_turns_total{decision="answer"}'] == 1
    assert found['ouderchat_requests_total{route="api/berichten",status="202"}'] == 2
    assert found["ouderchat_streams"] == 0


async def test_metrics_hold_nothing_that_was_said(client: Client) -> None:
    await client.send("bericht-geheim", "Noor op de Kleine Kapitein, bel 06-12345678")
    await client.call("GET", "/api/bestaat-niet/geheim")
    await client.wait_for(2)
    _, text = await client.call("GET", "/metrics", headers=TOKEN)
    for word in ("Noor", "geheim", "12345678", client.token):
        assert word not in text


@pytest.mark.parametrize("given", ["", "Bearer ", "Bearer fout", "Bearer métén"])
async def test_who_has_no_token_finds_no_metrics(client: Client, given: str) -> None:
    assert (await client.call("GET", "/metrics", headers={"Authorization": given}))[0] == 404


async def test_without_a_token_in_the_settings_there_are_no_metrics(services: Services) -> None:
    import aiohttp

    services.settings = services.settings.copy(update={"metrics_token": ""})
    async with aiohttp.ClientSession() as session:
        with running(services) as door:
            for given in ("Bearer ", "Bearer meten"):
                status, _ = await Client(door.base, session).call("GET", "/metrics", headers={"Authorization": given})
                assert status == 404


async def test_every_answer_names_its_request_and_never_one_that_the_client_made_up(client: Client) -> None:
    headers = {"X-Request-ID": "Noor"}
    async with client.session.get(client.base + "/health", headers=headers) as answer:
        assert re.fullmatch("[0-9a-f]{16}", answer.headers[logs.REQUEST_ID])


async def test_a_turn_carries_the_id_of_the_request_that_brought_its_message(
    client: Client, assistant: FakeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    original = assistant.send

    async def send(*arguments: object) -> object:
        seen.append(logs.current_id())
        return await original(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(assistant, "send", send)
    brought = []
    for number in range(3):
        body = {"id": f"bericht-{number}", "text": "vraag"}
        async with client.session.post(client.base + "/api/berichten", json=body, headers=client.headers) as answer:
            brought.append(answer.headers[logs.REQUEST_ID])
    await client.wait_for(6)
    assert seen == brought
