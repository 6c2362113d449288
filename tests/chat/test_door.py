"""The door as a process: what it imports, how it starts, what it logs."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import aiohttp
import pytest

from bot.chat.services import Services
from bot.handoff.inbox import InboxServices, make_inbox
from bot.keys import Keys
from bot.settings import ROOT
from tests.chat.fakes import Client, FakeAssistant, running


def run_door(var_dir: Path, port: int) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "OUDERCHAT_VAR_DIR": str(var_dir), "OUDERCHAT_DOOR_PORT": str(port)}
    command = [sys.executable, "-m", "bot.chat"]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)


def test_the_door_needs_neither_rasa_nor_tensorflow() -> None:
    check = (
        "import sys, bot.chat.__main__; "
        "heavy = {'rasa', 'rasa_sdk', 'tensorflow', 'spacy', 'sklearn', 'scipy'} & sys.modules.keys(); "
        "sys.exit(', '.join(sorted(heavy)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", check], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_port_in_use_gives_one_line_that_says_what_to_do(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = run_door(tmp_path, taken.getsockname()[1])
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert "OUDERCHAT_DOOR_PORT" in done.stderr


def test_secrets_that_others_can_read_give_one_line_that_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "geheimen.json").write_text("{}")
    (tmp_path / "geheimen.json").chmod(0o644)
    done = run_door(tmp_path, 0)
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert "chmod 600" in done.stderr


async def test_an_error_is_logged_without_what_the_parent_wrote(
    client: Client, assistant: FakeAssistant, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object) -> None:
        raise RuntimeError("geheime tekst")

    monkeypatch.setattr("bot.chat.api.prepare", broken)
    status, data = await client.send("bericht-1", "geheime tekst")
    assert status == 500
    assert "ging iets mis" in data["melding"]
    assert "geheim" not in caplog.text
    assert "RuntimeError" in caplog.text


async def test_a_turn_that_breaks_leaves_the_message_waiting(
    client: Client, assistant: FakeAssistant, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_text: str, _metadata: object) -> None:
        raise RuntimeError("geheime tekst")

    assistant.script = broken  # type: ignore[assignment]
    await client.send("bericht-1", "geheime tekst")
    for _ in range(100):
        if "turn not finished" in caplog.text:
            break
        await asyncio.sleep(0.02)
    assert "geheim" not in caplog.text
    assert [item["van"] for item in await client.messages()] == ["ouder"]


async def test_the_inbox_is_mounted_with_headers_of_its_own(services: Services, keys: Keys) -> None:
    inbox = InboxServices(services.engine, services.vault, services.settings, keys)
    services.inbox = partial(make_inbox, inbox)
    async with aiohttp.ClientSession() as session:
        with running(services) as door:
            async with session.get(door.base + "/inbox") as answer:
                policy = answer.headers["Content-Security-Policy"]
                assert answer.status == 200
    assert "script-src 'self';" in policy and "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_it_stops_at_once_when_asked_also_while_somebody_listens(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "OUDERCHAT_VAR_DIR": str(tmp_path), "OUDERCHAT_DOOR_PORT": str(port)}
    door = subprocess.Popen([sys.executable, "-m", "bot.chat"], cwd=ROOT, env=environment)
    try:
        asyncio.run(_listen(f"http://127.0.0.1:{port}", door.terminate))
        assert door.wait(8) == 0
    finally:
        door.kill()
        door.wait()


async def _listen(base: str, then: Callable[[], None]) -> None:
    async with aiohttp.ClientSession() as session:
        client = Client(base, session)
        for _ in range(600):
            try:
                await client.begin()
                break
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(0.1)
        async with session.get(f"{base}/api/stroom", headers=client.headers) as answer:
            await answer.content.readline()
            then()
            await asyncio.wait_for(answer.content.read(), 8)


async def test_two_doors_can_stop_and_start_on_the_same_conversations(services: Services) -> None:
    async with aiohttp.ClientSession() as session:
        with running(services) as door:
            client = Client(door.base, session)
            await client.begin()
            await client.send("bericht-1", "vraag")
            await client.wait_for(2)
        with running(services) as door:
            again = Client(door.base, session, client.token)
            assert len(await again.messages()) == 2
