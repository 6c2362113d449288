"""The Rasa channel between the door and the assistant: loopback only, guarded by a shared secret."""

from __future__ import annotations

import hmac
import time
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from functools import wraps
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Request, response
from sanic.response import HTTPResponse

from bot import logs
from bot.chat.rasa_turn import CHANNEL, forget, run_turn

log = logs.get(__name__)

Handler = Callable[..., Coroutine[Any, Any, HTTPResponse]]


class DoorChannel(InputChannel):  # type: ignore[misc]
    """Returns each bot message whole, repeats the stored reply for a repeated message id, and can wipe."""

    def __init__(self, secret: str, version: Mapping[str, str]) -> None:
        """``secret`` is what the door sends in the header ``X-Ouderchat``; ``version`` goes with every answer."""
        self._secret, self._version = secret, dict(version)
        self._busy = 0

    @classmethod
    def name(cls) -> str:
        """The part of the address: ``/webhooks/ouderchat``."""
        return CHANNEL

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes of the channel; Rasa's own handler is not used, since it returns no reply."""
        routes = Blueprint("ouderchat", __name__)

        @routes.get("/")
        @self._guarded
        async def ready(request: Request) -> HTTPResponse:
            agent = getattr(request.app.ctx, "agent", None)
            if agent is None or not agent.is_ready():
                return response.json({"ready": False}, status=503)
            return response.json({"ready": True, "versie": self._version, "bezig": self._busy})

        @routes.post("/bericht")
        @self._guarded
        async def message(request: Request) -> HTTPResponse:
            body = request.json
            agent = request.app.ctx.agent
            self._busy += 1
            try:
                reply = await run_turn(agent, body["conversation"], body["id"], body["text"], body["metadata"])
            finally:
                self._busy -= 1
            return response.json(reply.carrying(versie=self._version).as_dict())

        @routes.delete("/gesprek/<conversation_id:str>")
        @self._guarded
        async def wipe(request: Request, conversation_id: str) -> HTTPResponse:
            await forget(request.app.ctx.agent, conversation_id)
            return response.empty()

        return routes

    def _guarded(self, handler: Handler) -> Handler:
        @wraps(handler)
        async def checked(request: Request, *args: Any, **kwargs: Any) -> HTTPResponse:
            if not hmac.compare_digest(request.headers.get("x-ouderchat", ""), self._secret):
                return response.empty(status=403)
            with logs.request(request.headers.get(logs.REQUEST_ID, "")):
                return await _answered(handler, request, *args, **kwargs)

        return checked


async def _answered(handler: Handler, request: Request, *args: Any, **kwargs: Any) -> HTTPResponse:
    began = time.perf_counter()
    try:
        answer = await handler(request, *args, **kwargs)
    except Exception as error:
        # The text of an exception may quote the message of a parent: only its kind is logged.
        log.error("turn failed", error=type(error).__name__)
        answer = response.empty(status=500)
    ms = round(1000 * (time.perf_counter() - began), 1)
    log.info("request", method=request.method, status=answer.status, ms=ms)
    return answer
