"""Hand-offs while the house is hurt: waves of parents, harm at random moments, and what must be true after."""

from __future__ import annotations

import asyncio
import random
from contextlib import suppress

import aiohttp
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from bot.db import reading
from bot.handoff.cases import cases
from bot.handoff.outbox import outbox_table
from tests.handoff.hurt import Place
from tests.handoff.parents import Told, attempts, by_form, by_text, phone

HARM = ("door", "actions", "mail", "webhook", "disk", "lock")
ASSISTANT_ONE_IN = 10


async def wave(place: Place, session: aiohttp.ClientSession, first: int, count: int, seed: int) -> list[Told]:
    """Some hand-offs at the same time, and faults at random moments meanwhile."""
    choose = random.Random(seed)
    talks = [
        by_text(place, number, random.Random(seed + number))
        if number % 3 == 0
        else by_form(place, session, number, random.Random(seed + number))
        for number in range(first, first + count)
    ]

    async def harm() -> None:
        for _ in range(max(2, count // 5)):
            await asyncio.sleep(choose.uniform(0.0, 1.2))
            what = "assistant" if choose.randrange(ASSISTANT_ONE_IN) == 0 else choose.choice(HARM)
            await place.hurt(what, choose)

    # Two at the same time: also the door while the mail server is away.
    *told, _, _ = await asyncio.gather(*talks, harm(), harm())
    return told


async def until_delivered(place: Place) -> None:
    """Wait until nothing waits in the outbox."""
    waiting = select(outbox_table.c.idempotency_key).where(outbox_table.c.delivered_at.is_(None))
    left: list[str] = []
    for _ in attempts():
        with suppress(SQLAlchemyError), reading(place.engine) as connection:
            left = list(connection.execute(waiting).scalars())
            if not left:
                return
        await asyncio.sleep(1)
    raise AssertionError(f"not delivered: {left}")


def check(place: Place, told: list[Told]) -> None:
    """Each hand-off is one case, with the code that was told, delivered over each channel under one key."""
    with reading(place.engine) as connection:
        rows = connection.execute(select(cases.c.id, cases.c.code, cases.c.conversation_id)).all()
    by_conversation = {row.conversation_id: row for row in rows}
    assert len(rows) == len(by_conversation) == len(told)
    for one in told:
        assert by_conversation[one.conversation_id].code == one.code
    for kind in ("mail", "webhook"):
        assert set(place.keys(kind)) == {f"nieuw.{kind}.{row.id}@ouderchat" for row in rows}


def check_private(place: Place, numbers: range) -> None:
    """No phone number stands in any file: not in a database, not in a log, not in a mail."""
    wanted = [phone(number).replace("-", "")[1:].encode() for number in numbers]
    files = [*place.settings.var_dir.rglob("*"), *place.folder.glob("*")]
    for file in (path for path in files if path.is_file()):
        content = file.read_bytes()
        assert not [number for number in wanted if number in content], file.name
