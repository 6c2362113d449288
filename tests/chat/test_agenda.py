"""The calendar file of the door."""

import aiohttp
import pytest

from tests.chat.fakes import RunningDoor


async def get(door: RunningDoor, query: str) -> tuple[int, str, dict[str, str]]:
    async with aiohttp.ClientSession() as session, session.get(f"{door.base}/api/agenda?{query}") as response:
        return response.status, await response.text(), dict(response.headers)


async def test_the_days_come_as_a_file_without_a_token(door: RunningDoor) -> None:
    status, body, headers = await get(door, "dag=aangemeld_besluit:2026-12-15&dag=aangemeld_verlengd:2027-01-12")

    assert status == 200
    assert headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert 'filename="termijnen.ics"' in headers["Content-Disposition"]
    assert headers["Cache-Control"] == "no-store"
    assert body.count("BEGIN:VEVENT\r\n") == 2 and "De school beslist uiterlijk vandaag" in body


@pytest.mark.parametrize("query", ["", "dag=", "dag=mijn_zoon:2026-12-15", "dag=aangemeld_besluit:morgen"])
async def test_anything_else_is_refused_kindly(query: str, door: RunningDoor) -> None:
    status, body, _ = await get(door, query)

    assert status == 400
    assert "Vraag de chat om een nieuwe link" in body
