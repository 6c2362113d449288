"""Whether the door runs, and whether the assistant behind it answers."""

from __future__ import annotations

from sanic import Request, Sanic
from sanic.response import HTTPResponse, json

from bot.chat.services import DoorAssistant


def add_health(app: Sanic, assistant: DoorAssistant) -> None:
    """Add ``GET /health``: 200 as long as the door runs, also while the assistant is away."""

    @app.get("/health")
    async def health(_request: Request) -> HTTPResponse:
        return json({"door": True, "assistant": await assistant.ready()})
