"""The chat API: start a conversation, send a message, read what was said, wipe it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sanic import Blueprint, Request
from sanic.response import HTTPResponse, json

from bot.chat.context import Context
from bot.chat.errors import Refused
from bot.chat.store import ConversationGone, Message
from bot.chat.turn import prepare
from bot.chat.turns import as_extra
from bot.privacy.vault import conversation_scope

CLIENT_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
# A topic, and after a colon which school, word or day a button chose: school/zoeken:12PM00.
_CHOICE = re.compile(r"[a-z0-9_]{1,40}(?:/[a-z0-9_]{1,40})?(?::[A-Za-z0-9_-]{1,40})?")
# A lone surrogate cannot be stored, and control characters have no place in a message.
_UNUSABLE = re.compile("[\ud800-\udfff\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True)
class Incoming:
    """A message as the client sent it; ``choice`` is the topic of a clicked button."""

    client_id: str
    text: str
    choice: str | None


def add_api(routes: Blueprint, context: Context) -> None:
    """Add the routes for conversations and messages."""

    @routes.post("/gesprekken")
    async def start(request: Request) -> HTTPResponse:
        await context.gate.admit_conversation(request)
        conversation_id, token = await context.lane.run(context.store.create)
        return json({"gesprek": conversation_id, "token": token}, status=201)

    @routes.post("/berichten")
    async def send(request: Request) -> HTTPResponse:
        taken = await context.lane.run(_take_in, context, request)
        message = taken.message
        if taken.is_new:
            context.turns.accepted(message)
        # Also the second time: the first request may have been broken off between storing and showing.
        context.turns.show(message)
        context.turns.wake(message.conversation_id)
        return json(_receipt(message), status=202 if taken.is_new else 200)

    @routes.get("/gesprek")
    async def read(request: Request) -> HTTPResponse:
        conversation = await context.conversation(request)
        messages = await context.lane.run(context.store.after, conversation.id)
        codes = await context.lane.run(context.services.intake.codes, conversation.id)
        items = [context.item(message) for message in messages]
        return json({"berichten": items, "bezig": context.turns.busy(conversation.id), "zaken": list(codes)})

    @routes.get("/aanwezig")
    async def presence(_request: Request) -> HTTPResponse:
        when = await context.lane.run(context.services.intake.closed_notice)
        return json({"aanwezig": context.live.someone, "wanneer": when})

    @routes.delete("/gesprek", ignore_body=False)
    async def wipe(request: Request) -> HTTPResponse:
        conversation = await context.conversation(request)
        case = request.args.get("zaak", "houden")
        if case not in ("intrekken", "houden"):
            raise Refused(400)
        await context.wiper.wipe(conversation.id, case == "intrekken")
        return json({"gewist": True})


def read_incoming(request: Request) -> Incoming:
    """The message in the body of a request.

    Raises:
        Refused: 400, a field is missing or of the wrong form.
    """
    body = read_object(request)
    client_id, text, choice = body.get("id"), body.get("text"), body.get("keuze")
    if not isinstance(client_id, str) or not CLIENT_ID.fullmatch(client_id) or not isinstance(text, str):
        raise Refused(400)
    if choice is not None and not (isinstance(choice, str) and _CHOICE.fullmatch(choice)):
        raise Refused(400)
    text = usable(text)
    if not text:
        raise Refused(400, "U hebt nog niets getypt.")
    return Incoming(client_id, text, choice)


def read_object(request: Request) -> dict[str, Any]:
    """The body of a request as a JSON object.

    Raises:
        Refused: 400, it is something else.
    """
    body = request.json
    if not isinstance(body, dict):
        raise Refused(400)
    return body


def usable(text: str) -> str:
    """The text without characters that cannot be stored or seen."""
    return _UNUSABLE.sub("", text.replace("\r\n", "\n")).strip()


@dataclass(frozen=True)
class _Taken:
    message: Message
    is_new: bool


def _take_in(context: Context, request: Request) -> _Taken:
    """All that a message asks of the database, in one go."""
    conversation = context.find(request)
    incoming = read_incoming(request)
    known = context.store.message(conversation.id, incoming.client_id)
    if known:
        return _Taken(known, False)
    context.gate.admit_message(request, conversation.id, incoming.text)
    return _Taken(_accept(context, conversation.id, incoming), True)


def _accept(context: Context, conversation_id: str, incoming: Incoming) -> Message:
    services = context.services
    prepared = prepare(incoming.text, incoming.choice, services.vault, conversation_id, services.detector)
    try:
        return context.store.add_parent(conversation_id, incoming.client_id, prepared.text, as_extra(prepared))
    except ConversationGone:
        # Wiped since the token was checked: what masking kept just now must go as well.
        services.vault.wipe(conversation_scope(conversation_id))
        raise


def _receipt(message: Message) -> dict[str, Any]:
    left_out = list(message.extra.get("weggelaten") or ())
    return {"id": message.client_id, "seq": message.seq, "text": message.text, "weggelaten": left_out}
