"""The hand-off and "Wis mijn gesprek" in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect
from sqlalchemy import text as sql

from tests.browser.chat import ask, hand_over, no_violations, open_chat
from tests.chat.fakes import RunningDoor

pytestmark = pytest.mark.browser


def count(door: RunningDoor, table: str) -> int:
    with door.services.engine.connect() as connection:
        return int(connection.execute(sql(f"SELECT count(*) FROM {table}")).scalar())


def test_a_parent_reaches_a_human_and_sees_exactly_what_is_passed_on(page: Page, door: RunningDoor) -> None:
    open_chat(page, door.base)
    ask(page, "Wat is een TLV?")
    ask(page, "iets wat niemand hoeft te weten")
    page.locator("#log").evaluate("(log) => { log.scrollTop = 0 }")
    hand_over(page)
    sheet = page.get_by_role("dialog")
    expect(sheet).to_contain_text("06 12345678")
    expect(sheet.locator("#preview-list").get_by_role("checkbox")).to_have_count(4)
    sheet.get_by_label("iets wat niemand hoeft te weten").uncheck()
    page.locator("#f-consent").check()
    page.get_by_role("button", name="Verstuur naar de ouderadviseur").click()
    expect(page.locator("#receipt")).to_contain_text("Uw code is")
    page.get_by_role("button", name="Terug naar de chat").click()
    expect(page.locator(".message--systeem")).to_contain_text("Uw code is")
    expect(page.locator(".message--systeem")).to_be_in_viewport(ratio=1)
    with door.services.engine.connect() as connection:
        assert connection.execute(sql("SELECT seq FROM case_lines ORDER BY seq")).scalars().all() == [1, 2, 4]


def test_the_preview_shows_the_case_sheet_and_it_follows_what_is_struck(page: Page, door: RunningDoor) -> None:
    open_chat(page, door.base)
    ask(page, "Mijn zoon zit op de middelbare school. Wat is een TLV?")
    hand_over(page)
    rows = page.locator("#preview-rows")
    expect(rows).to_contain_text("Onderwijs: voortgezet onderwijs")
    expect(rows).to_contain_text("De chatbot gaf antwoord op: Wat is een TLV?")
    no_violations(page)
    rows.get_by_label("De chatbot gaf antwoord op").uncheck()
    page.locator("#preview-list").get_by_label("Mijn zoon zit op de middelbare school").uncheck()
    expect(rows).not_to_contain_text("voortgezet onderwijs")
    expect(rows.get_by_label("De chatbot gaf antwoord op")).not_to_be_checked()
    page.locator("#f-consent").check()
    page.get_by_role("button", name="Verstuur naar de ouderadviseur").click()
    expect(page.locator("#receipt")).to_contain_text("Uw code is")
    with door.services.engine.connect() as connection:
        assert connection.execute(sql("SELECT struck_rows FROM cases")).scalars().all() == ["answered"]


def test_a_human_can_be_reached_without_a_message_first(page: Page, door: RunningDoor) -> None:
    open_chat(page, door.base)
    hand_over(page, contact="ouder@example.org")
    page.locator("#f-consent").check()
    page.get_by_role("button", name="Verstuur naar de ouderadviseur").click()
    expect(page.locator("#receipt")).to_contain_text("Uw code is")
    page.keyboard.press("Escape")
    expect(page.locator(".message--systeem")).to_have_count(1)


def test_a_reply_that_offers_the_form_opens_it(page: Page, door: RunningDoor) -> None:
    open_chat(page, door.base)
    ask(page, "ik wil een mens spreken").get_by_role("button", name="Vul het formulier in").click()
    expect(page.get_by_role("dialog", name="Een mens spreken")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("button", name="Vul het formulier in")).to_be_focused()


def test_what_is_wrong_is_said_at_the_field_and_in_a_summary(page: Page, door: RunningDoor) -> None:
    open_chat(page, door.base)
    page.get_by_role("button", name="Mens spreken").first.click()
    page.get_by_label("Waar gaat het over?").fill("Mijn kind zit thuis")
    page.get_by_label("Uw telefoonnummer of e-mailadres").fill("06-12")
    page.get_by_role("button", name="Bekijk wat we doorgeven").click()
    expect(page.locator("#problems")).to_be_focused()
    field = page.get_by_label("Uw telefoonnummer of e-mailadres")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description("Daarop bereikt de ouderadviseur u. " + wrong_number(page))
    page.locator("#problems a").click()
    expect(field).to_be_focused()


def wrong_number(page: Page) -> str:
    return page.locator("#f-contact-problem").inner_text()


def test_nothing_is_sent_without_consent(page: Page, door: RunningDoor) -> None:
    open_chat(page, door.base)
    hand_over(page)
    page.get_by_role("button", name="Verstuur naar de ouderadviseur").click()
    expect(page.locator("#problems")).to_contain_text("toestemming")
    assert count(door, "cases") == 0


def test_what_was_filled_in_stays_when_the_form_is_closed(page: Page, door: RunningDoor) -> None:
    open_chat(page, door.base)
    page.get_by_role("button", name="Mens spreken").first.click()
    page.get_by_label("Waar gaat het over?").fill("Mijn kind zit thuis")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Mens spreken").first.click()
    expect(page.get_by_label("Waar gaat het over?")).to_have_value("Mijn kind zit thuis")


def fields(page: Page) -> list[str]:
    return [page.locator(f"#f-{name}").input_value() for name in ("about", "contact", "name", "moment", "interpreter")]


def test_the_form_begins_with_what_was_told_in_the_chat_and_no_number_went_there(page: Page, door: RunningDoor) -> None:
    told: list[str] = []
    page.on("response", lambda response: told.append(response.text()) if "/overdracht" in response.url else None)
    open_chat(page, door.base)
    ask(page, "Ik ben Samira, bel me op 06-12345678 na vijven over de TLV van mijn zoon, met een Turkse tolk")
    page.reload()
    page.locator("#chat[data-ready]").wait_for()
    page.get_by_role("button", name="Mens spreken").first.click()
    expect(page.locator("#prefilled")).to_be_visible()
    assert fields(page) == ["de TLV van mijn zoon", "06-12345678", "Samira", "na vijven", "Turks"]
    assert not any(secret in text for secret in ("Samira", "12345678") for text in told)
    no_violations(page)
    page.get_by_role("button", name="Bekijk wat we doorgeven").click()
    expect(page.locator("#preview-facts")).to_contain_text("06 12345678")


def test_what_a_parent_takes_out_of_the_form_does_not_come_back(page: Page, door: RunningDoor) -> None:
    open_chat(page, door.base)
    ask(page, "bel mij op 06-12345678 over de TLV van mijn zoon")
    for contact in ("06-12345678", ""):
        page.get_by_role("button", name="Mens spreken").first.click()
        expect(page.locator("#f-about")).to_have_value("de TLV van mijn zoon")
        expect(page.locator("#f-contact")).to_have_value(contact)
        page.locator("#f-contact").fill("")
        page.keyboard.press("Escape")


def test_after_a_wipe_nothing_of_it_is_left_in_the_browser(page: Page, door: RunningDoor) -> None:
    open_chat(page, door.base)
    ask(page, "ik ben Samira, bel mij op 06-12345678 over de TLV van mijn zoon")
    page.get_by_role("button", name="Mens spreken").first.click()
    expect(page.locator("#f-name")).to_have_value("Samira")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Meer").click()
    page.locator("#wipe").click()
    page.get_by_role("dialog").get_by_role("button", name="Wis mijn gesprek").click()
    expect(page.locator(".message")).to_have_count(0)
    assert page.evaluate("Object.keys(sessionStorage).filter(key => sessionStorage[key].includes('Samira'))") == []
    page.get_by_role("button", name="Mens spreken").first.click()
    assert fields(page) == ["", "", "", "", ""]


def test_outside_working_hours_the_form_says_when_there_will_be_somebody(page: Page, door: RunningDoor) -> None:
    door.services.intake.closed_notice = lambda: "De ouderadviseurs werken nu niet."  # type: ignore[method-assign]
    open_chat(page, door.base)
    page.get_by_role("button", name="Mens spreken").first.click()
    expect(page.locator("#when")).to_have_text("De ouderadviseurs werken nu niet.")
    page.keyboard.press("Escape")
    door.services.intake.closed_notice = lambda: ""  # type: ignore[method-assign]
    page.get_by_role("button", name="Mens spreken").first.click()
    expect(page.locator("#when")).to_be_hidden()


def test_what_the_form_began_with_does_not_come_in_after_a_wipe(page: Page, door: RunningDoor) -> None:
    open_chat(page, door.base)
    ask(page, "bel mij over de TLV van mijn zoon")
    held: list[Route] = []
    page.route("**/api/overdracht", lambda route: held.append(route))
    page.get_by_role("button", name="Mens spreken").first.click()
    expect(page.get_by_role("dialog", name="Een mens spreken")).to_be_visible()
    other = page.context.new_page()
    open_chat(other, door.base)
    other.get_by_role("button", name="Meer").click()
    other.locator("#wipe").click()
    other.get_by_role("dialog").get_by_role("button", name="Wis mijn gesprek").click()
    expect(page.locator(".message")).to_have_count(0)
    held[0].fulfill(json={"velden": {"waar_gaat_het_over": "de TLV van mijn zoon"}, "van_u": {}})
    page.wait_for_timeout(300)
    assert fields(page) == ["", "", "", "", ""]


def test_danger_in_the_form_shows_the_help_lines(page: Page, door: RunningDoor) -> None:
    open_chat(page, door.base)
    hand_over(page, about="ik wil niet meer leven")
    expect(page.locator("#alarm")).to_contain_text("113")


def test_a_form_that_cannot_be_sent_keeps_what_was_filled_in(page: Page, door: RunningDoor) -> None:
    open_chat(page, door.base)
    hand_over(page)
    page.route("**/api/overdracht", lambda route: route.abort())
    page.locator("#f-consent").check()
    page.get_by_role("button", name="Verstuur naar de ouderadviseur").click()
    expect(page.locator("#problems")).to_contain_text("geen verbinding")
    page.unroute("**/api/overdracht")
    page.get_by_role("button", name="Verstuur naar de ouderadviseur").click()
    expect(page.locator("#receipt")).to_contain_text("Uw code is")
    assert count(door, "cases") == 1


def test_a_preview_that_is_no_longer_right_is_shown_again(page: Page, door: RunningDoor) -> None:
    open_chat(page, door.base)
    ask(page, "Wat is een TLV?")
    hand_over(page)
    with door.services.engine.begin() as connection:
        connection.execute(sql("UPDATE messages SET text = 'Een ander antwoord' WHERE author = 'bot'"))
    page.locator("#f-consent").check()
    page.get_by_role("button", name="Verstuur naar de ouderadviseur").click()
    expect(page.locator("#problems")).to_contain_text("veranderd")
    expect(page.locator("#preview-list")).to_contain_text("Een ander antwoord")
    page.get_by_role("button", name="Verstuur naar de ouderadviseur").click()
    expect(page.locator("#receipt")).to_contain_text("Uw code is")


def test_wiping_empties_chat_and_store(page: Page, door: RunningDoor) -> None:
    open_chat(page, door.base)
    ask(page, "Wat is een TLV?")
    page.get_by_role("button", name="Meer").click()
    page.locator("#wipe").click()
    expect(page.locator("#wipe-case")).to_be_hidden()
    page.get_by_role("dialog").get_by_role("button", name="Wis mijn gesprek").click()
    expect(page.locator(".message")).to_have_count(0)
    expect(page.locator("#starters")).to_be_visible()
    expect(page.locator("#banner")).to_contain_text("Uw gesprek is gewist")
    assert count(door, "messages") == count(door, "conversations") == 0
    ask(page, "een nieuw begin")
    expect(page.locator(".message")).to_have_count(2)


@pytest.mark.parametrize(("wish", "left"), [("Mijn vraag mag blijven staan", 1), ("Mijn vraag ook intrekken", 0)])
def test_wiping_asks_apart_about_a_case(page: Page, door: RunningDoor, wish: str, left: int) -> None:
    open_chat(page, door.base)
    hand_over(page)
    page.locator("#f-consent").check()
    page.get_by_role("button", name="Verstuur naar de ouderadviseur").click()
    page.get_by_role("button", name="Terug naar de chat").click()
    page.get_by_role("button", name="Meer").click()
    page.locator("#wipe").click()
    page.get_by_label(wish).check()
    page.get_by_role("dialog").get_by_role("button", name="Wis mijn gesprek").click()
    expect(page.locator(".message")).to_have_count(0)
    assert count(door, "cases") == left


def test_a_wipe_in_one_tab_empties_the_other(page: Page, door: RunningDoor) -> None:
    open_chat(page, door.base)
    ask(page, "Wat is een TLV?")
    other = page.context.new_page()
    open_chat(other, door.base)
    expect(other.locator(".message")).to_have_count(2)
    page.get_by_role("button", name="Meer").click()
    page.locator("#wipe").click()
    page.get_by_role("dialog").get_by_role("button", name="Wis mijn gesprek").click()
    expect(other.locator(".message")).to_have_count(0)
    ask(other, "een nieuw begin")
    expect(page.locator(".message")).to_have_count(2)
