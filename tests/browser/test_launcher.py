"""The button and the frame on the page of a school."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.chat import ask, replies
from tests.browser.conftest import PHONE
from tests.browser.school import BUTTON, school_page
from tests.chat.fakes import RunningDoor

pytestmark = pytest.mark.browser


@pytest.fixture
def school(door: RunningDoor) -> Iterator[str]:
    with school_page(door.base) as address:
        yield address


@pytest.fixture
def stranger(school: str) -> str:
    """The same page under another name than the door: another site, to whose frames this browser denies storage."""
    return school.replace("127.0.0.1", "localhost")


def test_where_a_browser_denies_storage_the_chat_works_as_long_as_the_page(page: Page, stranger: str) -> None:
    page.goto(stranger)
    page.get_by_role("button", name=BUTTON).click()
    chat = page.frame_locator("iframe")
    denied = "() => { try { return !localStorage } catch { return true } }"
    expect(chat.locator("#text")).to_be_focused()
    assert page.frames[-1].evaluate(denied), "else this test proves nothing"
    ask(chat, "eerste vraag")
    ask(chat, "tweede vraag")
    expect(chat.locator(".message")).to_have_count(4)


def test_the_button_opens_the_chat_and_escape_gives_the_focus_back(page: Page, school: str) -> None:
    page.goto(school)
    page.get_by_role("button", name=BUTTON).click()
    chat = page.frame_locator("iframe")
    expect(chat.locator("#text")).to_be_focused()
    ask(chat, "Wat is een TLV?")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name=BUTTON)).to_be_focused()
    expect(page.locator("iframe")).to_be_hidden()


def test_the_close_button_does_the_same(page: Page, school: str) -> None:
    page.goto(school)
    page.get_by_role("button", name=BUTTON).click()
    page.frame_locator("iframe").get_by_role("button", name="Chat sluiten").click()
    expect(page.get_by_role("button", name=BUTTON)).to_be_focused()


def test_the_conversation_is_still_there_on_another_page(page: Page, school: str) -> None:
    page.goto(school)
    page.get_by_role("button", name=BUTTON).click()
    ask(page.frame_locator("iframe"), "Wat is een TLV?")
    page.goto(school + "andere-pagina")
    expect(replies(page.frame_locator("iframe"))).to_have_count(1)


def test_a_reply_while_the_chat_is_closed_is_shown_on_the_button(
    page: Page, school: str, door: RunningDoor, context: BrowserContext
) -> None:
    page.goto(school)
    page.get_by_role("button", name=BUTTON).click()
    chat = page.frame_locator("iframe")
    ask(chat, "eerste vraag")
    chat.get_by_role("button", name="Chat sluiten").click()
    frame = page.frames[-1]
    frame.evaluate("() => { document.getElementById('text').value = 'tweede vraag' }")
    frame.evaluate("() => document.getElementById('composer').requestSubmit()")
    expect(page.get_by_role("button", name=f"{BUTTON}: er is een nieuw bericht")).to_be_visible()
    page.get_by_role("button", name=BUTTON).click()
    expect(replies(chat)).to_have_count(2)


def test_on_a_phone_it_fills_the_screen(page: Page, school: str) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(school)
    page.get_by_role("button", name=BUTTON).click()
    box = page.locator("iframe").bounding_box()
    assert box is not None
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, PHONE["width"], PHONE["height"])


def test_the_example_page_opens_with_the_chat(page: Page, door: RunningDoor) -> None:
    page.goto(door.base)
    ask(page.frame_locator("iframe"), "Wat is een TLV?")
