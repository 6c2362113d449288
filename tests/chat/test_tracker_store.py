"""The assistant's memory: the same whether it comes from memory or from the database, and gone when it must."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, SessionStarted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.chat import tracker_store
from bot.chat.tracker_store import ErasableSQLTrackerStore

# Rasa makes the address of its database in a way that SQLAlchemy will leave.
pytestmark = pytest.mark.filterwarnings("ignore:Calling URL")

ID = "0" * 32


@pytest.fixture
def file(tmp_path: Path) -> str:
    return str(tmp_path / "rasa.db")


def opened(file: str) -> ErasableSQLTrackerStore:
    return ErasableSQLTrackerStore(Domain.empty(), dialect="sqlite", db=file)


async def say(store: ErasableSQLTrackerStore, text: str, *more: Any) -> DialogueStateTracker:
    tracker = await store.retrieve(ID) or DialogueStateTracker(ID, [])
    said = UserUttered(text, {"name": "groet"}, message_id=text)
    for entry in (*more, ActionExecuted("action_listen"), said, BotUttered(f"op {text}", metadata={"n": (1, 2)})):
        tracker.update(entry)
    await store.save(tracker)
    return tracker


def texts(tracker: DialogueStateTracker | None) -> list[str]:
    return [entry.text for entry in tracker.events if isinstance(entry, (UserUttered, BotUttered))] if tracker else []


async def test_what_is_in_memory_is_what_is_in_the_database(file: str) -> None:
    store = opened(file)
    for text in ("een", "twee", "drie"):
        await say(store, text)
    again = opened(file)
    assert texts(await store.retrieve(ID)) == texts(await again.retrieve(ID)) == [
        "een", "op een", "twee", "op twee", "drie", "op drie",
    ]  # fmt: skip


async def test_after_a_restart_it_goes_on_and_stores_nothing_twice(file: str) -> None:
    await say(opened(file), "een")
    await say(opened(file), "twee")
    assert texts(await opened(file).retrieve(ID)) == ["een", "op een", "twee", "op twee"]


async def test_half_a_turn_is_dropped(file: str) -> None:
    store = opened(file)
    tracker = await say(store, "een")
    tracker.update(UserUttered("half", {"name": "groet"}))
    store.drop(ID)
    assert texts(await store.retrieve(ID)) == ["een", "op een"]


async def test_a_later_session_begins_anew(file: str) -> None:
    store = opened(file)
    await say(store, "gisteren")
    time.sleep(0.01)
    await say(store, "vandaag", ActionExecuted("action_session_start"), SessionStarted())
    assert texts(await store.retrieve(ID)) == texts(await opened(file).retrieve(ID)) == ["vandaag", "op vandaag"]
    await say(store, "straks")
    assert texts(await opened(file).retrieve(ID)) == ["vandaag", "op vandaag", "straks", "op straks"]


async def test_a_deleted_conversation_is_in_no_file(file: str, tmp_path: Path) -> None:
    store = opened(file)
    await say(store, "kwikstaart")
    await store.delete(ID)
    assert await store.retrieve(ID) is None
    assert all(b"kwikstaart" not in path.read_bytes() for path in tmp_path.iterdir())


async def test_memory_has_a_limit(file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tracker_store, "KEPT", 2)
    store = opened(file)
    for number in range(5):
        await store.save(DialogueStateTracker(str(number), []))
    assert len(store._kept) == 2
