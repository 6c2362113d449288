"""Ouderadviseurs in the chat: what parents see of them, and what the open pages of the inbox hear."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack, asynccontextmanager

from sqlalchemy import func, select
from sqlalchemy.engine import Engine

from bot.chat.hub import Event, Hub, Subscriber
from bot.chat.services import Lane
from bot.chat.store import ConversationGone, ConversationStore, Message
from bot.chat.takeover import CannotJoin, Live, Takeover
from bot.chat.turns import Turns
from bot.db import reading
from bot.handoff import audit
from bot.handoff.accounts import Account
from bot.handoff.audit import audit_table
from bot.handoff.cases import cases
from bot.handoff.presence import SILENCE, Presence

DROP_AFTER = 30.0
"""Seconds that the parent waits for an ouderadviseur whose browser went away, before the bot comes back."""
TICK = 1.0
"""Seconds between two looks at who is there and what changed."""


class LiveDesk:
    """Live conversations of one door. To be used from its event loop.

    Attributes:
        presence: which ouderadviseurs are there, at any door.
        takeover: who speaks with which parent.
        someone: whether an ouderadviseur was available when last looked.
    """

    def __init__(
        self,
        engine: Engine,
        lane: Lane,
        hub: Hub,
        store: ConversationStore,
        turns: Turns,
        takeover: Takeover,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._engine, self._lane, self._hub, self._store = engine, lane, hub, store
        self._turns, self.takeover, self._clock = turns, takeover, clock
        self.presence = Presence(engine)
        self._pages: set[Subscriber] = set()
        self._lost: dict[str, float] = {}
        self._since = clock()
        self._seen: set[int] = set()
        self.someone = False
        self._names: dict[int, str] = {}
        self._last_change: int | None = None

    async def join(self, case_id: str, account: Account) -> None:
        """Take over the conversation of a case, while the parent has it on the screen.

        Raises:
            CannotJoin: nothing was changed.
        """
        conversation_id = await self._lane.run(self._conversation_of, case_id)
        if conversation_id is None:
            raise CannotJoin("gone")
        if not self._hub.open(conversation_id):
            raise CannotJoin("absent")
        self._turns.show(await self._lane.run(self.takeover.join, case_id, account))
        self._hub.publish(conversation_id, _human(account.first_name))

    async def leave(self, case_id: str, account_id: int, *, dropped: bool = False) -> bool:
        """Give a conversation back to the bot; False when this ouderadviseur was not in it."""
        lives = await self._lane.run(self.takeover.all)
        mine = [live for live in lives if live.case_id == case_id and live.account_id == account_id]
        said = await self._lane.run(self.takeover.leave, case_id, account_id, dropped=dropped)
        self._lost.pop(case_id, None)
        if said is not None:
            self._turns.show(said)
            self._hub.publish(said.conversation_id, _human(None))
            # What came in just now is for the bot again.
            self._turns.wake(said.conversation_id)
        return bool(mine)

    async def leave_all(self, account_id: int) -> None:
        """Somebody logs out: out of every conversation, and away."""
        for live in await self._lane.run(self.takeover.all):
            if live.account_id == account_id:
                await self.leave(live.case_id, account_id)
        await self._lane.run(self.presence.leave, account_id)
        await self.tick()

    async def say(self, case_id: str, account: Account, client_id: str, text: str) -> Message:
        """Say something to the parent.

        Raises:
            NotInConversation: nothing was said.
        """
        said = await self._lane.run(self.takeover.say, case_id, account, client_id, text)
        self._turns.show(said)
        return said

    async def heard(self, live: Live, after: int) -> list[tuple[Message, str]]:
        """What was said since the ouderadviseur came in, with the text in clear: only for that ouderadviseur."""
        return await self._lane.run(self._heard, live, after)

    def parent_is_there(self, conversation_id: str) -> bool:
        """Whether the parent has the conversation on the screen."""
        return self._hub.open(conversation_id)

    async def now(self, conversation_id: str) -> list[Event]:
        """What a parent who opens the stream must know of ouderadviseurs; nothing when there is none."""
        events = [_presence(True)] if self.someone else []
        live = await self._lane.run(self.takeover.of_conversation, conversation_id)
        if live is not None:
            events.append(_human(live.first_name, live.case_id not in self._lost))
        return events

    @asynccontextmanager
    async def page(self, account_id: int, conversation_id: str | None) -> AsyncIterator[tuple[Subscriber, str]]:
        """An open page of the inbox, for the length of a ``with`` block; with the conversation it talks in.

        Gives what it hears, and the id under which it gives signs of life.
        """
        subscriber = Subscriber()
        page = await self._lane.run(self.presence.open, account_id)
        self._pages.add(subscriber)
        try:
            with ExitStack() as stack:
                if conversation_id is not None:
                    stack.enter_context(self._hub.listen_along(conversation_id, subscriber))
                yield subscriber, page
        finally:
            self._pages.discard(subscriber)
            # Also when the browser went away and this task is being cancelled: it is not waited for.
            self._lane.start(self.presence.close, page)

    def close(self) -> None:
        """End the open pages: the door stops."""
        for subscriber in tuple(self._pages):
            subscriber.close()

    async def tick(self) -> None:
        """Look who is there and what changed, and pass it on."""
        here = await self._lane.run(self.presence.here)
        self._seen |= here.keys()
        self._tell_presence({account_id: name for account_id, name in here.items() if name})
        for live in await self._lane.run(self.takeover.all):
            await self._follow(live, live.account_id in here)
        changed, ended = await self._lane.run(self._changes)
        if ended:
            self._tell_pages(Event("sessies", {}))
        if changed:
            self._tell_pages(Event("veranderd", {"zaken": changed}))

    def _tell_presence(self, names: dict[int, str]) -> None:
        if bool(names) != self.someone:
            self.someone = bool(names)
            self._hub.publish_all(_presence(self.someone))
        if names != self._names:
            self._names = names
            self._tell_pages(Event("collegas", {"namen": list(names.values())}))

    async def _follow(self, live: Live, here: bool) -> None:
        """Tell the parent when the browser of the ouderadviseur goes away, and let the bot back after a while."""
        lost = self._lost.get(live.case_id)
        if live.account_id not in self._seen and self._clock() - self._since < SILENCE:
            # The door has just started: this browser is still coming back.
            return
        if here and lost is not None:
            del self._lost[live.case_id]
            self._hub.publish(live.conversation_id, _human(live.first_name))
        elif not here and lost is None:
            self._lost[live.case_id] = self._clock()
            self._hub.publish(live.conversation_id, _human(live.first_name, False))
        elif lost is not None and self._clock() - lost > DROP_AFTER:
            await self.leave(live.case_id, live.account_id, dropped=True)

    def _tell_pages(self, event: Event) -> None:
        for subscriber in tuple(self._pages):
            subscriber.offer(event)

    def _changes(self) -> tuple[list[str], bool]:
        """The cases in which something was done since the last look, and whether sessions may have ended.

        By any process: the audit has a row of each.
        """
        unseen = set(audit.VIEWS) | set(audit.ABOUT_ACCOUNTS) - set(audit.ENDS_SESSIONS)
        rows = audit_table.c
        with reading(self._engine) as connection:
            if self._last_change is None:
                self._last_change = connection.execute(select(func.max(rows.id))).scalar() or 0
            query = select(audit_table).where(rows.id > self._last_change, rows.action.not_in(unseen))
            found = connection.execute(query.order_by(rows.id)).all()
        if found:
            self._last_change = found[-1].id
        changed = dict.fromkeys(row.case_id for row in found if row.case_id)
        return list(changed), any(row.action in audit.ENDS_SESSIONS for row in found)

    def _heard(self, live: Live, after: int) -> list[tuple[Message, str]]:
        try:
            said = self._store.after(live.conversation_id, max(after, live.since))
        except ConversationGone:
            return []
        return [(message, self.takeover.reveal(message)) for message in said if message.author != "systeem"]

    def _conversation_of(self, case_id: str) -> str | None:
        with reading(self._engine) as connection:
            found = connection.execute(select(cases.c.conversation_id).filter_by(id=case_id)).scalar()
        return str(found) if found else None


def _human(first_name: str | None, connected: bool = True) -> Event:
    """Who speaks with the parent now: an ouderadviseur, or nobody but the bot."""
    return Event("mens", {"naam": first_name, "verbonden": connected})


def _presence(someone: bool) -> Event:
    """Whether an ouderadviseur is there for a conversation."""
    return Event("aanwezig", {"aanwezig": someone})
