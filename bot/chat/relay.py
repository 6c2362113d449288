"""The door's way to the assistant over loopback HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import aiohttp

from bot import logs
from bot.chat.messages import AssistantAway, AssistantReply

_TIMEOUT = aiohttp.ClientTimeout(total=15, connect=1)


class HttpAssistant:
    """The assistant process behind ``http://127.0.0.1:<port>``."""

    def __init__(self, port: int, secret: str) -> None:
        """``secret`` is ``Keys.internal``."""
        self._base = f"http://127.0.0.1:{port}/webhooks/ouderchat"
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
            return bool((await self._call("GET", "/")).get("ready"))
        except AssistantAway:
            return False

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _call(self, method: str, path: str, **options: Any) -> Any:
        if self._session is None:
            self._session = aiohttp.ClientSession(headers=self._headers, timeout=_TIMEOUT)
        headers = {logs.REQUEST_ID: logs.current_id()}
        try:
            async with self._session.request(method, self._base + path, headers=headers, **options) as answer:
                if answer.status >= 400:
                    raise AssistantAway(f"status {answer.status}")
                return {} if answer.status == 204 else await answer.json()
        except (aiohttp.ClientError, asyncio.TimeoutError, ValueError) as error:
            raise AssistantAway(type(error).__name__) from error
