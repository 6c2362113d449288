"""The stream of a conversation (server-sent events), to be read with fetch."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from sanic import Blueprint, Request

from bot.chat.context import Context
from bot.chat.hub import Event, Subscriber

HEARTBEAT = 15.0
"""Seconds of silence after which a comment is sent: Sanic and proxies cut a stream that says nothing."""

_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}

Send = Callable[[str], Awaitable[Any]]


def add_stream(routes: Blueprint, context: Context) -> None:
    """Add ``GET /stroom``."""

    @routes.get("/stroom")
    async def stroom(request: Request) -> None:
        conversation = await context.conversation(request)
        context.gate.admit_stream()
        feed = _Feed(context, conversation.id, _last_event_id(request))
        response = await request.respond(content_type="text/event-stream; charset=utf-8", headers=_HEADERS)
        with context.hub.subscribe(conversation.id) as subscriber:
            await feed.run(subscriber, partial(response.send))
        await response.eof()


class _Feed:
    """Sends every message after the last one the client has, once and in order."""

    def __init__(self, context: Context, conversation_id: str, last: int) -> None:
        self._context, self._conversation_id, self._last = context, conversation_id, last

    async def run(self, subscriber: Subscriber, send: Send) -> None:
        await send("retry: 1000\n\n")
        await self._catch_up(send)
        if self._context.turns.busy(self._conversation_id):
            await send(as_text(Event("bezig", {"bezig": True})))
        for known in await self._context.live.now(self._conversation_id):
            await send(as_text(known))
        while not subscriber.closed:
            event = await subscriber.next(HEARTBEAT)
            if event is None:
                await send(": \n\n")
                # A request that broke off after it stored a message told nobody.
                await self._catch_up(send)
            elif event.seq is None:
                await send(as_text(event))
            else:
                await self._message(event, send)

    async def _message(self, event: Event, send: Send) -> None:
        if event.seq == self._last + 1:
            await self._send(event, send)
        elif event.seq is not None and event.seq > self._last:
            # Something in between was missed; the store has it.
            await self._catch_up(send)

    async def _catch_up(self, send: Send) -> None:
        context = self._context
        for message in await context.lane.run(context.store.after, self._conversation_id, self._last):
            await self._send(Event("bericht", context.item(message), message.seq), send)

    async def _send(self, event: Event, send: Send) -> None:
        await send(as_text(event))
        self._last = event.seq or self._last


def as_text(event: Event) -> str:
    """An event in the form of the ``text/event-stream`` format."""
    number = f"id: {event.seq}\n" if event.seq is not None else ""
    return f"{number}event: {event.name}\ndata: {json.dumps(event.data, ensure_ascii=False)}\n\n"


def _last_event_id(request: Request) -> int:
    raw = request.headers.get("last-event-id", "")
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 10 else 0
