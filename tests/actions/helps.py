"""Runs the action of a help on a message as the classifier understood it."""

import asyncio
from collections.abc import Sequence
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher


def uttered(
    action: Action,
    text: str = "",
    about: dict[str, str] | None = None,
    choice: str = "",
    before: Sequence[dict[str, Any]] = (),
    slots: dict[str, str] | None = None,
) -> dict[str, Any]:
    """The one message that an action utters.

    Args:
        action: of the help.
        text: of the message.
        about: what the component found (``hulp``).
        choice: of a clicked button.
        before: metadata of what the bot said before, each in a turn of its own.
        slots: what is known.
    """
    message = {
        "text": text,
        "metadata": {"keuze": choice} if choice else {},
        "onderwerpen": {"besluit": "none", "opties": [], "ranking": [], "hulp": about or {}},
    }
    events = [
        event for said in before for event in ({"event": "user"}, {"event": "bot", "metadata": {"metadata": said}})
    ]
    tracker = Tracker("gesprek", slots or {}, message, [*events, {"event": "user"}], False, None, {}, None)
    dispatcher = CollectingDispatcher()
    asyncio.run(action.run(dispatcher, tracker, {}))
    (said,) = dispatcher.messages
    return dict(said)


def choices(message: dict[str, Any]) -> list[str]:
    """What the buttons of a message send along."""
    return [button["keuze"] for button in message["buttons"]]
