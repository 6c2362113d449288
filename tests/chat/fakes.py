"""Stand-ins for what is behind the door, and a door to talk to."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import aiohttp
from sanic import Sanic
from sqlalchemy.engine import Engine

from bot.chat.door import make_door
from bot.chat.messages import AssistantAway, AssistantReply, BotMessage, Button
from bot.chat.protocol import DoorProtocol
from bot.chat.services import Services
from bot.handoff.hours import Hours
from bot.handoff.intake import Intake
from bot.keys import Keys
from bot.nlu.danger import Detector
from bot.privacy.vault import Vault
from bot.settings import Settings

Script = Callable[[str, Mapping[str, Any]], AssistantReply]

SOURCE = {"naam": "Passend Onderwijs Almere: de TLV", "url": "https://passendonderwijs-almere.nl/tlv/"}


def said(text: str, *buttons: Button, **metadata: Any) -> AssistantReply:
    """A reply of one message."""
    return AssistantReply((BotMessage(text, buttons, metadata),), 0.9)


def echo(text: str, metadata: Mapping[str, Any]) -> AssistantReply:
    """Says what it heard."""
    return said(f"Antwoord op: {text}", besluit="answer", onderwerp=metadata.get("keuze") or "tlv/uitleg")


class FakeAssistant:
    """Answers by a script; can be away or slow; remembers what it was sent."""

    def __init__(self, script: Script = echo) -> None:
        self.script = script
        self.away = False
        self.hold: asyncio.Event | None = None
        self.sent: list[tuple[str, str, str, dict[str, Any]]] = []
        self.replies: dict[tuple[str, str], AssistantReply] = {}
        self.wiped: list[str] = []
        self.version = {"inhoud": "inhoud-1", "model": "model-1"}

    async def send(
        self, conversation_id: str, message_id: str, text: str, metadata: Mapping[str, Any]
    ) -> AssistantReply:
        if self.away:
            raise AssistantAway("fake")
        self.sent.append((conversation_id, message_id, text, dict(metadata)))
        if self.hold is not None:
            await self.hold.wait()
        key = (conversation_id, message_id)
        if key not in self.replies:
            self.replies[key] = self.script(text, metadata)
        return self.replies[key]

    async def wipe(self, conversation_id: str) -> None:
        if self.away:
            raise AssistantAway("fake")
        self.wiped.append(conversation_id)

    async def ready(self) -> bool:
        return not self.away

    async def close(self) -> None:
        pass


def fake_services(engine: Engine, settings: Settings, keys: Keys, assistant: FakeAssistant) -> Services:
    """Everything real but the assistant; no mail, no inbox."""
    vault = Vault(engine, keys)
    intake = Intake(engine, vault, Hours(settings.knowledge_dir))
    return Services(settings, engine, vault, Detector.load(), assistant, intake)


class Client:
    """A parent's browser, without the browser."""

    def __init__(self, base: str, session: aiohttp.ClientSession, token: str = "") -> None:
        self.base, self.session, self.token = base, session, token

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    async def begin(self) -> str:
        status, data = await self.call("POST", "/api/gesprekken")
        assert status == 201
        self.token = data["token"]
        return str(data["gesprek"])

    async def call(self, method: str, path: str, body: Any = None, **options: Any) -> tuple[int, Any]:
        headers = {**self.headers, **options.pop("headers", {})}
        async with self.session.request(method, self.base + path, json=body, headers=headers, **options) as answer:
            text = await answer.text()
            return answer.status, json.loads(text) if text and answer.content_type == "application/json" else text

    async def send(
        self, client_id: str, text: str, headers: Mapping[str, str] | None = None, **more: Any
    ) -> tuple[int, Any]:
        body = {"id": client_id, "text": text, **more}
        return await self.call("POST", "/api/berichten", body, headers=headers or {})

    async def messages(self) -> list[dict[str, Any]]:
        status, data = await self.call("GET", "/api/gesprek")
        assert status == 200, data
        return list(data["berichten"])

    async def wait_for(self, number: int, seconds: float = 5.0) -> list[dict[str, Any]]:
        """The messages, once there are so many."""
        for _ in range(int(seconds / 0.02)):
            found = await self.messages()
            if len(found) >= number:
                return found
            await asyncio.sleep(0.02)
        raise AssertionError(f"{len(found)} messages, not {number}: {[item['tekst'] for item in found]}")

    async def events(self, number: int, last: int = 0, seconds: float = 5.0) -> list[tuple[str, str | None, Any]]:
        """The first events of the stream: name, id, data."""
        headers = {**self.headers, "Last-Event-ID": str(last)}
        found: list[tuple[str, str | None, Any]] = []
        async with self.session.get(f"{self.base}/api/stroom", headers=headers) as answer:
            assert answer.status == 200
            while len(found) < number:
                block = await asyncio.wait_for(_block(answer), seconds)
                if "event" in block:
                    found.append((block["event"], block.get("id"), json.loads(block["data"])))
        return found


async def _block(answer: aiohttp.ClientResponse) -> dict[str, str]:
    fields: dict[str, str] = {}
    while line := (await answer.content.readline()).decode().rstrip("\n"):
        name, _, value = line.partition(":")
        fields[name] = value.strip()
    return fields


class RunningDoor:
    """A door in a thread with a loop of its own, for tests that talk to it over HTTP."""

    def __init__(self, services: Services, port: int = 0, app: Sanic | None = None) -> None:
        self.services = services
        self.socket = socket.socket()
        # So that a door can come back at the same address.
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(("127.0.0.1", port))
        self.base = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        # Sanic rewrites its own methods at start; only in this mode it can do so more than once in a process.
        Sanic.test_mode = True
        self.app: Sanic = app or make_door(services)
        self.loop = asyncio.new_event_loop()
        self._started = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> RunningDoor:
        self._thread.start()
        assert self._started.wait(30), "the door did not start"
        return self

    def stop(self) -> None:
        asyncio.run_coroutine_threadsafe(self._stop(), self.loop).result(10)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(10)
        self.loop.close()

    def in_loop(self, work: Callable[[], Any]) -> None:
        """Do something in the loop of the door."""
        self.loop.call_soon_threadsafe(work)

    def _run(self) -> None:
        asyncio.set_event_loop(self.loop)
        self.loop.run_until_complete(self._serve())
        self._started.set()
        self.loop.run_forever()

    async def _serve(self) -> None:
        server = await self.app.create_server(
            sock=self.socket, protocol=DoorProtocol, return_asyncio_server=True, access_log=False
        )
        assert server is not None
        await server.startup()
        await server.before_start()
        self._server = server
        await server.start_serving()
        await server.after_start()

    async def _stop(self) -> None:
        await self._server.before_stop()
        await self._server.close()
        for connection in tuple(self._server.connections):
            connection.abort()
        await asyncio.sleep(0.05)


@contextmanager
def running(services: Services) -> Iterator[RunningDoor]:
    """A door for the length of a ``with`` block."""
    door = RunningDoor(services).start()
    try:
        yield door
    finally:
        door.stop()
