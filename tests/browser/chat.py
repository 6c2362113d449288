"""What a parent does in the chat, as the tests say it."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import FrameLocator, Locator, Page, expect

Place = Page | FrameLocator
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
"""The rules are named, since by itself axe leaves out what is new in 2.2; what is in order need not be listed."""


def open_chat(page: Page, base: str) -> None:
    """The chat as a page of its own."""
    page.goto(f"{base}/chat")
    page.locator("#chat[data-ready]").wait_for()


def say(place: Place, text: str) -> None:
    """Type a message and send it with Enter."""
    place.locator("#chat[data-ready]").wait_for()
    place.locator("#text").fill(text)
    place.locator("#text").press("Enter")


def replies(place: Place) -> Locator:
    """The messages of the chatbot."""
    return place.locator(".message--bot")


def ask(place: Place, text: str) -> Locator:
    """Send a message and wait for the reply to it."""
    before = replies(place).count()
    say(place, text)
    expect(replies(place)).to_have_count(before + 1)
    return replies(place).last


def hand_over(page: Page, **fields: str) -> None:
    """Fill in the form up to the preview."""
    page.get_by_role("button", name="Mens spreken").first.click()
    page.get_by_label("Waar gaat het over?").fill(fields.get("about", "Mijn kind zit al drie weken thuis."))
    page.get_by_label("Uw telefoonnummer of e-mailadres").fill(fields.get("contact", "06-12345678"))
    page.get_by_role("button", name="Bekijk wat we doorgeven").click()
    expect(page.get_by_role("heading", name="Dit geven we door")).to_be_visible()


def no_violations(page: Page) -> None:
    """Axe finds nothing to object to, in the standard of the chat (WCAG 2.2 AA and good practice)."""
    results = Axe().run(page, options=RULES)
    found = [f"{rule['id']}: {node['html'][:200]}" for rule in results.response["violations"] for node in rule["nodes"]]
    assert not found, "\n".join(found)


def sound(page: Page) -> None:
    """No rule of accessibility is broken and nothing sticks out sideways."""
    no_violations(page)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
