"""A stored message as the chat shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from bot.chat.glossary import explained
from bot.chat.messages import BotMessage
from bot.chat.render import markdown_html, plain_html
from bot.chat.store import Entry, Message
from bot.handoff.cases import readable
from bot.privacy.vault import Vault, conversation_scope
from bot.topics import Topic

Item = dict[str, Any]
AsItem = Callable[[Message], Item]
"""A message as the chat shows it, with what it needs filled in."""


def as_entry(message: BotMessage) -> Entry:
    """A reply of the bot in the form in which it is stored."""
    buttons = [{"titel": button.title, "keuze": button.topic} for button in message.buttons]
    return Entry("bot", message.text, {"knoppen": buttons, "meta": dict(message.metadata)})


def as_item(message: Message, topics: Mapping[str, Topic], vault: Vault | None = None) -> Item:
    """A message as JSON for the chat. With ``vault`` the words of an ouderadviseur are shown as they were typed.

    ``van`` is who wrote it, ``html`` is safe to show, ``knoppen`` have a ``titel`` and a ``keuze`` that goes back with
    a click (and ``soort: vervolg`` for a follow-up topic), ``tijd`` is UTC, ``id`` is what the client called it.
    """
    own, text = message.author == "ouder", message.text
    if vault is not None and message.author == "mens":
        text = readable(vault.reveal(conversation_scope(message.conversation_id), text))
    return {
        "seq": message.seq,
        "id": message.client_id,
        "van": message.author,
        "tekst": text,
        "html": _html(message, text),
        "knoppen": [] if own else _buttons(message, topics),
        "meta": _parents_meta(message) if own else dict(message.extra.get("meta") or {}),
        "tijd": message.at.isoformat(timespec="seconds") + "Z",
    }


def item_maker(topics: Mapping[str, Topic], vault: Vault) -> AsItem:
    """:func:`as_item` with topics and vault filled in."""
    return partial(as_item, topics=topics, vault=vault)


def _html(message: Message, text: str) -> str:
    """What people say is text; only the bot and the door write Markdown."""
    if message.author in ("ouder", "mens"):
        return plain_html(text)
    html = markdown_html(text)
    return explained(html, message.topic) if message.author == "bot" else html


def _parents_meta(message: Message) -> dict[str, Any]:
    return {"weggelaten": list(message.extra.get("weggelaten") or ())}


def _buttons(message: Message, topics: Mapping[str, Topic]) -> list[dict[str, str]]:
    """The buttons of the reply itself, then the follow-up topics that they do not offer yet."""
    own = [dict(button) for button in message.extra.get("knoppen") or ()]
    offered = {button["keuze"] for button in own}
    follow_ups = (message.extra.get("meta") or {}).get("vervolg") or ()
    return own + list(_follow_ups((topic for topic in follow_ups if topic not in offered), topics))


def _follow_ups(ids: Iterable[str], topics: Mapping[str, Topic]) -> Iterable[dict[str, str]]:
    # A topic that was withdrawn since the message was stored has no button any more.
    for topic in ids:
        if topic in topics:
            yield {"titel": topics[topic].button, "keuze": topic, "soort": "vervolg"}
