"""What the hand-off form begins with: what the parent already told in the conversation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sanic import Blueprint, Request
from sanic.response import HTTPResponse, json

from bot.chat.context import Context
from bot.chat.store import Message
from bot.handoff.told import LeftOut, Said, Told, read_told

FORM = "overdracht"
"""The form that a reply of the bot opens, as its metadata names it."""


def add_handoff_begin(routes: Blueprint, context: Context) -> None:
    """Add what the form begins with."""

    @routes.get("/overdracht")
    async def begin(request: Request) -> HTTPResponse:
        conversation = await context.conversation(request)
        messages = await context.lane.run(context.store.after, conversation.id)
        return json(_as_form(read_told(said(messages))))


def said(messages: Sequence[Message]) -> Iterable[Said]:
    """What the parent typed since the last hand-off; not the words of a button, and nothing said in danger."""
    for place, message in enumerate(messages):
        later = messages[place + 1 :]
        if message.author != "ouder" or not message.client_id or any(_is_receipt(other) for other in later):
            continue
        if not message.extra.get("keuze") and not message.extra.get("gevaar"):
            yield Said(message.client_id, message.text, _opens_form(later))


def _is_receipt(message: Message) -> bool:
    return bool(_meta(message).get("ontvangst"))


def _opens_form(later: Iterable[Message]) -> bool:
    """Whether one of the replies, up to what the parent says next, opens the form."""
    for message in later:
        if message.author == "ouder":
            return False
        if _meta(message).get("formulier") == FORM:
            return True
    return False


def _meta(message: Message) -> dict[str, Any]:
    return dict(message.extra.get("meta") or {})


def _as_form(told: Told) -> dict[str, Any]:
    """By field of the form: a text, or where the browser finds what it took out of a message itself."""
    texts = {"waar_gaat_het_over": told.about, "moment": told.preferred, "tolk": told.interpreter}
    places = {"telefoon_of_email": told.contact, "naam": told.name}
    return {
        "velden": {name: text for name, text in texts.items() if text},
        "van_u": {name: _place(value) for name, value in places.items() if value},
    }


def _place(value: LeftOut) -> dict[str, Any]:
    return {"bericht": value.message, "plaats": value.place}
