"""A house that can be hurt, and parents who go on as the chat page does."""

from __future__ import annotations

import asyncio
import json
import signal
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import aiohttp

from bot.launch.child import Child
from bot.settings import Settings

PAUSE = 0.3
"""Seconds between two attempts of a parent whose door is away."""


async def crash(child: Child, seconds: float) -> None:
    """End a process at once, and start it again after a while."""
    child.signal(signal.SIGKILL)
    while child.running():
        await asyncio.sleep(0.01)
    await asyncio.sleep(seconds)
    child.start()


@dataclass(frozen=True)
class House:
    """The processes by name: ``door``, ``assistant``, ``actions``."""

    settings: Settings
    children: Mapping[str, Child]

    @property
    def base(self) -> str:
        return self.settings.base_url

    async def kill(self, name: str, seconds: float) -> None:
        """End a process at once, as a crash does, and start it again after a while."""
        await crash(self.children[name], seconds)

    async def until_ready(self, seconds: float = 180.0) -> None:
        """Wait until all three work together again."""
        async with aiohttp.ClientSession() as session:
            for _ in range(int(seconds / PAUSE)):
                with suppress(aiohttp.ClientError, asyncio.TimeoutError):
                    timeout = aiohttp.ClientTimeout(total=5)
                    async with session.get(f"{self.base}/ready", timeout=timeout) as answer:
                        if answer.status == 200:
                            return
                await asyncio.sleep(PAUSE)
        raise AssertionError("the house did not recover")


class Parent:
    """Sends until it is acknowledged, listens until it has everything; each message has one id for all attempts."""

    def __init__(self, session: aiohttp.ClientSession, base: str) -> None:
        self._session, self._base, self.id, self.token = session, base, "", ""
        self.sent: list[str] = []
        self.heard: list[dict[str, Any]] = []
        self._listening: asyncio.Task[None] | None = None

    async def begin(self) -> None:
        begun = await self.call("POST", "/api/gesprekken")
        self.id, self.token = begun["gesprek"], begun["token"]
        self._listening = asyncio.create_task(self._listen())

    async def send(self, text: str) -> None:
        client_id = uuid4().hex
        self.sent.append(client_id)
        await self.call("POST", "/api/berichten", {"id": client_id, "text": text})

    async def call(self, method: str, path: str, body: Any = None, seconds: float = 120.0) -> Any:
        """Ask the door until it answers; a refusal that is not about the moment fails the test."""
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        for _ in range(int(seconds / PAUSE)):
            with suppress(aiohttp.ClientError, asyncio.TimeoutError):
                timeout = aiohttp.ClientTimeout(total=10)
                url = self._base + path
                async with self._session.request(method, url, json=body, headers=headers, timeout=timeout) as answer:
                    if answer.status < 300:
                        return await answer.json(content_type=None)
                    assert answer.status in {429, 503}, (answer.status, await answer.text())
            await asyncio.sleep(PAUSE)
        raise AssertionError(f"{method} {path}: no answer")

    async def until_answered(self, seconds: float = 120.0) -> list[dict[str, Any]]:
        """Everything that was said, once each message has a reply and the stream has brought all of it."""
        for _ in range(int(seconds / PAUSE)):
            state = await self.call("GET", "/api/gesprek")
            stored = list(state["berichten"])
            authors = [item["van"] for item in stored]
            replied = authors.count("ouder") == len(self.sent) <= authors.count("bot") and not state["bezig"]
            if replied and len(self.heard) >= len(stored):
                return stored
            await asyncio.sleep(PAUSE)
        raise AssertionError(f"not answered: {authors}, heard {len(self.heard)}")

    async def leave(self) -> None:
        if self._listening:
            self._listening.cancel()
            with suppress(asyncio.CancelledError):
                await self._listening

    async def _listen(self) -> None:
        while True:
            with suppress(aiohttp.ClientError, asyncio.TimeoutError):
                await self._read()
            await asyncio.sleep(PAUSE)

    async def _read(self) -> None:
        last = self.heard[-1]["seq"] if self.heard else 0
        headers = {"Authorization": f"Bearer {self.token}", "Last-Event-ID": str(last)}
        timeout = aiohttp.ClientTimeout(total=None, sock_read=40)
        async with self._session.get(f"{self._base}/api/stroom", headers=headers, timeout=timeout) as stream:
            name = ""
            async for raw in stream.content:
                line = raw.decode().rstrip("\n")
                if line.startswith("event: "):
                    name = line[7:]
                elif line.startswith("data: ") and name == "bericht":
                    self.heard.append(json.loads(line[6:]))
