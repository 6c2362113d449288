"""A parent at the door: sends messages and reads the stream until the reply is whole."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any
from uuid import uuid4

import aiohttp

PATIENCE = 20.0
"""Seconds that a parent waits for a reply."""


class NoReply(Exception):
    """A message was refused, or nothing came back in time."""


class Parent:
    """One conversation with its stream open."""

    def __init__(self, session: aiohttp.ClientSession, base: str, token: str) -> None:
        """See :func:`connected`."""
        self._session, self._base = session, base
        self._headers = {"Authorization": f"Bearer {token}"}
        self._events: asyncio.Queue[tuple[float, str, Any]] = asyncio.Queue()
        self.replies: list[tuple[str, Any]] = []
        """Text and metadata of what the bot said."""

    async def ask(self, text: str) -> float:
        """Send a message and wait for its reply.

        Returns:
            Seconds from sending to the last message of the reply.

        Raises:
            NoReply: the door refused it, or no reply came in time.
        """
        start = time.perf_counter()
        body = {"id": uuid4().hex, "text": text}
        post = self._session.post(f"{self._base}/api/berichten", json=body, headers=self._headers)
        async with post as answer:
            if answer.status >= 400:
                raise NoReply(f"status {answer.status}")
        try:
            return await asyncio.wait_for(self._last_reply(), PATIENCE) - start
        except asyncio.TimeoutError as error:
            raise NoReply("nothing came") from error

    async def _last_reply(self) -> float:
        replied: float | None = None
        while True:
            at, name, data = await self._events.get()
            if name == "bericht" and data["van"] == "bot":
                self.replies.append((data["tekst"], data.get("meta") or {}))
                replied = at
            elif name == "bezig" and not data["bezig"] and replied is not None:
                return replied

    async def listen(self) -> None:
        """Read the stream until it ends or the task is cancelled."""
        address = f"{self._base}/api/stroom"
        timeout = aiohttp.ClientTimeout(total=None)
        async with self._session.get(address, headers=self._headers, timeout=timeout) as stream:
            name = ""
            async for raw in stream.content:
                line = raw.decode().rstrip("\n")
                if line.startswith("event: "):
                    name = line[7:]
                elif line.startswith("data: "):
                    self._events.put_nowait((time.perf_counter(), name, json.loads(line[6:])))


@asynccontextmanager
async def connected(session: aiohttp.ClientSession, base: str) -> AsyncIterator[Parent]:
    """A parent with a new conversation, listening.

    Raises:
        aiohttp.ClientError: the door cannot be reached or makes no conversation.
    """
    async with session.post(f"{base}/api/gesprekken") as answer:
        answer.raise_for_status()
        token = (await answer.json())["token"]
    parent = Parent(session, base, token)
    listening = asyncio.create_task(parent.listen())
    try:
        yield parent
    finally:
        listening.cancel()
        with suppress(asyncio.CancelledError, aiohttp.ClientError):
            await listening
