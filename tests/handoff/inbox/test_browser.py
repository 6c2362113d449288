"""The inbox in a real browser: by keyboard, on a phone, and by the rules of accessibility (WCAG 2.2 A and AA)."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import ConsoleMessage, Page
from sqlalchemy.engine import Engine

from bot.handoff.accounts import Account, first_login_link
from bot.handoff.intake import Intake, Receipt
from bot.handoff.sessions import end_sessions
from tests.browser.chat import sound
from tests.handoff.inbox.conftest import PASSWORD, REQUEST, Browser, Clock, Person

pytestmark = pytest.mark.browser
SECRETS = ("12345678", "Samira", "Daan")
"""Of the parent of the case, as they stand on its page."""
one_size = pytest.mark.parametrize("page", [1280], indirect=True)


@pytest.fixture(params=[1280, 360])
def page(request: pytest.FixtureRequest, chromium: Chromium) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": request.param, "height": 740})
    page = context.new_page()
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if "Failed to load resource" not in message.text:
            complaints.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def who_takes(receipt: Receipt, person: Person) -> Browser:
    """A colleague, who just took the case."""
    rik = person("Rik", "ouderadviseur")
    rik.get("/inbox/")
    rik.post(f"/inbox/zaken/{receipt.case_id}/nemen")
    return rik


def focused(page: Page, field: str) -> None:
    """Wait until a field has the focus; the browser gives it after the page was loaded."""
    page.wait_for_function(f"document.activeElement.id === '{field}'", timeout=5000)


def log_in(page: Page, base: str) -> None:
    page.goto(f"{base}/inbox")
    focused(page, "email")
    page.keyboard.type("noor@example.org")
    press(page, "Tab")
    page.keyboard.type(PASSWORD)
    press(page, "Enter")
    page.wait_for_url(f"{base}/inbox")


def test_the_first_account_is_made_with_the_link(page: Page, base: str, engine: Engine, clock: Clock) -> None:
    link = first_login_link(engine, base, clock())
    assert link is not None
    page.goto(link)
    sound(page)
    fields = {"name": "Noor", "email": "noor@example.org", "password": PASSWORD, "again": "iets heel anders"}
    for field, text in fields.items():
        page.fill(f"#{field}", text)
    press(page, "Enter")
    focused(page, "again")
    sound(page)
    page.fill("#password", PASSWORD)
    page.fill("#again", PASSWORD)
    press(page, "Enter")
    page.wait_for_url(f"{base}/inbox")
    sound(page)


def test_a_case_is_found_taken_and_closed_by_keyboard(
    page: Page, base: str, noor: Account, case: Receipt, urgent_case: Receipt
) -> None:
    log_in(page, base)
    sound(page)
    # Skip link; then the link in the alarm is not there on this page: search field, its button, the urgent case.
    press(page, "Tab", "Enter", "Tab", "Tab", "Tab", "Enter")
    page.wait_for_url(f"{base}/inbox/zaken/{urgent_case.case_id}")
    sound(page)
    page.goto(f"{base}/inbox/zaken/{case.case_id}")
    page.get_by_role("button", name="Deze zaak nemen").focus()
    press(page, "Enter")
    page.get_by_text("In behandeling bij u").wait_for()
    for name in ("Gebeld, gemaild of een notitie", "Afsluiten"):
        page.locator("summary", has_text=name).focus()
        press(page, "Enter")
    sound(page)
    page.get_by_label("Notitie", exact=True).last.focus()
    page.keyboard.type("Morgen terugbellen.")
    press(page, "Tab", "Tab", "Enter")
    page.locator(".notes", has_text="Morgen terugbellen.").wait_for()
    page.locator("summary", has_text="Afsluiten").focus()
    press(page, "Enter", "Tab", "ArrowDown", "Tab", "Tab", "Enter")
    page.get_by_text("Doorverwezen").wait_for()
    sound(page)
    page.goto(f"{base}/inbox/?zoek=samira")
    assert case.code in page.locator("#zaken").inner_text()
    sound(page)


@one_size
def test_the_list_and_the_alarm_follow_without_a_reload(
    page: Page, base: str, noor: Account, intake: Intake, person: Person
) -> None:
    log_in(page, base)
    page.locator("body[data-ready]").wait_for()
    page.locator("#zoek").fill("wat ik typ")
    receipt = intake.submit(REQUEST)
    page.locator("#zaken", has_text=receipt.code).wait_for(timeout=5000)
    assert page.title().startswith("(1) ")
    assert "1 zaak is nog niet gelezen" in page.locator("#alarm").inner_text()
    assert page.locator("#zoek").input_value() == "wat ik typ"
    sound(page)
    who_takes(receipt, person)
    page.locator("section[aria-labelledby=groep-collega]", has_text=receipt.code).wait_for(timeout=5000)
    assert not page.title().startswith("(")


@one_size
def test_a_case_that_is_open_shows_what_a_colleague_does(
    page: Page, base: str, noor: Account, case: Receipt, person: Person
) -> None:
    log_in(page, base)
    page.goto(f"{base}/inbox/zaken/{case.case_id}")
    page.locator("body[data-ready]").wait_for()
    who_takes(case, person)
    page.get_by_text("In behandeling bij Rik").wait_for(timeout=5000)


@one_size
def test_names_and_numbers_leave_an_open_page_when_a_colleague_takes_the_case_and_come_back_with_it(
    page: Page, base: str, noor: Account, case: Receipt, person: Person
) -> None:
    log_in(page, base)
    page.goto(f"{base}/inbox/zaken/{case.case_id}")
    page.locator("body[data-ready]").wait_for()
    assert all(secret in page.content() for secret in ("06 12345678", "Samira"))
    page.get_by_text("Gebeld, gemaild of een notitie").click()
    rik = who_takes(case, person)
    page.get_by_text("Deze zaak is van Rik").wait_for(timeout=5000)
    assert not any(secret in page.content() for secret in ("12345678", "Samira", "Daan"))
    assert page.locator("#doen-deel form").count() == 0
    sound(page)
    rik.post(f"/inbox/zaken/{case.case_id}/terugleggen", van=str(noor.id + 1))
    page.get_by_text("06 12345678").first.wait_for(timeout=5000)


@one_size
def test_what_somebody_is_typing_stays_when_a_colleague_takes_the_case(
    page: Page, base: str, noor: Account, case: Receipt, person: Person
) -> None:
    log_in(page, base)
    page.goto(f"{base}/inbox/zaken/{case.case_id}")
    page.locator("body[data-ready]").wait_for()
    page.get_by_text("Gebeld, gemaild of een notitie").click()
    page.locator("#notitie-tekst").fill("gebeld, geen gehoor")
    who_takes(case, person)
    page.get_by_text("Deze zaak is van Rik").wait_for(timeout=5000)
    assert page.locator("#notitie-tekst").input_value() == "gebeld, geen gehoor"
    assert "12345678" not in page.content()


@one_size
def test_a_case_that_the_parent_withdraws_leaves_the_open_page(
    page: Page, base: str, noor: Account, case: Receipt, intake: Intake
) -> None:
    log_in(page, base)
    page.goto(f"{base}/inbox/zaken/{case.case_id}")
    page.locator("body[data-ready]").wait_for()
    intake.withdraw(REQUEST.conversation_id)
    page.get_by_text("Deze zaak bestaat niet").wait_for(timeout=5000)
    assert "12345678" not in page.content()


@one_size
def test_a_session_that_is_ended_elsewhere_leaves_nothing_on_the_open_page(
    page: Page, base: str, noor: Account, case: Receipt, engine: Engine, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    # At once, not with the next sign of life.
    monkeypatch.setattr("bot.handoff.presence.BEAT", 60.0)
    log_in(page, base)
    page.goto(f"{base}/inbox/zaken/{case.case_id}?van=samira")
    page.locator("body[data-ready]").wait_for()
    assert all(secret in page.content() for secret in SECRETS)
    page.get_by_text("Gebeld, gemaild of een notitie").click()
    page.locator("#notitie-tekst").fill("gebeld met Samira")
    end_sessions(engine, noor.id, clock())
    page.get_by_text("U bent uitgelogd.").wait_for(timeout=5000)
    assert not any(secret in page.content() for secret in SECRETS)
    assert page.locator("textarea, form, ol.talk").count() == 0
    assert "samira" not in page.url
    assert page.title().startswith("Uitgelogd")
    sound(page)
    page.get_by_role("link", name="Opnieuw inloggen").click()
    page.wait_for_url(f"{base}/inbox/inloggen?verder=/inbox/zaken/{case.case_id}")


@one_size
def test_logging_out_in_one_tab_empties_the_other(page: Page, base: str, noor: Account, case: Receipt) -> None:
    log_in(page, base)
    page.goto(f"{base}/inbox/zaken/{case.case_id}")
    page.locator("body[data-ready]").wait_for()
    other = page.context.new_page()
    other.goto(f"{base}/inbox")
    other.locator("body[data-ready]").wait_for()
    other.get_by_role("button", name="Uitloggen").click()
    other.wait_for_url(f"{base}/inbox/inloggen")
    page.get_by_text("U bent uitgelogd.").wait_for(timeout=5000)
    assert not any(secret in page.content() for secret in SECRETS)


@one_size
def test_a_stream_that_is_refused_is_no_log_out_until_the_session_has_ended(
    page: Page, base: str, noor: Account, case: Receipt, engine: Engine, clock: Clock
) -> None:
    page.route("**/inbox/stroom*", lambda route: route.fulfill(status=502, body="even niet"))
    log_in(page, base)
    page.goto(f"{base}/inbox/zaken/{case.case_id}")
    page.get_by_text("Geen verbinding met de inbox.").wait_for(timeout=5000)
    assert all(secret in page.content() for secret in SECRETS)
    end_sessions(engine, noor.id, clock())
    page.get_by_text("U bent uitgelogd.").wait_for(timeout=8000)
    assert not any(secret in page.content() for secret in SECRETS)


def test_the_account_page_and_the_second_step_break_no_rule(page: Page, base: str, noor: Account) -> None:
    log_in(page, base)
    page.goto(f"{base}/inbox/account")
    sound(page)
    page.goto(f"{base}/inbox/account/tweestaps")
    sound(page)
    page.fill("#code", "12")
    press(page, "Enter")
    focused(page, "code")
    sound(page)


@one_size
def test_a_case_can_be_printed_without_its_buttons(page: Page, base: str, noor: Account, intake: Intake) -> None:
    asked, told = REQUEST.transcript[1], replace(REQUEST.transcript[0], seq=3, meta={"vraag": 2})
    case = intake.submit(replace(REQUEST, transcript=(asked, told), struck=frozenset()))
    log_in(page, base)
    page.goto(f"{base}/inbox/zaken/{case.case_id}")
    page.get_by_role("button", name="Afdrukken").wait_for()
    page.emulate_media(media="print")
    assert page.locator("form.wrong").count() == 1 and not page.get_by_role("button").filter(visible=True).count()
    assert page.get_by_text("Samira").is_visible()


def test_a_mistake_at_the_login_is_read_out(page: Page, base: str, noor: Account) -> None:
    page.goto(f"{base}/inbox")
    sound(page)
    page.fill("#email", noor.email)
    page.fill("#password", "wrong")
    press(page, "Enter")
    assert "horen niet bij elkaar" in page.get_by_role("alert").inner_text()
    focused(page, "password")
    sound(page)


def test_the_link_in_a_mail_reaches_the_case_of_somebody_who_is_logged_in(
    page: Page, base: str, noor: Account, case: Receipt
) -> None:
    log_in(page, base)
    # From another site the cookie does not come along.
    page.goto("data:text/html,<a href='" + f"{base}/inbox/zaken/{case.case_id}" + "'>zaak</a>")
    page.click("a")
    page.click("text=Ik ben al ingelogd")
    page.wait_for_url(f"{base}/inbox/zaken/{case.case_id}")
    assert case.code in page.content()
