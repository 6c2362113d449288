"""What a parent thinks of an answer."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.chat.feedback import REASON_LIMIT, feedback
from tests.chat.fakes import Client, RunningDoor


def rows(engine: Engine) -> list[Any]:
    with engine.connect() as connection:
        return list(connection.execute(select(feedback)))


async def answered(client: Client) -> None:
    await client.send("een-bericht", "Wat is een TLV?")
    await client.wait_for(2)


async def give(client: Client, **body: Any) -> tuple[int, Any]:
    return await client.call("POST", "/api/waardering", body)


async def test_an_opinion_is_stored_with_topic_and_number_and_its_reason_masked(client: Client, engine: Engine) -> None:
    await answered(client)
    status, data = await give(client, seq=2, oordeel="niet_goed", reden="ik heet Samira, bel 0612345678")
    assert (status, data) == (200, {"seq": 2, "oordeel": "niet_goed", "gevaar": None})
    (row,) = rows(engine)
    assert (row.seq, row.topic, row.verdict) == (2, "tlv/uitleg", "niet_goed")
    assert row.reason == "ik heet [naam], bel [telefoon]"
    with engine.connect() as connection:
        assert not connection.exec_driver_sql("SELECT count(*) FROM vault").scalar(), "nothing of it is kept"


async def test_a_later_opinion_takes_the_place_of_the_first_and_none_takes_it_back(
    client: Client, engine: Engine
) -> None:
    await answered(client)
    await give(client, seq=2, oordeel="niet_goed", reden="te lang")
    await give(client, seq=2, oordeel="goed")
    assert [(row.verdict, row.reason) for row in rows(engine)] == [("goed", "")]
    assert await client.call("GET", "/api/waardering") == (200, {"waarderingen": {"2": "goed"}})
    await give(client, seq=2, oordeel=None)
    assert rows(engine) == []


async def test_other_tabs_hear_of_it(client: Client, door: RunningDoor) -> None:
    await answered(client)
    listening = asyncio.create_task(client.events(1, last=2))
    await asyncio.sleep(0.3)
    await give(client, seq=2, oordeel="goed")
    assert await listening == [("waardering", None, {"seq": 2, "oordeel": "goed"})]


async def test_it_goes_with_the_conversation(client: Client, engine: Engine) -> None:
    await answered(client)
    await give(client, seq=2, oordeel="goed")
    await client.call("DELETE", "/api/gesprek")
    assert rows(engine) == []


async def test_danger_in_a_reason_shows_the_help_lines(client: Client) -> None:
    await answered(client)
    _, data = await give(client, seq=2, oordeel="niet_goed", reden="ik wil niet meer leven")
    assert "113" in data["gevaar"]


@pytest.mark.parametrize(
    "body",
    [
        {"seq": 1, "oordeel": "goed"},
        {"seq": 99, "oordeel": "goed"},
        {"seq": "2", "oordeel": "goed"},
        {"seq": True, "oordeel": "goed"},
        {"seq": 2, "oordeel": "mooi"},
        {"seq": 2, "oordeel": "goed", "reden": 3},
        {"seq": 2, "oordeel": "goed", "reden": "x" * (REASON_LIMIT + 1)},
        {"seq": 10**30, "oordeel": "goed"},
    ],
)
async def test_what_is_no_opinion_on_an_answer_is_refused(client: Client, engine: Engine, body: Any) -> None:
    await answered(client)
    status, data = await give(client, **body)
    assert status == 400 and data["melding"]
    assert rows(engine) == []


async def test_only_who_has_the_conversation_can_give_one(client: Client) -> None:
    await answered(client)
    client.token = "x" * 43
    status, _ = await give(client, seq=2, oordeel="goed")
    assert status == 401
