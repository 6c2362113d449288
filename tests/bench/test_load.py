"""Simulated parents at a real door with a scripted assistant."""

from collections.abc import Iterator

import pytest
from sqlalchemy.engine import Engine

from bot.bench.load import Load, many, one_by_one
from bot.chat.messages import AssistantReply, BotMessage
from bot.keys import Keys
from bot.settings import Settings
from tests.chat.fakes import FakeAssistant, RunningDoor, fake_services, running


@pytest.fixture
def assistant() -> FakeAssistant:
    return FakeAssistant(lambda text, metadata: AssistantReply((BotMessage("Eerst dit."), BotMessage(f"Over {text}."))))


@pytest.fixture
def door(engine: Engine, settings: Settings, keys: Keys, assistant: FakeAssistant) -> Iterator[RunningDoor]:
    with running(fake_services(engine, settings, keys, assistant)) as started:
        yield started


async def test_each_message_is_timed_to_the_end_of_its_reply(door: RunningDoor) -> None:
    times = await one_by_one(door.base, ["een", "twee", "drie"])
    assert (times.count, times.errors) == (3, 0)
    assert 0 < times.median < 5000


async def test_more_messages_than_one_conversation_may_send_go_on_in_the_next(door: RunningDoor) -> None:
    times = await one_by_one(door.base, ["tekst"] * 20)
    assert (times.count, times.errors) == (20, 0)


async def test_many_parents_each_get_their_replies(door: RunningDoor) -> None:
    times = await many(door.base, ["een", "twee"], Load(parents=5, every=0.1, seconds=0.3))
    assert (times.count, times.errors) == (15, 0)


async def test_a_message_without_a_reply_is_an_error(door: RunningDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.bench.parent.PATIENCE", 0.0)
    times = await one_by_one(door.base, ["een"])
    assert (times.count, times.errors) == (0, 1)
