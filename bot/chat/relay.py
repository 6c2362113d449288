"""The door's way to the assistant over loopback HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

import aiohttp

from bot import logs
from bot.chat.messages import AssistantAway, AssistantReply

_TIMEOUT = aiohttp.ClientTimeout(total=15, connect=1)


class HttpAssistant:
    """The assistant process behind ``http://127.0.0.1:<port>``."""

    def __init__(self, port: int | Callable[[], int], secret: str) -> None:
        """``port`` may be asked anew for each call (:mod:`bot.chat.where`); ``secret`` is ``Keys.internal``."""
        self._port = port if callable(port) else lambda: port
        self.version: Mapping[str, str] = {}
        self._headers = {"X-Ouderchat": secret}
        self._session: aiohttp.ClientSession | None = None

    async def send(
        self, conversation_id: str, message_id: str, text: str, metadata: Mapping[str, Any]
    ) -> AssistantReply:
        """See :class:`bot.chat.messages.Assistant`."""
        body = {"conversation": conversation_id, "id": message_id, "text": text, "metadata": dict(metadata)}
        raw = await self._call("POST", "/bericht", json=body)
        try:
            return AssistantReply.from_dict(raw)
        except (KeyError, TypeError, ValueError) as error:
            raise AssistantAway(f"unreadable reply: {type(error).__name__}") from error

    async def wipe(self, conversation_id: str) -> None:
        """See :class:`bot.chat.messages.Assistant`."""
        await self._call("DELETE", f"/gesprek/{conversation_id}")

    async def ready(self) -> bool:
        """Whether a model is loaded and messages can be answered."""
        try:
            answer = await self._call("GET", "/")
        except AssistantAway:
            return False
        self.version = answer.get("versie") or {}
        return bool(answer.get("ready"))

    async def busy(self) -> int:
        """How many messages it is answering now; 0 when it is away."""
        try:
            return int((await self._call("GET", "/")).get("bezig", 0))
        except AssistantAway:
            return 0

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _address(self, path: str) -> str:
        return f"http://127.0.0.1:{self._port()}/webhooks/ouderchat{path}"

    async def _call(self, method: str, path: str, **options: Any) -> Any:
        if self._session is None:
            self._session = aiohttp.ClientSession(headers=self._headers, timeout=_TIMEOUT)
        headers = {logs.REQUEST_ID: logs.current_id()}
        try:
            async with self._session.request(method, self._address(path), headers=headers, **options) as answer:
                if answer.status >= 400:
                    raise AssistantAway(f"status {answer.status}")
                return {} if answer.status == 204 else await answer.json()
        except (aiohttp.ClientError, asyncio.TimeoutError, ValueError) as error:
            raise AssistantAway(type(error).__name__) from error
