"""Turns: per conversation one at a time, in the order in which the messages came; the store is the queue."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from typing import Any

from bot.chat.hub import Event, Hub
from bot.chat.items import as_entry, as_item
from bot.chat.messages import Assistant, AssistantAway, AssistantReply, Before
from bot.chat.services import Lane
from bot.chat.store import ConversationGone, ConversationStore, Message
from bot.chat.turn import Prepared, finish
from bot.nlu.danger import Danger
from bot.topics import Topic

logger = logging.getLogger(__name__)

DANGER_PATIENCE = 3.0
"""Seconds that a message of danger waits for the assistant; after that the door gives the help lines itself."""


def as_extra(prepared: Prepared) -> dict[str, Any]:
    """What is stored with a message of the parent, so that its turn can be done later."""
    extra: dict[str, Any] = {"weggelaten": list(prepared.removed)}
    if prepared.choice:
        extra["keuze"] = prepared.choice
    if prepared.danger:
        extra["gevaar"] = list(prepared.danger)
    if prepared.too_long:
        extra["te_lang"] = True
    return extra


def as_prepared(message: Message) -> Prepared:
    """A stored message in the form in which it was prepared."""
    extra = message.extra
    danger = Danger(*extra["gevaar"]) if extra.get("gevaar") else None
    removed = tuple(extra.get("weggelaten") or ())
    return Prepared(message.text, removed, danger, extra.get("keuze"), bool(extra.get("te_lang")))


class Turns:
    """Relays what waits and stores the replies, one worker per conversation."""

    def __init__(
        self, store: ConversationStore, lane: Lane, hub: Hub, assistant: Assistant, topics: Mapping[str, Topic]
    ) -> None:
        self._store, self._lane, self._hub = store, lane, hub
        self._assistant, self._topics = assistant, topics
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._again: set[str] = set()
        self._running: set[str] = set()

    def wake(self, conversation_id: str) -> None:
        """See to what waits in a conversation."""
        self._again.add(conversation_id)
        if conversation_id not in self._tasks:
            self._tasks[conversation_id] = asyncio.create_task(self._work(conversation_id))

    def busy(self, conversation_id: str) -> bool:
        """Whether a reply is being made now."""
        return conversation_id in self._running

    async def settle(self, conversation_id: str) -> None:
        """Wait until no turn of the conversation runs any more."""
        task = self._tasks.get(conversation_id)
        if task:
            await asyncio.wait([task])

    async def stop(self) -> None:
        """Break off all turns; what was not answered waits in the store."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _work(self, conversation_id: str) -> None:
        try:
            # A message that comes in during the last look sets the mark again, so none is left behind.
            while conversation_id in self._again:
                self._again.discard(conversation_id)
                await self._answer_waiting(conversation_id)
        except ConversationGone:
            logger.info("a conversation was wiped during its turn")
        except Exception as error:
            # The text of an error may quote a message. What waits is tried again by the background job.
            logger.error("turn not finished: %s", type(error).__name__)
        finally:
            self._again.discard(conversation_id)
            del self._tasks[conversation_id]

    async def _answer_waiting(self, conversation_id: str) -> None:
        waiting, before = await self._lane.run(self._to_answer, conversation_id)
        # Danger goes first, however many messages wait before it.
        for message in sorted(waiting, key=lambda entry: not entry.extra.get("gevaar")):
            self._show_busy(conversation_id, True)
            try:
                before = await self._turn(message, before)
            finally:
                self._show_busy(conversation_id, False)

    def _to_answer(self, conversation_id: str) -> tuple[list[Message], Before]:
        waiting = self._store.unanswered(conversation_id)
        return waiting, self._store.before(conversation_id) if waiting else Before()

    async def _turn(self, message: Message, before: Before) -> Before:
        """One turn; returns what goes before the next."""
        conversation_id, client_id = message.conversation_id, message.client_id or ""
        prepared = as_prepared(message)
        assistant = _Impatient(self._assistant) if prepared.danger else self._assistant
        turn = await finish(assistant, conversation_id, client_id, prepared, before=before)
        entries = [as_entry(said) for said in turn.reply]
        stored = await self._lane.run(self._store.answer, conversation_id, client_id, entries)
        for reply in stored:
            self.show(reply)
        return before.after(turn.decision, turn.topics, turn.options)

    def show(self, message: Message) -> None:
        """Pass a stored message on to everyone who has the conversation open."""
        self._hub.publish(message.conversation_id, Event("bericht", as_item(message, self._topics), message.seq))

    def _show_busy(self, conversation_id: str, busy: bool) -> None:
        (self._running.add if busy else self._running.discard)(conversation_id)
        self._hub.publish(conversation_id, Event("bezig", {"bezig": busy}))


class _Impatient:
    """An assistant that counts as away when it does not answer within a few seconds."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    async def send(
        self, conversation_id: str, message_id: str, text: str, metadata: Mapping[str, Any]
    ) -> AssistantReply:
        try:
            sending = self._assistant.send(conversation_id, message_id, text, metadata)
            return await asyncio.wait_for(sending, DANGER_PATIENCE)
        except asyncio.TimeoutError as error:
            raise AssistantAway("no answer in time") from error

    async def wipe(self, conversation_id: str) -> None:
        await self._assistant.wipe(conversation_id)
