"""The inbox in a real browser: by keyboard, on a phone, and by the rules of accessibility (WCAG 2.2 A and AA)."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import ConsoleMessage, Page
from sqlalchemy.engine import Engine

from bot.handoff.accounts import Account, first_login_link
from bot.handoff.intake import Receipt
from tests.handoff.inbox.conftest import PASSWORD, Clock

pytestmark = pytest.mark.browser
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture(params=[1280, 360])
def page(request: pytest.FixtureRequest, chromium: Chromium) -> Iterator[Page]:
    page = chromium.new_page(viewport={"width": request.param, "height": 740})
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if "Failed to load resource" not in message.text:
            complaints.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    page.close()
    assert complaints == []


def check(page: Page) -> None:
    """No rule of accessibility is broken and nothing sticks out sideways."""
    problems = Axe().run(page, options=RULES).response["violations"]
    assert [(problem["id"], [node["html"] for node in problem["nodes"]]) for problem in problems] == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


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
    check(page)
    fields = {"name": "Noor", "email": "noor@example.org", "password": PASSWORD, "again": "iets heel anders"}
    for field, text in fields.items():
        page.fill(f"#{field}", text)
    press(page, "Enter")
    focused(page, "again")
    check(page)
    page.fill("#password", PASSWORD)
    page.fill("#again", PASSWORD)
    press(page, "Enter")
    page.wait_for_url(f"{base}/inbox")
    check(page)


def test_a_case_is_found_read_and_closed_by_keyboard(
    page: Page, base: str, noor: Account, case: Receipt, urgent_case: Receipt
) -> None:
    log_in(page, base)
    check(page)
    # Skip link, brand, log out, then the cases: the urgent one first.
    press(page, "Tab", "Enter", "Tab", "Enter")
    page.wait_for_url(f"{base}/inbox/zaken/{urgent_case.case_id}")
    check(page)
    page.goto(f"{base}/inbox/zaken/{case.case_id}")
    check(page)
    page.locator("button", has_text="Gelezen").focus()
    press(page, "Enter")
    page.get_by_text("Gelezen door Noor").wait_for()
    page.locator("button", has_text="Afsluiten").focus()
    press(page, "Enter")
    page.get_by_text("Afgesloten door Noor").wait_for()
    check(page)


def test_a_mistake_at_the_login_is_read_out(page: Page, base: str, noor: Account) -> None:
    page.goto(f"{base}/inbox")
    check(page)
    page.fill("#email", noor.email)
    page.fill("#password", "wrong")
    press(page, "Enter")
    assert "horen niet bij elkaar" in page.get_by_role("alert").inner_text()
    focused(page, "password")
    check(page)


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
