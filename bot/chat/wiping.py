"""Wiping a conversation everywhere: store and vault at once, the assistant as soon as it can be reached."""

from __future__ import annotations

import asyncio

from sqlalchemy.engine import Connection

from bot import logs
from bot.chat.hub import Event, Hub
from bot.chat.services import Lane, Services
from bot.chat.store import ConversationStore
from bot.chat.turns import Turns
from bot.chat.wipes import PendingWipes, Wipe
from bot.db import forget_deleted
from bot.privacy.vault import conversation_scope

log = logs.get(__name__)

_PATIENCE = 2.0
"""Seconds that a parent waits for the assistant to forget; it goes on after that without the parent."""


class Wiper:
    """Carries out wipes, and repeats those that the assistant missed."""

    def __init__(self, services: Services, store: ConversationStore, lane: Lane, hub: Hub, turns: Turns) -> None:
        self._services, self._store, self._lane, self._hub, self._turns = services, store, lane, hub, turns
        self._pending = PendingWipes(services.engine)
        self._tasks: dict[str, asyncio.Task[None]] = {}

    async def wipe(self, conversation_id: str, withdraw_case: bool) -> None:
        """Delete the conversation from store and vault; its cases too when asked. The assistant follows."""
        await self._lane.run(self._erase, conversation_id, withdraw_case)
        self._hub.publish(conversation_id, Event("gewist", {}))
        task = self._start(Wipe(conversation_id, withdraw_case, 0))
        await asyncio.wait([task], timeout=_PATIENCE)

    async def repeat(self) -> None:
        """Try the wipes that are due."""
        for wipe in await self._lane.run(self._pending.due):
            self._start(wipe)

    async def retain(self, days: int) -> None:
        """Wipe the conversations in which nothing was written for more than ``days`` days; cases stay."""
        for conversation_id in await self._lane.run(self._store.expired, days):
            await self._lane.run(self._erase, conversation_id, False)
            self._hub.publish(conversation_id, Event("gewist", {}))

    async def stop(self) -> None:
        """Break off; what was not done is remembered."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _erase(self, conversation_id: str, withdraw_case: bool) -> None:
        if withdraw_case:
            self._services.intake.withdraw(conversation_id)

        def empty_vault(connection: Connection) -> None:
            self._services.vault.wipe(conversation_scope(conversation_id), connection)

        self._store.wipe(conversation_id, withdraw_case, empty_vault)
        forget_deleted(self._services.engine)

    def _start(self, wipe: Wipe) -> asyncio.Task[None]:
        running = self._tasks.get(wipe.conversation_id)
        if running:
            return running
        task = asyncio.create_task(self._forget(wipe))
        self._tasks[wipe.conversation_id] = task
        task.add_done_callback(lambda _done: self._tasks.pop(wipe.conversation_id, None))
        return task

    async def _forget(self, wipe: Wipe) -> None:
        # A running turn is waited for: what it leaves in vault, cases or the assistant goes with the rest.
        await self._turns.settle(wipe.conversation_id)
        try:
            await self._services.assistant.wipe(wipe.conversation_id)
            await self._lane.run(self._sweep, wipe)
        except Exception as error:
            log.warning("a wipe is repeated later", error=type(error).__name__)
            await self._lane.run(self._pending.failed, wipe)

    def _sweep(self, wipe: Wipe) -> None:
        if wipe.withdraw_case:
            self._services.intake.withdraw(wipe.conversation_id)
        self._services.vault.wipe(conversation_scope(wipe.conversation_id))
        self._pending.done(wipe.conversation_id)
        forget_deleted(self._services.engine)
