"""Processes killed at random moments in conversations: nothing is lost, doubled or out of order.

``make test`` runs ten conversations with a fixed seed, ``make faults`` two hundred.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from typing import Any

import aiohttp
import pytest

from tests.house.running import House, Parent

QUESTIONS = (
    "hoe lang is een tlv geldig?",
    "wat is een tlv",
    "wat doet de leerplichtambtenaar",
    "wat betekent de afkorting OPP?",
    "wat is zorgplicht",
)
"""Each has one message as its reply; the fourth needs the actions."""

PROCESSES = ("door", "assistant", "actions")


async def hold_conversation(parent: Parent, seed: int) -> list[dict[str, Any]]:
    """Five messages at a pace of its own, sometimes without waiting for the reply."""
    choose = random.Random(seed)
    await parent.begin()
    for number in range(5):
        await parent.send(QUESTIONS[(seed + number) % len(QUESTIONS)])
        await asyncio.sleep(choose.choice((0.0, 0.3, 1.5)))
    return await parent.until_answered()


async def hurt(house: House, seed: int, kills: int) -> None:
    """Kill each process in turn, at random moments, and let it come back after a while."""
    choose = random.Random(seed)
    for number in range(kills):
        await asyncio.sleep(choose.uniform(0.2, 2.0))
        await house.kill(PROCESSES[(seed + number) % len(PROCESSES)], choose.uniform(0.0, 1.0))


def check(parent: Parent, stored: list[dict[str, Any]]) -> None:
    """What was stored is what was sent, in order; each message has one reply; the stream brought each thing once."""
    assert [item["seq"] for item in stored] == list(range(1, len(stored) + 1))
    assert [item["id"] for item in stored if item["van"] == "ouder"] == parent.sent
    assert Counter(item["van"] for item in stored) == {"ouder": len(parent.sent), "bot": len(parent.sent)}
    assert [(item["seq"], item["tekst"]) for item in parent.heard] == [(item["seq"], item["tekst"]) for item in stored]
    waiting = 0
    for item in stored:
        waiting += 1 if item["van"] == "ouder" else -1
        assert waiting >= 0, "a reply before its message"


async def conversations_under_fire(house: House, seed: int, count: int, kills: int) -> None:
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector) as session:
        parents = [Parent(session, house.base) for _ in range(count)]
        harm = asyncio.create_task(hurt(house, seed, kills))
        talks = [hold_conversation(parent, seed + number) for number, parent in enumerate(parents)]
        stored = await asyncio.gather(*talks)
        await harm
        await house.until_ready()
        for parent, items in zip(parents, stored, strict=True):
            check(parent, items)
        await goes_on(house, parents[0])
        for parent in parents:
            await parent.leave()


async def goes_on(house: House, parent: Parent) -> None:
    """The chat recovers by itself: the same conversation gets an ordinary answer again."""
    await parent.send(QUESTIONS[3])
    items = await parent.until_answered()
    assert "OPP" in items[-1]["tekst"] and "storing" not in items[-1]["meta"]


@pytest.mark.slow
async def test_ten_conversations_survive_a_crash_of_every_process(real_house: House) -> None:
    await conversations_under_fire(real_house, seed=5, count=10, kills=3)


@pytest.mark.faults
@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
async def test_two_hundred_conversations_survive_crashes_at_random_moments(real_house: House, seed: int) -> None:
    await conversations_under_fire(real_house, seed=100 + seed, count=20, kills=5)
