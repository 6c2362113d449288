"""A conversation in a real browser."""

from __future__ import annotations

import asyncio
import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import text as sql

from tests.browser.chat import ask, open_chat, replies, say
from tests.chat.fakes import FakeAssistant, RunningDoor

pytestmark = pytest.mark.browser


def test_a_question_gets_its_answer_with_source_review_state_and_follow_ups(page: Page, door: RunningDoor) -> None:
    open_chat(page, door.base)
    answer = ask(page, "Wat is een TLV?")
    expect(answer).to_contain_text("Een TLV (toelaatbaarheidsverklaring) is een besluit")
    source = answer.get_by_role("link", name="Passend Onderwijs Almere: TLV-aanvraag en werkwijze")
    expect(source).to_have_attribute("rel", re.compile("noopener"))
    expect(answer).to_contain_text("Nog niet nagekeken door de organisatie")
    expect(answer.get_by_role("button", name="Wie vraagt een TLV aan?")).to_be_visible()
    expect(answer.locator("time")).to_have_text(re.compile(r"^\d\d:\d\d$"))


def test_it_says_that_it_is_a_chatbot_and_offers_common_questions(
    page: Page, door: RunningDoor, assistant: FakeAssistant
) -> None:
    open_chat(page, door.base)
    expect(page.locator(".intro")).to_contain_text("Ik ben een chatbot, geen mens")
    expect(page.locator(".intro")).to_contain_text("28 dagen")
    page.get_by_role("button", name="Wat is zorgplicht?").click()
    expect(replies(page)).to_have_count(1)
    assert assistant.sent[0][2:] == ("Wat is zorgplicht?", {"kanaal": "web", "nood": "", "keuze": "zorgplicht/uitleg"})
    expect(page.locator("#starters")).to_be_hidden()


def test_an_option_is_chosen_with_its_topic(page: Page, door: RunningDoor, assistant: FakeAssistant) -> None:
    open_chat(page, door.base)
    options = ask(page, "mijn kind heeft hulp nodig")
    expect(options.get_by_role("button")).to_have_count(4)
    options.get_by_role("button", name="Wat is een OPP?").click()
    expect(replies(page)).to_have_count(2)
    assert assistant.sent[-1][3]["keuze"] == "ondersteuning/opp"
    expect(page.locator(".message--ouder").last).to_contain_text("Wat is een OPP?")


def test_a_reload_keeps_the_conversation_and_shows_each_message_once(page: Page, door: RunningDoor) -> None:
    open_chat(page, door.base)
    ask(page, "eerste vraag")
    ask(page, "tweede vraag")
    page.reload()
    expect(page.locator(".message")).to_have_count(4)
    ask(page, "derde vraag")
    expect(page.locator(".message")).to_have_count(6)


def test_a_long_answer_is_shown_from_its_beginning(page: Page, door: RunningDoor) -> None:
    open_chat(page, door.base)
    ask(page, "Wat is een TLV?")
    answer = ask(page, "geef een lang antwoord")
    expect(answer.locator(".message__writer")).to_be_in_viewport()
    page.wait_for_timeout(600)
    log = page.locator("#log").bounding_box()
    box = answer.bounding_box()
    assert log is not None and box is not None
    assert 0 <= box["y"] - log["y"] <= 40


def test_a_reply_does_not_move_somebody_who_reads_back(page: Page, door: RunningDoor) -> None:
    open_chat(page, door.base)
    ask(page, "geef een lang antwoord")
    page.locator("#text").fill("Wat is een TLV?")
    door.services.assistant.hold = hold = asyncio.Event()  # type: ignore[attr-defined]
    page.locator("#text").press("Enter")
    expect(page.locator("#typing")).to_be_visible()
    page.locator("#log").evaluate("(log) => { log.scrollTop = 0 }")
    page.wait_for_timeout(200)
    door.in_loop(hold.set)
    page.get_by_role("button", name="Nieuw bericht").click()
    expect(replies(page).last).to_be_in_viewport()


def test_two_tabs_are_in_step(page: Page, door: RunningDoor, context: BrowserContext) -> None:
    open_chat(page, door.base)
    ask(page, "eerste vraag")
    other = context.new_page()
    open_chat(other, door.base)
    expect(other.locator(".message")).to_have_count(2)
    ask(other, "tweede vraag")
    expect(page.locator(".message")).to_have_count(4)


def test_a_second_tab_that_is_open_before_the_first_message_joins_in(
    page: Page, door: RunningDoor, context: BrowserContext
) -> None:
    open_chat(page, door.base)
    other = context.new_page()
    open_chat(other, door.base)
    ask(page, "eerste vraag")
    expect(other.locator(".message")).to_have_count(2)


def test_enter_sends_and_shift_enter_makes_a_new_line(page: Page, door: RunningDoor) -> None:
    open_chat(page, door.base)
    page.locator("#text").press_sequentially("een")
    page.locator("#text").press("Shift+Enter")
    page.locator("#text").press_sequentially("twee")
    expect(page.locator(".message--ouder")).to_have_count(0)
    page.locator("#text").press("Enter")
    expect(page.locator(".message--ouder .text p")).to_have_text("een\ntwee", use_inner_text=True)


def test_an_incoming_message_is_announced_once_and_leaves_the_focus_alone(page: Page, door: RunningDoor) -> None:
    open_chat(page, door.base)
    ask(page, "mijn kind heeft hulp nodig")
    expect(page.locator("#text")).to_be_focused()
    lines = page.locator("#announcer p")
    expect(lines).to_have_count(1)
    expect(lines).to_contain_text("Ouderchat (chatbot): Ik weet niet zeker")
    expect(lines).to_contain_text("U kunt kiezen: Mijn kind heeft hulp nodig")


