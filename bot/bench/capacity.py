"""Messages per second at full load: the whole house, and the same model behind Rasa's own REST channel."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from itertools import count
from pathlib import Path
from uuid import uuid4

import aiohttp

from bot.bench.load import PER_CONVERSATION, session_apart
from bot.bench.parent import NoReply, connected
from bot.launch.child import Child, end_all, module

AT_ONCE = 16
"""Conversations that send their next message as soon as the last is answered."""

Ask = Callable[[str], Awaitable[object]]


class NotServing(Exception):
    """The stock channel did not come up."""


@contextmanager
def stock_channel(model: Path, port: int, actions_port: int, log: Path) -> Iterator[str]:
    """Rasa's REST channel as a process of its own; gives its address.

    Raises:
        NotServing: it ended, or did not answer in time.
    """
    child = Child("stock", module("bot.bench.rest_child", str(model), str(port), str(actions_port)), log)
    child.rotate()
    child.start()
    base = f"http://127.0.0.1:{port}"
    try:
        asyncio.run(_until_it_answers(base, child))
        yield base
    finally:
        end_all([child])


async def _until_it_answers(base: str, child: Child, seconds: float = 180.0) -> None:
    deadline = time.monotonic() + seconds
    async with aiohttp.ClientSession() as session:
        while time.monotonic() < deadline and child.running():
            try:
                async with session.get(base) as answer:
                    if answer.status == 200:
                        return
            except aiohttp.ClientError:
                await asyncio.sleep(0.3)
    raise NotServing("\n".join(["the stock channel does not start:", *child.last_lines()]))


async def of_the_house(base: str, texts: Sequence[str], seconds: float) -> float:
    """Messages per second through the door, each until the last event of its reply."""
    async with session_apart() as session:

        @asynccontextmanager
        async def conversation() -> AsyncIterator[Ask]:
            async with connected(session, base) as parent:
                yield parent.ask

        return await _full_load(conversation, texts, seconds)


async def of_stock(base: str, texts: Sequence[str], seconds: float) -> float:
    """Messages per second through the REST channel."""
    async with session_apart() as session:

        @asynccontextmanager
        async def conversation() -> AsyncIterator[Ask]:
            sender = uuid4().hex

            async def ask(text: str) -> None:
                body = {"sender": sender, "message": text}
                async with session.post(f"{base}/webhooks/rest/webhook", json=body) as answer:
                    answer.raise_for_status()
                    await answer.read()

            yield ask

        return await _full_load(conversation, texts, seconds)


async def _full_load(
    conversation: Callable[[], AbstractAsyncContextManager[Ask]], texts: Sequence[str], seconds: float
) -> float:
    """Answered messages per second; an error ends the conversation it is in, and is not counted."""
    numbers, start = count(), time.perf_counter()
    done = 0

    async def keep_asking() -> None:
        nonlocal done
        while time.perf_counter() - start < seconds:
            try:
                async with conversation() as ask:
                    for _ in range(PER_CONVERSATION):
                        await ask(texts[next(numbers) % len(texts)])
                        done += time.perf_counter() - start < seconds
            except (NoReply, aiohttp.ClientError, asyncio.TimeoutError):
                await asyncio.sleep(0.1)

    await asyncio.gather(*(keep_asking() for _ in range(AT_ONCE)))
    return done / seconds
