"""A store with conversations in it, made as the door makes them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.engine import Engine

import bot.handoff.answer_tasks
import bot.handoff.cases  # noqa: F401
from bot.chat.feedback import FeedbackStore, Opinion
from bot.chat.store import ConversationStore, Entry
from bot.db import writing
from bot.handoff.answer_tasks import answer_tasks
from bot.settings import ROOT
from tests.content.conftest import project  # noqa: F401

MONDAY = datetime(2026, 11, 16)
DURING, AFTER = datetime(2026, 11, 18, 12), datetime(2026, 11, 23)

Ask = Callable[..., str]


@pytest.fixture
def ask(engine: Engine) -> Ask:
    """One message with its reply in a conversation of its own, or in the one given."""
    store = ConversationStore(engine, lambda: DURING)
    number = iter(range(100_000))

    def put(text: str, decision: str, topic: str = "", within: str = "", verdict: str = "", **extra: Any) -> str:
        conversation = within or store.create()[0]
        client = f"bericht-{next(number):06}"
        store.add_parent(conversation, client, text, {"weggelaten": [], **extra})
        meta = {"besluit": decision, **({"onderwerp": topic} if topic else {})}
        (reply,) = store.answer(conversation, client, [Entry("bot", "Antwoord.", {"meta": meta})])
        if verdict:
            FeedbackStore(engine).put(conversation, Opinion(reply.seq, verdict, ""))
        return conversation

    return put


@pytest.fixture
def task(engine: Engine) -> Callable[[str], None]:
    """A question of which an ouderadviseur said that the answer was wrong."""

    def put(question: str) -> None:
        with writing(engine) as connection:
            connection.execute(insert(answer_tasks).values(question=question, created=DURING))

    return put


@pytest.fixture
def whole_project(project: Path) -> Path:  # noqa: F811
    """The small project with all knowledge, whose words are known too."""
    shutil.copytree(ROOT / "knowledge", project / "knowledge", dirs_exist_ok=True)
    return project
