"""Who is listening to which conversation, and passing on what happens in it."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from bot.chat.limits import STREAMS_PER_CONVERSATION

_LONGEST_QUEUE = 200


@dataclass(frozen=True)
class Event:
    """One event of a stream; ``seq`` is set for a message that is stored."""

    name: str
    data: Any
    seq: int | None = None


class Subscriber:
    """One open stream. ``closed`` is set when it must end; the client then connects again and catches up."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[Event] = asyncio.Queue(_LONGEST_QUEUE)
        self.closed = False

    async def next(self, seconds: float) -> Event | None:
        """The next event, or None when nothing happened for so many seconds."""
        try:
            return await asyncio.wait_for(self._queue.get(), seconds)
        except asyncio.TimeoutError:
            return None

    def close(self) -> None:
        """End the stream; a waiting reader is woken."""
        self.closed = True
        self.offer(Event("einde", {}))

    def offer(self, event: Event) -> None:
        """Pass an event on; a client too slow to keep up is let go."""
        try:
            self._queue.put_nowait(event)
        except asyncio.QueueFull:
            self.closed = True


class Hub:
    """The open streams of this process; to be used from one event loop."""

    def __init__(self) -> None:
        # In the order in which they came, oldest first.
        self._subscribers: defaultdict[str, dict[Subscriber, None]] = defaultdict(dict)
        self._along: defaultdict[str, set[Subscriber]] = defaultdict(set)

    @contextmanager
    def subscribe(self, conversation_id: str) -> Iterator[Subscriber]:
        """Listen to a conversation for the length of a ``with`` block."""
        subscriber = Subscriber()
        group = self._subscribers[conversation_id]
        group[subscriber] = None
        if len(group) > STREAMS_PER_CONVERSATION:
            next(iter(group)).close()
        try:
            yield subscriber
        finally:
            group.pop(subscriber, None)
            if not group and self._subscribers.get(conversation_id) is group:
                del self._subscribers[conversation_id]

    @contextmanager
    def listen_along(self, conversation_id: str, subscriber: Subscriber) -> Iterator[None]:
        """Pass what happens in a conversation on to an ouderadviseur too; that one counts for no limit."""
        self._along[conversation_id].add(subscriber)
        try:
            yield
        finally:
            self._along[conversation_id].discard(subscriber)
            if not self._along[conversation_id]:
                del self._along[conversation_id]

    def publish(self, conversation_id: str, event: Event) -> None:
        """Pass an event on to everyone who listens to the conversation."""
        for group in (self._subscribers, self._along):
            for subscriber in tuple(group.get(conversation_id, ())):
                subscriber.offer(event)

    def publish_all(self, event: Event) -> None:
        """Pass an event on to every parent who listens."""
        for conversation_id in tuple(self._subscribers):
            for subscriber in tuple(self._subscribers[conversation_id]):
                subscriber.offer(event)

    def open(self, conversation_id: str) -> bool:
        """Whether a parent has the conversation on the screen."""
        return conversation_id in self._subscribers

    def close(self) -> None:
        """End all streams: the door stops."""
        for group in tuple(self._subscribers.values()):
            for subscriber in tuple(group):
                subscriber.close()

    def listeners(self) -> int:
        """The number of open streams."""
        return sum(len(group) for group in self._subscribers.values())
