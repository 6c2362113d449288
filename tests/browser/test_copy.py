"""A copy of the conversation, and beginning again."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chat import ask, no_violations, open_chat
from tests.browser.test_handoff import count
from tests.chat.fakes import RunningDoor

pytestmark = pytest.mark.browser


def choose(page: Page, name: str) -> None:
    page.get_by_role("button", name="Meer").click()
    page.locator("#menu").get_by_role("button", name=name).click()


def test_the_conversation_can_be_kept_as_a_file(page: Page, door: RunningDoor) -> None:
    open_chat(page, door.base)
    ask(page, "Wat is een <b>TLV</b>?")
    with page.expect_download() as info:
        choose(page, "Gesprek bewaren")
    assert info.value.suggested_filename.endswith(".txt")
    text = Path(info.value.path()).read_text(encoding="utf-8-sig")
    assert "U:\nWat is een <b>TLV</b>?" in text
    assert "Ouderchat (chatbot):\nEen TLV (toelaatbaarheidsverklaring) is een besluit" in text
    assert "\nWat kunt u nu doen? Praat met de school" in text
    assert "Bron: Passend Onderwijs Almere: TLV-aanvraag en werkwijze, https://passendonderwijs-almere.nl/" in text


def test_the_conversation_can_be_printed_whole(page: Page, door: RunningDoor) -> None:
    open_chat(page, door.base)
    ask(page, "geef een lang antwoord")
    ask(page, "Wat is een TLV?")
    page.evaluate("() => { window.print = () => { window.printed = true } }")
    choose(page, "Gesprek afdrukken")
    assert page.evaluate("() => window.printed")
    page.emulate_media(media="print")
    for hidden in ("#composer", "#human", ".choices-of", ".feedback"):
        expect(page.locator(hidden).first).to_be_hidden()
    assert page.locator(".log").evaluate("(log) => log.scrollHeight <= log.clientHeight + 1"), "nothing is cut off"
    expect(page.locator(".message")).to_have_count(4)


def test_there_is_nothing_to_keep_yet(page: Page, door: RunningDoor) -> None:
    open_chat(page, door.base)
    choose(page, "Gesprek bewaren")
    expect(page.locator("#banner")).to_contain_text("Er is nog geen gesprek")


def test_one_can_begin_again(page: Page, door: RunningDoor) -> None:
    open_chat(page, door.base)
    ask(page, "Wat is een TLV?")
    token = page.evaluate("() => localStorage.getItem('ouderchat.token')")
    choose(page, "Opnieuw beginnen")
    dialog = page.get_by_role("dialog", name="Wilt u opnieuw beginnen?")
    no_violations(page)
    dialog.get_by_role("button", name="Terug").click()
    expect(page.locator(".message")).to_have_count(2)
    choose(page, "Opnieuw beginnen")
    with page.expect_download():
        dialog.get_by_role("button", name="Eerst bewaren").click()
    dialog.get_by_role("button", name="Begin opnieuw").click()
    expect(page.locator(".message")).to_have_count(0)
    expect(page.locator("#text")).to_be_focused()
    assert count(door, "messages") == 0
    ask(page, "een nieuw begin")
    expect(page.locator(".message")).to_have_count(2)
    assert page.evaluate("() => localStorage.getItem('ouderchat.token')") != token


def test_a_choice_can_also_be_typed(page: Page, door: RunningDoor) -> None:
    open_chat(page, door.base)
    for typed in ("wat is een opp", "de derde", "3"):
        ask(page, "mijn kind heeft hulp nodig")
        ask(page, typed)
        assert door.services.assistant.sent[-1][3]["keuze"] == "ondersteuning/opp", typed  # type: ignore[attr-defined]