def test_a_message_that_does_not_get_through_is_sent_again_with_the_same_id(
    page: Page, door: RunningDoor, assistant: FakeAssistant
) -> None:
    open_chat(page, door.base)
    seen: list[str] = []

    def fail_first(route: object) -> None:
        seen.append(route.request.post_data_json["id"])  # type: ignore[attr-defined]
        route.abort() if len(seen) == 1 else route.continue_()  # type: ignore[attr-defined]

    page.route("**/api/berichten", fail_first)
    say(page, "Wat is een TLV?")
    expect(page.locator(".message--waiting")).to_contain_text("Nog niet verstuurd")
    expect(replies(page)).to_have_count(1)
    assert len(seen) == 2 and seen[0] == seen[1]
    assert len(assistant.sent) == 1
    expect(page.locator(".message--ouder")).to_have_count(1)


def test_a_message_that_waits_survives_a_reload(page: Page, door: RunningDoor, context: BrowserContext) -> None:
    open_chat(page, door.base)
    ask(page, "eerste vraag")
    context.set_offline(True)
    say(page, "tweede vraag")
    expect(page.locator(".message--waiting")).to_contain_text("Nog niet verstuurd")
    context.set_offline(False)
    page.reload()
    expect(replies(page)).to_have_count(2)
    expect(page.locator(".message--ouder")).to_have_count(2)


def test_a_conversation_that_is_gone_makes_way_for_a_new_one(page: Page, door: RunningDoor) -> None:
    open_chat(page, door.base)
    ask(page, "eerste vraag")
    with door.services.engine.begin() as connection:
        connection.execute(sql("DELETE FROM conversations"))
    say(page, "tweede vraag")
    expect(page.locator(".message--ouder")).to_have_count(1)
    expect(page.locator(".message--ouder")).to_have_text(re.compile("tweede vraag"))
    expect(replies(page)).to_have_count(1)


def test_what_is_typed_but_not_sent_survives_a_reload(page: Page, door: RunningDoor) -> None:
    open_chat(page, door.base)
    page.locator("#text").fill("half af")
    page.reload()
    expect(page.locator("#text")).to_have_value("half af")


def test_a_broken_connection_is_told_and_mended(page: Page, door: RunningDoor, context: BrowserContext) -> None:
    open_chat(page, door.base)
    ask(page, "eerste vraag")
    door.app.ctx.door.hub.close()
    page.route("**/api/stroom", lambda route: route.abort())
    expect(page.locator("#banner")).to_contain_text("Geen verbinding", timeout=10_000)
    page.unroute("**/api/stroom")
    expect(page.locator("#banner")).to_be_hidden(timeout=20_000)
    ask(page, "tweede vraag")
    expect(page.locator(".message")).to_have_count(4)


def test_while_the_assistant_is_away_it_offers_a_human_and_the_answers(
    page: Page, door: RunningDoor, assistant: FakeAssistant
) -> None:
    assistant.away = True
    open_chat(page, door.base)
    reply = ask(page, "Wat is een TLV?")
    expect(reply.get_by_role("link", name="alle antwoorden")).to_have_attribute("href", "/antwoorden")
    reply.get_by_role("button", name="Ik wil een mens spreken").click()
    expect(page.get_by_role("dialog", name="Een mens spreken")).to_be_visible()


def test_markup_in_a_message_stays_text(page: Page, door: RunningDoor) -> None:
    open_chat(page, door.base)
    ask(page, "<img src=x onerror=alert(1)> **vet** [x](javascript:alert(1))")
    own = page.locator(".message--ouder .text")
    expect(own).to_contain_text("<img src=x onerror=alert(1)> **vet**")
    expect(own.locator("img, strong, a")).to_have_count(0)


def test_a_text_that_is_too_long_stays_where_it_was_typed(page: Page, door: RunningDoor) -> None:
    open_chat(page, door.base)
    text = "vraag " * 400
    page.locator("#text").fill(text)
    expect(page.locator("#counter")).to_contain_text("tekens te veel")
    page.locator("#text").press("Enter")
    expect(replies(page)).to_contain_text("te lang")
    expect(page.locator("#text")).to_have_value(text)


def test_the_letters_can_be_larger_and_stay_so(page: Page, door: RunningDoor) -> None:
    open_chat(page, door.base)
    size = "() => parseFloat(getComputedStyle(document.documentElement).fontSize)"
    before = page.evaluate(size)
    page.get_by_role("button", name="Meer").click()
    page.get_by_role("button", name="Letters groter").click()
    assert page.evaluate(size) > before
    page.reload()
    assert page.evaluate(size) > before


def test_all_answers_can_be_searched(page: Page, door: RunningDoor) -> None:
    page.goto(f"{door.base}/antwoorden")
    everything = page.locator(".answer:visible").count()
    page.get_by_label("Zoek in de antwoorden").fill("tlv aanvr")
    expect(page.locator("#found")).to_contain_text("gevonden")
    assert 0 < page.locator(".answer:visible").count() < everything
    page.locator("summary:visible").first.click()
    expect(page.locator(".answer[open] .text")).to_be_visible()
    page.get_by_label("Zoek in de antwoorden").fill("xyzzy")
    expect(page.locator("#found")).to_contain_text("Niets gevonden")
