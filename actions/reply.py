"""How an action speaks: text and buttons, with what the door and ``ask`` need to know in the metadata."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.chat.messages import Decision

Button = dict[str, str]


def say(
    dispatcher: CollectingDispatcher,
    text: str,
    topic: str,
    decision: Decision,
    buttons: Sequence[Button] = (),
    **metadata: Any,
) -> None:
    """Utter a text.

    Args:
        dispatcher: of the action.
        text: Markdown.
        topic: the topic id that this answers.
        decision: what the turn came to.
        buttons: each with ``title``, ``payload`` (typed in plain text) and ``keuze`` (sent along with a click).
        metadata: more about the answer, such as ``bronnen``.
    """
    about = {"onderwerp": topic, "besluit": decision, **metadata}
    dispatcher.utter_message(text=text, buttons=list(buttons), metadata=about)


def button(title: str, choice: str, typed: str | None = None) -> Button:
    """A button; ``typed`` is what stands for it where buttons are only text."""
    return {"title": title, "payload": typed or title, "keuze": choice}


def choice_of(tracker: Tracker) -> str:
    """What a clicked button sent along, or nothing."""
    return str((tracker.latest_message.get("metadata") or {}).get("keuze") or "")


def detail_of(tracker: Tracker, topic: str) -> str:
    """What a clicked button says after the topic: ``12PM00`` in ``school/zoeken:12PM00``, or nothing."""
    chosen, _, detail = choice_of(tracker).partition(":")
    return detail if chosen == topic else ""
