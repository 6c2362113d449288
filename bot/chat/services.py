"""What the door works with; tests put fakes in its place."""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from sanic import Blueprint
from sqlalchemy.engine import Engine

from bot.chat.messages import Assistant
from bot.handoff.intake import Intake
from bot.nlu.danger import Detector
from bot.privacy.vault import Vault
from bot.settings import ROOT, Settings

if TYPE_CHECKING:
    from bot.chat.live import LiveDesk

Result = TypeVar("Result")


class DoorAssistant(Assistant, Protocol):
    """The assistant as the door needs it; ``version`` is of content and model, as it said when last asked."""

    version: Mapping[str, str]

    async def ready(self) -> bool:
        """Whether messages can be answered now."""

    async def close(self) -> None:
        """Let go of the connections."""


class Delivers(Protocol):
    """The outbox as the door needs it."""

    def deliver_due(self) -> int:
        """Do what is due; never raises."""

    def health(self) -> dict[str, int]:
        """Counts for the health page."""


@dataclass
class Services:
    """Everything outside the door itself.

    Attributes:
        settings: of this installation.
        engine: the database, up to date.
        vault: for what the hand-off may need.
        detector: recognises danger.
        assistant: answers messages.
        intake: takes a hand-off in.
        outbox: delivers what waits; None in tests that need no mail.
        inbox: makes the routes of the inbox under ``/inbox``; None when it is served elsewhere.
        answers_dir: the files with the answers, for the page on which they can be searched.
    """

    settings: Settings
    engine: Engine
    vault: Vault
    detector: Detector
    assistant: DoorAssistant
    intake: Intake
    outbox: Delivers | None = None
    inbox: Callable[[LiveDesk], Blueprint] | None = None
    answers_dir: Any = ROOT / "data" / "nlu"


class Lane:
    """One thread for the database, so that the event loop never waits and writers do not wait for each other."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="database")

    async def run(self, work: Callable[..., Result], *args: Any, **kwargs: Any) -> Result:
        """Do ``work`` in the thread and wait for it."""
        # With the id of the request, for the lines that the work may log.
        own = partial(contextvars.copy_context().run, work, *args, **kwargs)
        return await asyncio.get_running_loop().run_in_executor(self._pool, own)

    def start(self, work: Callable[..., Any], *args: Any) -> None:
        """Do ``work`` in the thread without waiting for it; a door that has closed does it no more."""
        with suppress(RuntimeError):
            self._pool.submit(work, *args)

    def close(self) -> None:
        """End the thread after what it is doing."""
        self._pool.shutdown(wait=True)
