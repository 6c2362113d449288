"""A turn inside Rasa, with the trained model: repeated ids, slashes, and forgetting."""

from __future__ import annotations

import asyncio
from uuid import uuid4

import pytest

from bot.ask import Asker
from bot.chat.local import LocalAssistant
from bot.chat.rasa_turn import neutral


@pytest.fixture
def assistant(asker: Asker) -> LocalAssistant:
    inner = asker._assistant
    assert isinstance(inner, LocalAssistant)
    return inner


Loop = asyncio.AbstractEventLoop


def test_the_same_message_id_gives_the_stored_reply_not_a_second_turn(
    assistant: LocalAssistant, event_loop_runner: Loop
) -> None:
    conversation = uuid4().hex

    async def twice() -> None:
        first = await assistant.send(conversation, "bericht-0001", "wat is een tlv", {})
        again = await assistant.send(conversation, "bericht-0001", "wat is een tlv", {})
        assert again == first
        tracker = await assistant.agent.tracker_store.retrieve(conversation)
        assert sum(event.type_name == "user" for event in tracker.events) == 1

    event_loop_runner.run_until_complete(twice())


def test_the_same_message_id_at_the_same_moment_is_one_turn(assistant: LocalAssistant, event_loop_runner: Loop) -> None:
    conversation = uuid4().hex

    async def at_once() -> None:
        sends = [assistant.send(conversation, "bericht-0001", "wat is een tlv", {}) for _ in range(5)]
        replies = await asyncio.gather(*sends)
        assert all(reply == replies[0] for reply in replies)
        tracker = await assistant.agent.tracker_store.retrieve(conversation)
        assert sum(event.type_name == "user" for event in tracker.events) == 1

    event_loop_runner.run_until_complete(at_once())


def test_an_earlier_message_can_be_repeated_after_a_later_one(
    assistant: LocalAssistant, event_loop_runner: Loop
) -> None:
    conversation = uuid4().hex

    async def out_of_order() -> None:
        first = await assistant.send(conversation, "bericht-0001", "wat is een tlv", {})
        await assistant.send(conversation, "bericht-0002", "bedankt", {})
        assert await assistant.send(conversation, "bericht-0001", "wat is een tlv", {}) == first

    event_loop_runner.run_until_complete(out_of_order())


def test_a_forgotten_conversation_leaves_no_tracker_even_while_a_turn_runs(
    assistant: LocalAssistant, event_loop_runner: Loop
) -> None:
    conversation = uuid4().hex

    async def wipe_during_turn() -> None:
        turn = asyncio.ensure_future(assistant.send(conversation, "bericht-0001", "wat is een tlv", {}))
        await asyncio.sleep(0)
        await assistant.wipe(conversation)
        await turn
        assert await assistant.agent.tracker_store.retrieve(conversation) is None

    event_loop_runner.run_until_complete(wipe_during_turn())


@pytest.mark.parametrize(
    ("typed", "read"), [("/restart", "restart"), ("//  /x", "x"), ("/", "…"), ("en/of", "en/of"), ("", "…")]
)
def test_a_leading_slash_is_never_a_command(typed: str, read: str) -> None:
    assert neutral(typed) == read
