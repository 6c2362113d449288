"""Many parents at once, and one after the other."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass

import aiohttp

from bot.bench.parent import NoReply, Parent, connected
from bot.bench.times import Times, times_of

PER_CONVERSATION = 8
"""Messages that one parent sends in a row; the door slows down whoever sends more than ten at once."""


@dataclass(frozen=True)
class Load:
    """So many parents, connected all the time.

    Attributes:
        parents: how many.
        every: seconds between two messages of one parent.
        seconds: how long it goes on.
    """

    parents: int = 200
    every: float = 10.0
    seconds: float = 60.0


def session_apart() -> aiohttp.ClientSession:
    """As many connections as there are parents."""
    # A proxy of the environment has no business on loopback (trust_env stays off).
    return aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))


async def one_by_one(base: str, texts: Sequence[str]) -> Times:
    """The time of each message when nobody else is there."""
    seconds: list[float] = []
    errors = 0
    async with session_apart() as session:
        for start in range(0, len(texts), PER_CONVERSATION):
            async with connected(session, base) as parent:
                for text in texts[start : start + PER_CONVERSATION]:
                    took = await _ask(parent, text)
                    errors += took is None
                    seconds += [took] if took is not None else []
    return times_of(seconds, errors)


async def many(base: str, texts: Sequence[str], load: Load) -> Times:
    """The time of each message when many parents send theirs, spread evenly."""
    async with session_apart() as session, AsyncExitStack() as stack:
        parents = [await stack.enter_async_context(connected(session, base)) for _ in range(load.parents)]
        rounds = max(1, round(load.seconds / load.every))
        tasks = [_keep_asking(parent, number, texts, load, rounds) for number, parent in enumerate(parents)]
        took = [one for part in await asyncio.gather(*tasks) for one in part]
    return times_of([one for one in took if one is not None], sum(one is None for one in took))


async def _keep_asking(
    parent: Parent, number: int, texts: Sequence[str], load: Load, rounds: int
) -> list[float | None]:
    choose = random.Random(number)
    loop = asyncio.get_running_loop()
    start = loop.time() + load.every * number / load.parents
    took = []
    for turn in range(rounds):
        await asyncio.sleep(max(0.0, start + turn * load.every - loop.time()))
        took.append(await _ask(parent, choose.choice(texts)))
    return took


async def _ask(parent: Parent, text: str) -> float | None:
    try:
        return await parent.ask(text)
    except (NoReply, aiohttp.ClientError, asyncio.TimeoutError):
        return None
