"""What an ouderadviseur does in the inbox, as the tests say it."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import Page, expect
from sqlalchemy import text as sql

from bot.chat.services import Services
from bot.handoff import sessions
from bot.handoff.inbox.gate import SESSION_COOKIE
from bot.handoff.intake import Request
from tests.browser.chat import hand_over

PASSWORD = "een zin die ik onthoud"


def log_in(page: Page, base: str, name: str) -> None:
    """To the list of cases."""
    page.goto(f"{base}/inbox")
    page.fill("#email", f"{name.lower()}@example.org")
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{base}/inbox")
    page.locator("body[data-ready]").wait_for()


def enter(page: Page, base: str, services: Services, name: str) -> None:
    """Be logged in, without the pages of the log-in."""
    token = sessions.log_in(services.engine, f"{name.lower()}@example.org", PASSWORD)
    place = {"domain": urlsplit(base).hostname or "", "path": "/inbox"}
    page.context.add_cookies([{"name": SESSION_COOKIE, "value": token, **place}])  # type: ignore[list-item,misc]


def hand_in(services: Services) -> str:
    """The case of the one conversation that there is, without the form; gives its address."""
    with services.engine.connect() as connection:
        conversation_id = connection.execute(sql("SELECT id FROM conversations")).scalar_one()
    about = {"about": "Mijn kind zit al drie weken thuis.", "contact": "06-12345678", "name": "liever niet"}
    rest = {"transcript": (), "struck": frozenset(), "topic": "", "urgent": False}
    receipt = services.intake.submit(Request(conversation_id, "toestemming-1", **about, **rest))  # type: ignore[arg-type]
    return f"/inbox/zaken/{receipt.case_id}"


def send_case(page: Page, **fields: str) -> None:
    """The parent fills in the form, agrees, and goes back to the chat."""
    hand_over(page, **fields)
    send(page)


def send(page: Page) -> None:
    """The parent agrees to the preview, and goes back to the chat."""
    page.locator("#f-consent").check()
    page.get_by_role("button", name="Verstuur naar de ouderadviseur").click()
    expect(page.locator("#receipt")).to_contain_text("Uw code is")
    page.get_by_role("button", name="Terug naar de chat").click()


def open_case(page: Page) -> None:
    """The first case in the list."""
    page.locator(".cases a").first.click()
    page.locator("body[data-page='zaak'][data-ready]").wait_for()


def join(page: Page) -> None:
    """Take over the conversation of the case that is open."""
    page.get_by_role("button", name="Gesprek overnemen").click()
    expect(page.get_by_role("heading", name="U praat nu met de ouder")).to_be_visible()


def say(page: Page, text: str) -> None:
    """A message to the parent."""
    page.locator("#zeg-tekst").fill(text)
    page.locator("#zeg-tekst").press("Control+Enter")
    expect(page.locator("#zeg-tekst")).to_have_value("")
