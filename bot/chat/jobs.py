"""What the door does by itself: messages left waiting, wipes, retention, the outbox."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

from bot import logs
from bot.chat.live import TICK, LiveDesk
from bot.chat.services import DoorAssistant, Lane, Services
from bot.chat.store import ConversationStore
from bot.chat.turns import Turns
from bot.chat.wiping import Wiper

log = logs.get(__name__)

START_PATIENCE = 60.0
"""Seconds that messages left over from a crash wait for the assistant to start."""


class Jobs:
    """The background tasks of one door."""

    def __init__(
        self,
        services: Services,
        store: ConversationStore,
        lane: Lane,
        turns: Turns,
        wiper: Wiper,
        live: LiveDesk,
    ) -> None:
        self._services, self._store, self._lane = services, store, lane
        self._turns, self._wiper, self._live = turns, wiper, live
        self._tasks: list[asyncio.Task[None]] = []
        self._started = False

    def start(self) -> None:
        """Start them all."""
        days = self._services.settings.conversation_days
        self._repeat(5.0, self._answer_left_over)
        self._repeat(2.0, self._wiper.repeat)
        self._repeat(TICK, self._live.tick)
        self._repeat(3600.0, lambda: self._wiper.retain(days))
        if self._services.outbox is not None:
            self._repeat(3.0, self._deliver)

    async def stop(self) -> None:
        """Stop them all."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _repeat(self, seconds: float, work: Callable[[], Awaitable[None]]) -> None:
        self._tasks.append(asyncio.create_task(_forever(seconds, work)))

    async def _answer_left_over(self) -> None:
        """Messages that were stored but not answered, after a crash or a fault of the database."""
        waiting = await self._lane.run(self._store.waiting)
        if waiting and not self._started:
            await wait_until_ready(self._services.assistant, START_PATIENCE)
        self._started = True
        for conversation_id in waiting:
            self._turns.wake(conversation_id)

    async def _deliver(self) -> None:
        # In a thread of its own: a mail server may take its time.
        if self._services.outbox is not None:
            await asyncio.to_thread(self._services.outbox.deliver_due)


async def wait_until_ready(assistant: DoorAssistant, seconds: float) -> None:
    """Wait until the assistant can answer, at most so long."""
    limit = time.monotonic() + seconds
    while time.monotonic() < limit and not await assistant.ready():
        await asyncio.sleep(0.5)


async def _forever(seconds: float, work: Callable[[], Awaitable[None]]) -> None:
    while True:
        try:
            await work()
        except Exception as error:
            log.error("background job failed", error=type(error).__name__)
        await asyncio.sleep(seconds)
