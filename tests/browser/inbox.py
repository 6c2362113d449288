"""What an ouderadviseur does in the inbox, as the tests say it."""

from __future__ import annotations

from playwright.sync_api import Page, expect

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


def send_case(page: Page, **fields: str) -> None:
    """The parent fills in the form, agrees, and goes back to the chat."""
    hand_over(page, **fields)
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
