"""Turns: per conversation one at a time, in the order in which the messages came; the store is the queue."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from bot import logs
from bot.chat.hub import Event, Hub
from bot.chat.items import AsItem, as_entry
from bot.chat.messages import Assistant, AssistantAway, AssistantReply, Before, Turn
from bot.chat.metrics import Metrics
from bot.chat.services import Lane
from bot.chat.store import ConversationGone, ConversationStore, Message
from bot.chat.takeover import Takeover
from bot.chat.turn import Prepared, finish
from bot.nlu.danger import Danger

log = logs.get(__name__)

DANGER_PATIENCE = 3.0
"""Seconds that a message of danger waits for the assistant; after that the door gives the help lines itself."""

_REMEMBERED = 1000
"""Conversations of which what went before is kept in memory; of others the store is asked."""


def as_extra(prepared: Prepared) -> dict[str, Any]:
    """What is stored with a message of the parent, so that its turn can be done later."""
    extra: dict[str, Any] = {"weggelaten": list(prepared.removed)}
    if prepared.choice:
        extra["keuze"] = prepared.choice
    if prepared.danger:
        extra["gevaar" if prepared.danger.sure else "twijfel"] = list(prepared.danger)
    if prepared.too_long:
        extra["te_lang"] = True
    return extra


def as_prepared(message: Message) -> Prepared:
    """A stored message in the form in which it was prepared."""
    extra = message.extra
    found = extra.get("gevaar") or extra.get("twijfel")
    danger = Danger(*found) if found else None
    removed = tuple(extra.get("weggelaten") or ())
    return Prepared(message.text, removed, danger, extra.get("keuze"), bool(extra.get("te_lang")))


class Turns:
    """Relays what waits and stores the replies, one worker per conversation."""

    def __init__(
        self,
        store: ConversationStore,
        lane: Lane,
        hub: Hub,
        assistant: Assistant,
        takeover: Takeover,
        item: AsItem,
        metrics: Metrics,
    ) -> None:
        self._store, self._lane, self._hub = store, lane, hub
        self._assistant, self._takeover, self._item, self._metrics = assistant, takeover, item, metrics
        self._taken_in: dict[tuple[str, str | None], tuple[str, float]] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._before: OrderedDict[str, Before] = OrderedDict()
        self._again: set[str] = set()
        self._running: set[str] = set()

    def wake(self, conversation_id: str) -> None:
        """See to what waits in a conversation."""
        self._again.add(conversation_id)
        if conversation_id not in self._tasks:
            self._tasks[conversation_id] = asyncio.create_task(self._work(conversation_id))

    def accepted(self, message: Message) -> None:
        """A message was taken in just now: its turn carries the id of this request, and is timed from here."""
        self._taken_in[message.conversation_id, message.client_id] = (logs.current_id(), time.perf_counter())
        self._metrics.messages.inc()
        if message.extra.get("gevaar"):
            self._metrics.danger.inc()

    def running(self) -> int:
        """The number of conversations in which a reply is being made."""
        return len(self._running)

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
            log.info("a conversation was wiped during its turn")
        except Exception as error:
            # The text of an error may quote a message. What waits is tried again by the background job.
            log.error("turn not finished", error=type(error).__name__)
            self._metrics.failed.inc()
        finally:
            self._again.discard(conversation_id)
            del self._tasks[conversation_id]

    async def _answer_waiting(self, conversation_id: str) -> None:
        waiting, before = await self._lane.run(self._to_answer, conversation_id)
        # Danger goes first, however many messages wait before it.
        heard = False
        for message in sorted(waiting, key=lambda entry: not entry.extra.get("gevaar")):
            if await self._heard(message):
                heard = True
            else:
                before = await self._shown_turn(message, before)
        if waiting and not heard:
            self._remember(conversation_id, before)

    def _remember(self, conversation_id: str, before: Before) -> None:
        self._before[conversation_id] = before
        while len(self._before) > _REMEMBERED:
            self._before.popitem(last=False)

    async def _heard(self, message: Message) -> bool:
        """While an ouderadviseur is in the conversation, messages are for them: the bot is not even asked."""
        replies = await self._lane.run(self._takeover.hear, message)
        if replies is None:
            return False
        self._taken_in.pop((message.conversation_id, message.client_id), None)
        for reply in replies:
            self.show(reply)
        return True

    async def _shown_turn(self, message: Message, before: Before) -> Before:
        self._show_busy(message.conversation_id, True)
        try:
            return await self._traced_turn(message, before)
        finally:
            self._show_busy(message.conversation_id, False)

    def _to_answer(self, conversation_id: str) -> tuple[list[Message], Before]:
        waiting = self._store.unanswered(conversation_id)
        if not waiting:
            return [], Before()
        return waiting, self._before.pop(conversation_id, None) or self._store.before(conversation_id)

    async def _traced_turn(self, message: Message, before: Before) -> Before:
        request_id, began = self._taken_in.pop((message.conversation_id, message.client_id), ("", time.perf_counter()))
        with logs.request(request_id):
            turn = await self._turn(message, before)
            if turn is None:
                return before
            seconds = time.perf_counter() - began
            self._metrics.reply_seconds.observe(seconds)
            self._metrics.turns.labels(turn.decision).inc()
            log.info("turn", decision=turn.decision, messages=len(turn.reply), ms=round(1000 * seconds, 1))
        return before.after(turn.decision, turn.topics, turn.options)

    async def _turn(self, message: Message, before: Before) -> Turn | None:
        """One turn; None when an ouderadviseur came in while the bot was thinking, and its reply was dropped."""
        conversation_id, client_id = message.conversation_id, message.client_id or ""
        prepared = as_prepared(message)
        assistant = _Impatient(self._assistant) if prepared.danger else self._assistant
        with self._metrics.assistant_seconds.time():
            turn = await finish(assistant, conversation_id, client_id, prepared, before=before)
        if any(said.metadata.get("storing") for said in turn.reply):
            self._metrics.assistant_away.inc()
        entries = [as_entry(said) for said in turn.reply]
        stored = await self._lane.run(self._store.answer, conversation_id, client_id, entries)
        if stored is None:
            if not await self._heard(message):
                # And left again already: the bot answers in the next round.
                self._again.add(conversation_id)
            return None
        for reply in stored:
            self.show(reply)
        return turn

    def show(self, message: Message) -> None:
        """Pass a stored message on to everyone who has the conversation open."""
        self._hub.publish(message.conversation_id, Event("bericht", self._item(message), message.seq))

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
