"""A message of a live conversation as the ouderadviseur sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from bot.chat.render import markdown_html, plain_html
from bot.handoff.cases import readable

if TYPE_CHECKING:
    from bot.chat.store import Message


def live_item(message: Message, text: str) -> dict[str, Any]:
    """As JSON for the page: who, safe HTML, when, and whether a sign of danger was seen.

    Args:
        message: as it is stored.
        text: the same with the tokens revealed.
    """
    bot = message.author == "bot"
    return {
        "seq": message.seq,
        "van": message.author,
        "html": Markup(markdown_html(text) if bot else plain_html(readable(text))),
        "tijd": message.at.isoformat(timespec="seconds") + "Z",
        "gevaar": bool(message.extra.get("gevaar")),
    }
