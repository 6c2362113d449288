"""Wipes that the assistant has still to carry out."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.engine import Engine

from bot.chat.store import ConversationStore
from bot.chat.wipes import PendingWipes, Wipe


def remembered(engine: Engine, now: datetime) -> None:
    ConversationStore(engine, lambda: now).wipe("abc", withdraw_case=True, also=lambda _connection: None)


def test_a_wipe_is_due_until_it_is_done(engine: Engine) -> None:
    now = datetime(2026, 11, 21, 12, 0)
    remembered(engine, now)
    pending = PendingWipes(engine, lambda: now)
    assert pending.due() == [Wipe("abc", True, 0)]
    assert pending.due() == [Wipe("abc", True, 0)]
    pending.done("abc")
    assert pending.due() == []


def test_a_wipe_that_failed_is_tried_again_after_a_growing_pause(engine: Engine) -> None:
    moment = [datetime(2026, 11, 21, 12, 0)]
    remembered(engine, moment[0])
    pending = PendingWipes(engine, lambda: moment[0])
    pending.failed(pending.due()[0])
    assert pending.due() == []
    moment[0] += timedelta(seconds=2)
    assert pending.due() == [Wipe("abc", True, 1)]
    pending.failed(Wipe("abc", True, 50))
    moment[0] += timedelta(minutes=5)
    assert pending.due() == [Wipe("abc", True, 51)]
