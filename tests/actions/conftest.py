"""Runs an action on one message, the way the action server does."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

Said = Callable[..., dict[str, Any]]


@pytest.fixture
def said() -> Said:
    """``said(action, text, keuze)``: the one message that an action utters."""

    def run(action: Action, text: str, keuze: str | None = None) -> dict[str, Any]:
        message = {"text": text, "metadata": {"keuze": keuze} if keuze else {}}
        tracker = Tracker("gesprek", {}, message, [], False, None, {}, None)
        dispatcher = CollectingDispatcher()
        asyncio.run(action.run(dispatcher, tracker, {}))
        (uttered,) = dispatcher.messages
        return dict(uttered)

    return run
