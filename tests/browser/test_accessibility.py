"""Accessibility of the chat in every state: axe, keyboard, sizes."""

from __future__ import annotations

import asyncio
import re
from functools import partial
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import text as sql

from bot.chat.store import Entry
from tests.browser.chat import ask, hand_over, no_violations, open_chat, say
from tests.chat.fakes import FakeAssistant, RunningDoor

pytestmark = pytest.mark.browser

SMALLEST_TARGET = 44
SCHEMES = ("light", "dark")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_state_of_the_chat_has_a_violation(page: Page, door: RunningDoor, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    open_chat(page, door.base)
    no_violations(page)
    ask(page, "Wat is een TLV?")
    no_violations(page)
    ask(page, "mijn kind heeft hulp nodig, bel 06-12345678")
    ask(page, "ik wil een mens spreken")
    no_violations(page)
    page.get_by_role("button", name="Meer").click()
    no_violations(page)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_step_of_the_form_has_a_violation(page: Page, door: RunningDoor, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    open_chat(page, door.base)
    ask(page, "Wat is een TLV?")
    page.get_by_role("button", name="Mens spreken").first.click()
    no_violations(page)
    page.get_by_role("button", name="Bekijk wat we doorgeven").click()
    expect(page.locator("#problems")).to_be_visible()
    no_violations(page)
    page.get_by_role("button", name="Formulier sluiten").click()
    hand_over(page, about="ik wil niet meer leven")
    no_violations(page)
    page.locator("#preview-list input").first.uncheck()
    page.locator("#f-consent").check()
    no_violations(page)
    page.get_by_role("button", name="Verstuur naar de ouderadviseur").click()
    expect(page.locator("#receipt")).to_be_visible()
    no_violations(page)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_page_around_the_chat_has_no_violation(page: Page, door: RunningDoor, scheme: Any) -> None:
    """Every other page is looked at in tests/handoff/inbox/test_every_page.py."""
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(door.base)
    expect(page.frame_locator("iframe").locator("#text")).to_be_visible()
    no_violations(page)
    page.frame_locator("iframe").get_by_role("button", name="Chat sluiten").click()
    no_violations(page)


def test_trouble_has_no_violation(page: Page, door: RunningDoor, assistant: FakeAssistant) -> None:
    page.emulate_media(reduced_motion="reduce")
    open_chat(page, door.base)
    assistant.away = True
    ask(page, "Wat is een TLV?")
    page.context.set_offline(True)
    say(page, "Hallo?")
    expect(page.locator(".message--waiting")).to_contain_text("Nog niet verstuurd")
    expect(page.locator("#banner")).to_contain_text("Geen verbinding", timeout=10_000)
    no_violations(page)
    page.context.set_offline(False)


def test_a_human_who_joined_has_no_violation_and_is_spoken_once_without_markup(page: Page, door: RunningDoor) -> None:
    page.emulate_media(reduced_motion="reduce")
    open_chat(page, door.base)
    ask(page, "Wat is een TLV?")
    page.locator("#text").focus()
    spoken = page.locator("#announcer p")
    before = spoken.count()
    says(
        door,
        Entry("systeem", "U spreekt nu met een ouderadviseur."),
        Entry("mens", "Hallo <b>, waarmee kan ik helpen?"),
    )
    expect(page.locator(".message--mens")).to_contain_text("waarmee kan ik helpen")
    expect(page.locator(".message--mens .message__writer")).to_contain_text("Ouderadviseur")
    expect(spoken).to_have_count(before + 2)
    assert spoken.last.inner_text() == "Ouderadviseur: Hallo <b>, waarmee kan ik helpen?"
    expect(page.locator("#text")).to_be_focused()
    no_violations(page)
    page.reload()
    expect(page.locator(".message--mens")).to_have_count(1)
    expect(spoken).to_have_count(0)


def says(door: RunningDoor, *entries: Entry) -> None:
    """What is put into the only conversation by somebody else than the chatbot."""
    with door.services.engine.connect() as connection:
        conversation = connection.execute(sql("SELECT id FROM conversations")).scalar()
    context = door.app.ctx.door
    for message in [context.store.add(conversation, entry) for entry in entries]:
        door.in_loop(partial(context.turns.show, message))


def test_with_reduced_motion_nothing_moves(page: Page, door: RunningDoor) -> None:
    page.emulate_media(reduced_motion="reduce")
    open_chat(page, door.base)
    door.services.assistant.hold = hold = asyncio.Event()  # type: ignore[attr-defined]
    say(page, "Wat is een TLV?")
    expect(page.locator("#typing")).to_be_visible()
    assert page.evaluate("() => document.getAnimations().length") == 0
    door.in_loop(hold.set)
    expect(page.locator(".message--bot")).to_have_count(1)
    assert page.evaluate("() => document.getAnimations().length") == 0


def test_with_forced_colours_every_control_has_an_edge(page: Page, door: RunningDoor) -> None:
    page.emulate_media(forced_colors="active")
    open_chat(page, door.base)
    ask(page, "wie beslist daarover?")
    page.get_by_role("button", name="Ja, dit helpt mij").click()
    edge = "(node) => { const style = getComputedStyle(node); return style.borderBottomStyle !== 'none' }"
    for name in (".human", ".send", ".bubble", "[aria-pressed=true]", "#menu-button"):
        assert page.locator(name).first.evaluate(edge), name
    no_violations(page)


# 1280 by 1024 at 200% and at 400%, and a phone with its keyboard open.
@pytest.mark.parametrize(("width", "height"), [(640, 512), (320, 256), (360, 330)])
def test_in_a_small_window_one_can_read_and_type(page: Page, door: RunningDoor, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    open_chat(page, door.base)
    answer = ask(page, "wie beslist daarover?")
    answer.get_by_role("button", name="TLV", exact=True).click()
    answer.get_by_role("button", name="Nee, dit helpt mij niet").click()
    expect(answer.get_by_label("Wat kan er beter?")).to_be_visible()
    expect(page.locator("#text")).to_be_in_viewport(ratio=1)
    expect(page.locator("#human")).to_be_in_viewport(ratio=1)
    log = page.locator("#log").bounding_box()
    assert log is not None and log["height"] >= 80
    assert page.locator("#log").evaluate("(log) => log.scrollWidth <= log.clientWidth")
    page.get_by_role("button", name="Meer").click()
    page.locator("#wipe").scroll_into_view_if_needed()
    expect(page.locator("#wipe")).to_be_in_viewport(ratio=1)
    page.locator("#wipe").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_everything_can_be_done_with_the_keyboard(page: Page, door: RunningDoor) -> None:
    open_chat(page, door.base)
    page.locator("#text").focus()
    page.keyboard.type("mijn kind heeft hulp nodig")
    page.keyboard.press("Enter")
    option = page.locator(".message--bot").get_by_role("button", name="Wat is een OPP?")
    option.wait_for()
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        if option.evaluate("(node) => node === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.locator(".message--bot")).to_have_count(2)
    expect(page.locator("#text")).to_be_focused()


def test_one_walks_through_the_messages_with_the_arrow_keys(page: Page, door: RunningDoor) -> None:
    page.emulate_media(reduced_motion="reduce")
    open_chat(page, door.base)
    ask(page, "Wat is een TLV?")
    ask(page, "mijn kind heeft hulp nodig")
    page.locator("#log").focus()
    messages = page.locator(".message")
    for key, at in (("ArrowUp", 3), ("ArrowUp", 2), ("ArrowUp", 1), ("ArrowUp", 0), ("ArrowUp", 0), ("ArrowDown", 1)):
        page.keyboard.press(key)
        expect(messages.nth(at)).to_be_focused()
        expect(messages.nth(at)).to_be_in_viewport(ratio=1)
    expect(messages.nth(1)).to_have_accessible_name(re.compile("^Ouderchat .chatbot.: Een TLV .* is een besluit"))
    no_violations(page)
    says(door, Entry("systeem", "Iets nieuws."))
    expect(messages).to_have_count(5)
    expect(messages.nth(1)).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowUp")
    within = "(node) => node.contains(document.activeElement) && node !== document.activeElement"
    assert messages.nth(1).evaluate(within), "Tab goes on in the message, and there the arrows are its own"
    messages.nth(1).press("End")
    expect(messages.nth(4)).to_be_focused()
    page.keyboard.press("Home")
    expect(messages.nth(0)).to_be_focused()


def test_a_message_longer_than_the_screen_is_scrolled_through_first(page: Page, door: RunningDoor) -> None:
    page.set_viewport_size({"width": 320, "height": 400})
    open_chat(page, door.base)
    ask(page, "geef een lang antwoord")
    page.locator("#log").focus()
    page.keyboard.press("ArrowUp")
    long = page.locator(".message--bot")
    expect(long).to_be_focused()
    top = page.locator("#log").evaluate("(log) => log.scrollTop")
    page.keyboard.press("ArrowDown")
    page.wait_for_function("(top) => document.getElementById('log').scrollTop > top", arg=top)
    expect(long).to_be_focused()


def test_escape_closes_the_menu_and_gives_the_focus_back(page: Page, door: RunningDoor) -> None:
    open_chat(page, door.base)
    page.get_by_role("button", name="Meer").press("Enter")
    expect(page.get_by_role("button", name="Letters groter")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Letters groter")).to_be_hidden()
    expect(page.get_by_role("button", name="Meer")).to_be_focused()


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_nothing_sticks_out_and_every_target_is_large_enough(page: Page, door: RunningDoor, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    open_chat(page, door.base)
    ask(page, "Wat is een TLV?").get_by_role("button", name="Nee, dit helpt mij niet").click()
    ask(page, "mijn kind heeft hulp nodig")
    page.get_by_role("button", name="Meer").click()
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(
        "() => { const log = document.getElementById('log'); return log.scrollWidth <= log.clientWidth }"
    )
    for button in page.locator("button:visible:not(.link, .term), #menu a:visible").all():
        box = button.bounding_box()
        assert box is not None
        # Not to the last decimal: positions are fractions of a pixel.
        assert round(min(box["width"], box["height"]), 1) >= SMALLEST_TARGET, button.inner_text()


def test_the_largest_letters_fit_on_the_smallest_screen(page: Page, door: RunningDoor) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    open_chat(page, door.base)
    page.get_by_role("button", name="Meer").click()
    for _ in range(3):
        page.get_by_role("button", name="Letters groter").click()
    page.keyboard.press("Escape")
    assert page.locator("#text").evaluate("(text) => text.scrollHeight <= text.clientHeight"), "no word is cut off"
    ask(page, "Wat is een TLV?")
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    page.wait_for_timeout(600)
    assert page.evaluate("() => scrollY") == 0
    expect(page.locator("#human")).to_be_in_viewport()
    expect(page.locator("#text")).to_be_in_viewport()


def test_without_javascript_the_answers_can_still_be_read(browser: Browser, door: RunningDoor) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{door.base}/chat")
    page.get_by_role("link", name="alle antwoorden").click()
    expect(page.locator(".answer").first).to_be_visible()
    context.close()
