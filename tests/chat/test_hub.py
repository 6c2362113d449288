"""Passing on what happens in a conversation."""

from __future__ import annotations

import asyncio

from bot.chat.hub import Event, Hub


def test_everyone_who_listens_to_a_conversation_hears_it() -> None:
    async def scenario() -> None:
        hub = Hub()
        with hub.subscribe("a") as first, hub.subscribe("a") as second, hub.subscribe("b") as other:
            hub.publish("a", Event("bericht", {}, 1))
            assert await first.next(1) == await second.next(1) == Event("bericht", {}, 1)
            assert await other.next(0.01) is None
            assert hub.listeners() == 3
        assert hub.listeners() == 0

    asyncio.run(scenario())


def test_a_client_that_does_not_keep_up_is_let_go() -> None:
    async def scenario() -> None:
        hub = Hub()
        with hub.subscribe("a") as slow:
            for number in range(1000):
                hub.publish("a", Event("bericht", {}, number))
            assert slow.closed

    asyncio.run(scenario())
