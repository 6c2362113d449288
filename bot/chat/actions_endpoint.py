"""The assistant's way to the actions: one connection that stays open, and the id of the request goes along."""

from __future__ import annotations

from typing import Any

import aiohttp
from jsonschema.validators import validator_for  # type: ignore[import-untyped]
from rasa.core.actions.action import RemoteAction
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

from bot import logs


def check_results_once_compiled() -> None:
    """Let Rasa check the result of an action without checking its own schema each time, which takes far longer."""
    schema = RemoteAction.action_response_format_spec()
    validator = validator_for(schema)(schema)

    def check(_action: RemoteAction, result: Any) -> bool:
        validator.validate(result)
        return True

    RemoteAction._validate_action_result = check


_TIMEOUT = aiohttp.ClientTimeout(total=10, connect=1)


class ActionsEndpoint(EndpointConfig):  # type: ignore[misc]
    """As Rasa's own, which makes a new session and a new connection for every call."""

    def __init__(self, port: int, secret: str) -> None:
        """``secret`` is ``Keys.internal``."""
        super().__init__(
            f"http://127.0.0.1:{port}/webhook", headers={"X-Ouderchat": secret}, enable_selective_domain=True
        )
        self._kept: aiohttp.ClientSession | None = None

    async def request(self, method: str = "post", json: Any = None, **_options: Any) -> Any:
        """Call an action.

        Raises:
            ClientResponseError: the server refused; status 400 when a form rejected the message.
            aiohttp.ClientError: it cannot be reached.
        """
        try:
            return await self._request(method, json)
        except (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError):
            # The actions were started again since the last call. No action does its work twice.
            return await self._request(method, json)

    async def _request(self, method: str, json: Any) -> Any:
        headers = {**self.headers, logs.REQUEST_ID: logs.current_id()}
        async with self._session_kept().request(method, self.url, json=json, headers=headers) as answer:
            if answer.status >= 400:
                raise ClientResponseError(answer.status, answer.reason, (await answer.read()).decode(errors="replace"))
            return await answer.json()

    async def close(self) -> None:
        """Close the connections."""
        if self._kept is not None:
            await self._kept.close()
            self._kept = None

    def _session_kept(self) -> aiohttp.ClientSession:
        if self._kept is None:
            self._kept = aiohttp.ClientSession(timeout=_TIMEOUT)
        return self._kept
