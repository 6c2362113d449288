"""What stands under and in an answer: thumbs, words that are explained, the direction of the writing."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect
from sqlalchemy import text as sql

from tests.browser.chat import ask, no_violations, open_chat
from tests.chat.fakes import RunningDoor

pytestmark = pytest.mark.browser

YES, NO = "Ja, dit helpt mij", "Nee, dit helpt mij niet"


def given(door: RunningDoor) -> list[tuple[object, ...]]:
    with door.services.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(sql("SELECT seq, topic, verdict, reason FROM feedback"))]


def focused(node: Locator) -> bool:
    return bool(node.evaluate("(node) => node === document.activeElement"))


def test_a_thumb_with_a_reason_is_given_with_the_keyboard(page: Page, door: RunningDoor) -> None:
    open_chat(page, door.base)
    answer = ask(page, "Wat is een TLV?")
    answer.get_by_role("button", name=NO).press("Enter")
    expect(answer.get_by_role("button", name=NO)).to_have_attribute("aria-pressed", "true")
    expect(answer.get_by_role("status")).to_have_text("Dank u wel")
    assert given(door) == [(2, "tlv/uitleg", "niet_goed", "")]
    page.keyboard.press("Tab")
    page.keyboard.type("te moeilijk, vraag het Samira, ik heet Samira")
    no_violations(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(answer.get_by_role("status")).to_have_text("Verstuurd. Dank u wel")
    assert given(door) == [(2, "tlv/uitleg", "niet_goed", "te moeilijk, vraag het [naam], ik heet [naam]")]
    assert focused(answer.get_by_role("button", name=NO))


def test_a_thumb_is_there_after_a_reload_and_in_another_tab_and_can_be_taken_back(
    page: Page, door: RunningDoor, context: BrowserContext
) -> None:
    open_chat(page, door.base)
    ask(page, "Wat is een TLV?")
    other = context.new_page()
    open_chat(other, door.base)
    page.get_by_role("button", name=YES).click()
    expect(other.get_by_role("button", name=YES)).to_have_attribute("aria-pressed", "true")
    page.reload()
    expect(page.get_by_role("button", name=YES)).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name=YES).click()
    expect(other.get_by_role("button", name=YES)).to_have_attribute("aria-pressed", "false")
    assert given(door) == []


def test_an_opinion_that_does_not_get_through_says_so(page: Page, door: RunningDoor) -> None:
    open_chat(page, door.base)
    answer = ask(page, "Wat is een TLV?")
    page.route("**/api/waardering", lambda route: route.abort())
    answer.get_by_role("button", name=YES).click()
    expect(answer.get_by_role("status")).to_contain_text("Dat lukte nu niet")
    expect(answer.get_by_role("button", name=YES)).to_have_attribute("aria-pressed", "false")


def test_danger_in_a_reason_shows_the_help_lines(page: Page, door: RunningDoor) -> None:
    open_chat(page, door.base)
    answer = ask(page, "Wat is een TLV?")
    answer.get_by_role("button", name=NO).click()
    answer.get_by_label("Wat kan er beter?").fill("ik wil niet meer leven")
    answer.get_by_role("button", name="Verstuur").click()
    expect(answer.get_by_role("alert")).to_contain_text("113")


def test_a_question_back_has_no_thumbs(page: Page, door: RunningDoor) -> None:
    open_chat(page, door.base)
    expect(ask(page, "mijn kind heeft hulp nodig").locator(".feedback")).to_have_count(0)


def test_a_word_is_explained_on_focus_and_escape_closes_it_and_not_the_chat(page: Page, door: RunningDoor) -> None:
    open_chat(page, door.base)
    answer = ask(page, "wie beslist daarover?")
    expect(answer.locator(".term")).to_have_text(["samenwerkingsverband", "TLV", "OPP"])
    term = answer.get_by_role("button", name="TLV", exact=True)
    note = answer.locator(".term-note", has_text="TLV")
    expect(note).to_be_hidden()
    for _ in range(20):
        if focused(term):
            break
        page.keyboard.press("Shift+Tab")
    expect(note).to_be_visible()
    expect(term).to_have_attribute("aria-expanded", "true")
    expect(term).to_have_accessible_description(note.inner_text())
    no_violations(page)
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()
    assert focused(term)
    page.keyboard.press("Enter")
    expect(note).to_be_visible()
    page.keyboard.press("Tab")
    expect(note).to_be_visible()


def test_a_word_is_explained_on_a_tap_and_closed_on_the_next(page: Page, door: RunningDoor) -> None:
    open_chat(page, door.base)
    answer = ask(page, "wie beslist daarover?")
    note = answer.locator(".term-note", has_text="OPP")
    answer.get_by_role("button", name="OPP", exact=True).click()
    expect(note).to_be_visible()
    answer.get_by_role("button", name="OPP", exact=True).click()
    expect(note).to_be_hidden()


def test_arabic_goes_from_right_to_left_and_dutch_beside_it_does_not(page: Page, door: RunningDoor) -> None:
    open_chat(page, door.base)
    answer = ask(page, "مرحبا، أحتاج مساعدة")
    expect(answer.locator(".text")).to_have_attribute("lang", "ar")
    directions = "(nodes) => nodes.map((node) => getComputedStyle(node).direction)"
    assert answer.locator(".text p").evaluate_all(directions) == ["rtl", "ltr"]
    assert answer.locator(".text ul, .text li").evaluate_all(directions) == ["rtl", "rtl"]
    assert page.locator(".message--ouder .text p").evaluate_all(directions) == ["rtl"]
    page.locator("#text").fill("مرحبا")
    assert page.locator("#text").evaluate_all(directions) == ["rtl"]
    no_violations(page)
