"""The live part of the inbox: the stream of an open page, being available, and talking with a parent."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import empty
from sanic.response import json as json_answer

from bot.chat.hub import Event, Subscriber
from bot.chat.stream import as_text
from bot.chat.takeover import CannotJoin, NotInConversation
from bot.db import writing
from bot.handoff import presence
from bot.handoff.accounts import set_available
from bot.handoff.inbox.gate import Gate, Visitor, go
from bot.handoff.inbox.live_items import live_item
from bot.handoff.inbox.services import in_thread
from bot.handoff.inbox.work_pages import back_to_case
from bot.handoff.sessions import session_account

if TYPE_CHECKING:
    from bot.chat.live import LiveDesk
    from bot.chat.takeover import Live

LONGEST = 2000
"""Characters in one message to a parent."""

_CASE = re.compile(r"[0-9a-f]{32}")
_MESSAGE = re.compile(r"[A-Za-z0-9_-]{8,64}")
_TOLD = {
    "gone": "veranderd",
    "taken": "bezet",
    "closed": "gesloten",
    "no_conversation": "gewist",
    "absent": "ouder_weg",
}
Send = Callable[[str], Awaitable[Any]]


def add_live(routes: Blueprint, gate: Gate, live: LiveDesk) -> None:
    """Add the stream and the forms."""
    _add_stream(routes, gate, live)
    _add_presence(routes, gate, live)
    _add_conversation(routes, gate, live)


def _add_stream(routes: Blueprint, gate: Gate, live: LiveDesk) -> None:
    @routes.get("/stroom")
    @gate.member
    async def stream(request: Request, visitor: Visitor) -> HTTPResponse | None:
        talk = await _own_conversation(live, visitor, request.args.get("zaak") or "")
        last = request.headers.get("last-event-id") or request.args.get("na") or ""
        feed = _Feed(gate, live, visitor, talk, int(last) if last.isascii() and last.isdigit() else 0)
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        response = await request.respond(content_type="text/event-stream; charset=utf-8", headers=headers)
        async with live.page(visitor.account.id, talk.conversation_id if talk else None) as (subscriber, page):
            await feed.run(subscriber, page, response.send)
        await response.eof()
        return None

    @routes.post("/hart")
    @gate.member
    async def beat(request: Request, visitor: Visitor) -> HTTPResponse:
        await in_thread(live.presence.beat, str(request.form.get("pagina") or ""), visitor.account.id)
        return empty()


async def _own_conversation(live: LiveDesk, visitor: Visitor, case_id: str) -> Live | None:
    """The conversation of a case, for the ouderadviseur who is in it and nobody else."""
    if not _CASE.fullmatch(case_id):
        return None
    lives = await in_thread(live.takeover.all)
    return next((it for it in lives if it.case_id == case_id and it.account_id == visitor.account.id), None)


class _Feed:
    """What one open page hears."""

    def __init__(self, gate: Gate, live: LiveDesk, visitor: Visitor, talk: Live | None, last: int) -> None:
        self._gate, self._live, self._visitor, self._talk = gate, live, visitor, talk
        self._last = last
        self._there: bool | None = None

    async def run(self, subscriber: Subscriber, page: str, send: Send) -> None:
        await send("retry: 1000\n\n")
        await self._say_what_was_said(send)
        beat = 0.0
        while not subscriber.closed:
            if time.monotonic() >= beat:
                if not await self._still_in():
                    await send(as_text(Event("uit", {})))
                    return
                await send(as_text(Event("hart", {"pagina": page})))
                beat = time.monotonic() + presence.BEAT
                # A request that broke off after it stored a message told nobody.
                await self._say_what_was_said(send)
            await self._say_parent(send)
            event = await subscriber.next(max(beat - time.monotonic(), 0.01))
            if event is not None and event.name == "sessies":
                beat = 0.0
            elif event is not None:
                await self._pass_on(event, send)

    async def _still_in(self) -> bool:
        """A session that was ended elsewhere, or a role that was taken away, ends the stream too."""
        services = self._gate.services
        account = await in_thread(session_account, services.engine, self._visitor.token, services.clock(), False)
        return account is not None and account.role == "ouderadviseur"

    async def _pass_on(self, event: Event, send: Send) -> None:
        if event.name == "bericht":
            await self._say_what_was_said(send)
        elif event.name in ("veranderd", "collegas", "gewist"):
            await send(as_text(event))

    async def _say_what_was_said(self, send: Send) -> None:
        if self._talk is None:
            return
        still = await in_thread(self._live.takeover.of_conversation, self._talk.conversation_id)
        if still is None or still != self._talk:
            self._talk = None
            return
        for message, text in await self._live.heard(self._talk, self._last):
            item = {name: str(value) if name == "html" else value for name, value in live_item(message, text).items()}
            await send(as_text(Event("bericht", item, message.seq)))
            self._last = message.seq

    async def _say_parent(self, send: Send) -> None:
        if self._talk is None:
            return
        there = self._live.parent_is_there(self._talk.conversation_id)
        if there != self._there:
            self._there = there
            await send(as_text(Event("ouder", {"aanwezig": there})))


def _add_presence(routes: Blueprint, gate: Gate, live: LiveDesk) -> None:
    @routes.post("/aanwezig")
    @gate.member
    async def send_presence(request: Request, visitor: Visitor) -> HTTPResponse:
        available, account = request.form.get("aanwezig") == "ja", visitor.account

        def store() -> None:
            with writing(gate.services.engine) as connection:
                set_available(connection, account.id, available, gate.services.clock())

        await in_thread(store)
        await live.tick()
        return go("/inbox")


def _add_conversation(routes: Blueprint, gate: Gate, live: LiveDesk) -> None:
    @routes.post("/zaken/<case_id:str>/gesprek")
    @gate.member
    async def send_join(_request: Request, visitor: Visitor, case_id: str) -> HTTPResponse:
        try:
            await live.join(case_id, visitor.account)
        except CannotJoin as error:
            return back_to_case(case_id, _TOLD[error.reason])
        return go(f"/inbox/zaken/{case_id}#gesprek-nu")

    @routes.post("/zaken/<case_id:str>/bericht")
    @gate.member
    async def send_message(request: Request, visitor: Visitor, case_id: str) -> HTTPResponse:
        text, message_id = str(request.form.get("tekst") or "").strip()[:LONGEST], request.form.get("id") or ""
        told = "leeg" if not text or not _MESSAGE.fullmatch(message_id) else ""
        if not told:
            try:
                await live.say(case_id, visitor.account, message_id, text)
            except NotInConversation:
                told = "niet_in_gesprek"
        if request.headers.get("accept") == "application/json":
            return json_answer({"melding": told}, status=409 if told else 200, dumps=json.dumps)
        return back_to_case(case_id, told)

    @routes.post("/zaken/<case_id:str>/teruggeven")
    @gate.member
    async def send_leave(_request: Request, visitor: Visitor, case_id: str) -> HTTPResponse:
        await live.leave(case_id, visitor.account.id)
        return back_to_case(case_id)
