"""The days that Termijnhulp worked out go into the parent's own calendar with one click."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from actions.termijn import Termijnhulp
from bot.chat.messages import AssistantReply, BotMessage
from bot.knowledge.deadlines import due_days
from tests.actions.helps import uttered
from tests.browser.chat import Place, ask, open_chat
from tests.browser.school import BUTTON, school_page
from tests.chat.fakes import FakeAssistant, RunningDoor

pytestmark = pytest.mark.browser

APPLIED = date.today() - timedelta(days=2)


@pytest.fixture
def assistant() -> FakeAssistant:
    """Says what the real action says to a parent who applied two days ago."""
    about = {"gebeurtenis": "aangemeld", "datum": f"{APPLIED.day}-{APPLIED.month}-{APPLIED.year}"}
    with ThreadPoolExecutor() as apart:  # a browser is at work in this thread
        told = apart.submit(uttered, Termijnhulp(), about=about).result()

    def script(_text: str, _metadata: Mapping[str, Any]) -> AssistantReply:
        return AssistantReply((BotMessage(told["text"], (), told["metadata"]),), 0.9)

    return FakeAssistant(script)


def kept(page: Page, place: Place) -> tuple[str, list[str]]:
    """The name of the file that comes down, and its lines."""
    answer = ask(place, "ik heb mijn kind eergisteren aangemeld")
    expect(answer.get_by_role("link", name="Zet deze dagen in uw agenda")).to_be_visible()
    with page.expect_download() as info:
        answer.get_by_role("link", name="Zet deze dagen in uw agenda").click()
    raw = Path(info.value.path()).read_bytes()
    return info.value.suggested_filename, raw.decode("utf-8").replace("\r\n ", "").split("\r\n")


def days_in(lines: list[str]) -> list[str]:
    return [line.partition(":")[2] for line in lines if line.startswith("DTSTART;VALUE=DATE:")]


def check(name: str, lines: list[str], assistant: FakeAssistant) -> None:
    from bot.knowledge import current

    due = due_days(current().deadlines.occasions["aangemeld"], APPLIED, None)
    wanted = sorted(f"{item.day:%Y%m%d}" for item in due if item.deadline.calendar)
    assert name == "termijnen.ics"
    assert (lines[0], lines[-2:]) == ("BEGIN:VCALENDAR", ["END:VCALENDAR", ""])
    assert sorted(days_in(lines)) == wanted and len(wanted) >= 2
    assert sum(line.startswith("SUMMARY:De school beslist uiterlijk") for line in lines) == 1


def test_the_link_in_the_chat_gives_the_days_as_a_file(page: Page, door: RunningDoor, assistant: FakeAssistant) -> None:
    open_chat(page, door.base)
    check(*kept(page, page), assistant)
    expect(page.locator("#chat")).to_be_visible()
    assert page.context.pages == [page], "no empty tab stays behind"


def test_the_link_works_from_the_page_of_a_school_too(page: Page, door: RunningDoor, assistant: FakeAssistant) -> None:
    with school_page(door.base) as school:
        page.goto(school)
        page.get_by_role("button", name=BUTTON).click()
        check(*kept(page, page.frame_locator("iframe")), assistant)
