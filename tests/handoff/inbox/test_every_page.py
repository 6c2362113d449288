"""Every page that the door serves, taken from the table of its routes, breaks no rule of accessibility in a browser."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pyotp
import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext, Page
from sqlalchemy import update
from sqlalchemy.engine import Engine

from bot.db import writing
from bot.handoff.accounts import Account, Role, create_account
from bot.handoff.answer_tasks import add_task
from bot.handoff.inbox import InboxServices
from bot.handoff.inbox.gate import SESSION_COOKIE
from bot.handoff.intake import Intake, Line, Receipt
from bot.handoff.outbox import outbox_table
from bot.handoff.sessions import log_in
from bot.handoff.totp import TwoStep
from bot.report import REPORT
from bot.report.unclear import Group, UnclearReport
from tests.browser.chat import sound
from tests.browser.conftest import PATIENCE
from tests.chat.fakes import RunningDoor
from tests.handoff.inbox.conftest import PASSWORD, REQUEST, START, Clock

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("filled")]

NO_PAGE = re.compile(r"/(api|statisch)/.*|/inbox/stroom|/(health|ready|metrics)|.*\.(css|js|svg)")
"""Answers with data, a stream or a file."""
ASKED = (
    Line(1, "ouder", "hoe lang is een tlv geldig", START),
    Line(2, "bot", "Zie **het besluit**.", START, {"onderwerp": "tlv/geldigheid", "besluit": "answer"}),
)
PAGES: dict[str, tuple[Role | None, str]] = {
    "/": (None, "Vragen over extra hulp op school?"),
    "/chat": (None, "Ouderchat"),
    "/antwoorden": (None, "Alle antwoorden"),
    "/toegankelijkheid": (None, "Toegankelijkheid"),
    "/zaak": (None, "Hoe staat het met mijn vraag?"),
    "/inbox/inloggen": (None, "Inloggen"),
    "/inbox/eerste-account/<token>": (None, "Deze link werkt niet meer"),
    "/inbox/code": ("beheerder", "Code uit uw app"),
    "/inbox": ("ouderadviseur", "Zaken"),
    "/inbox/zaken/<case_id>": ("ouderadviseur", "Hoe lang is een TLV geldig?"),
    "/inbox/account": ("ouderadviseur", "Uw account"),
    "/inbox/account/tweestaps": ("ouderadviseur", "Inloggen met een code"),
    "/inbox/niet-bezorgd": ("ouderadviseur", "Niet bezorgd"),
    "/inbox/antwoorden": ("redactie", "Antwoorden die niet klopten"),
    "/inbox/onbegrepen": ("redactie", "Vragen die de chat niet goed begreep"),
}
"""Each page with who may see it, and its heading. Who has the code from an app still to type is the beheerder."""


@pytest.fixture
def receipt(intake: Intake) -> Receipt:
    return intake.submit(replace(REQUEST, consent_message_id="consent-0009", transcript=ASKED, struck=frozenset()))


@pytest.fixture
def filled(receipt: Receipt, services: InboxServices, clock: Clock) -> None:
    """Something on every page: a wrong answer, a parcel that was given up, and a weekly report."""
    with writing(services.engine) as connection:
        assert add_task(connection, receipt.case_id, 2, clock())
        dead = {"dead_at": clock(), "attempts": 9, "last_error": "ConnectionRefusedError"}
        connection.execute(update(outbox_table).values(**dead))
    group = Group("V1", 6, {"geweigerd": 6}, ("kost een tlv geld",), (("tlv/uitleg", 0.4),))
    file = services.settings.var_dir / REPORT
    file.parent.mkdir()
    file.write_text(json.dumps(UnclearReport("2026-11-16", "2026-11-23", 20, (group,), 14).as_dict()))


Enter = Callable[[Role | None], Page]


@pytest.fixture(params=[(1280, "light"), (360, "dark")], ids=["desk", "phone"])
def enter(
    request: pytest.FixtureRequest, chromium: Chromium, door: RunningDoor, engine: Engine, services: InboxServices
) -> Iterator[Enter]:
    """A page of somebody with a role, who is logged in."""
    width, scheme = request.param
    contexts: dict[Role | None, BrowserContext] = {}

    def make(role: Role | None) -> Page:
        if role not in contexts:
            contexts[role] = chromium.new_context(
                viewport={"width": width, "height": 740}, color_scheme=scheme, reduced_motion="reduce"
            )
            if role is not None:
                token = logged_in(engine, services, role)
                contexts[role].add_cookies([{"name": SESSION_COOKIE, "value": token, "url": f"{door.base}/inbox"}])
        page = contexts[role].new_page()
        page.set_default_timeout(PATIENCE)
        return page

    yield make
    for context in contexts.values():
        context.close()


def logged_in(engine: Engine, services: InboxServices, role: Role) -> str:
    account = create_account(engine, "Noor de Vries", f"{role}@example.org", PASSWORD, role, START)
    if role == "beheerder":
        with_app(services, account)
    return log_in(engine, account.email, PASSWORD, START)


def with_app(services: InboxServices, account: Account) -> None:
    two_step = TwoStep(services.engine, services.vault)
    assert two_step.confirm(account, pyotp.TOTP(two_step.offer(account)).at(START), START)


def pages_of(door: RunningDoor) -> set[str]:
    """The table of the running door, so that a new page is looked at from the day that it is made."""
    table = {re.sub(r":\w+>", ">", f"/{route.path}") for route in door.app.router.routes if "GET" in route.methods}
    return {path for path in table if not NO_PAGE.fullmatch(path)}


def test_no_page_has_a_violation(enter: Enter, door: RunningDoor, receipt: Receipt) -> None:
    assert pages_of(door) == set(PAGES), "say who may see a new page"
    for path, (role, heading) in PAGES.items():
        page = enter(role)
        page.goto(door.base + path.replace("<case_id>", receipt.case_id).replace("<token>", "x" * 16))
        assert page.get_by_role("heading", level=1).all_inner_texts() == [heading], path
        for summary in page.locator("summary").all()[:1]:
            summary.click()
        sound(page)
        page.close()


def test_the_code_after_the_password_has_no_violation(enter: Enter, door: RunningDoor) -> None:
    page = enter("beheerder")
    page.goto(f"{door.base}/inbox/code")
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Inloggen").click()
    assert "Deze code klopt niet" in page.locator(".problem").inner_text()
    sound(page)


def test_what_is_left_when_all_is_done_has_no_violation(
    enter: Enter, door: RunningDoor, services: InboxServices
) -> None:
    page = enter("redactie")
    page.goto(f"{door.base}/inbox/antwoorden")
    page.get_by_role("button", name="Klaar").click()
    page.get_by_text("Klaar,").wait_for()
    sound(page)
    (services.settings.var_dir / REPORT).unlink()
    page.goto(f"{door.base}/inbox/onbegrepen")
    page.get_by_text("nog geen weekrapport").wait_for()
    sound(page)
    page = enter("ouderadviseur")
    page.goto(f"{door.base}/inbox/niet-bezorgd")
    page.get_by_role("button", name="Probeer opnieuw").click()
    page.get_by_text("Alles is bezorgd").wait_for()
    sound(page)


def test_a_refusal_and_a_wrong_answer_have_no_violation(enter: Enter, door: RunningDoor, receipt: Receipt) -> None:
    staff = enter("redactie")
    staff.goto(f"{door.base}/inbox/zaken/{receipt.case_id}")
    sound(staff)
    page = enter("ouderadviseur")
    page.goto(f"{door.base}/inbox/zaken/{'0' * 32}")
    page.get_by_role("heading", name="Geen zaak gevonden").wait_for()
    sound(page)
    page.goto(f"{door.base}/inbox/zaken/{receipt.case_id}")
    page.get_by_role("button", name="Antwoord klopte niet").click()
    page.get_by_role("heading", name="Dank u wel").wait_for()
    sound(page)


def test_no_step_of_the_page_with_the_receipt_code_has_a_violation(
    enter: Enter, door: RunningDoor, receipt: Receipt
) -> None:
    page = enter(None)
    page.goto(f"{door.base}/zaak")
    page.get_by_label("Uw code").fill("2222-2222-2222-2222")
    page.get_by_role("button", name="Bekijk mijn vraag").click()
    page.get_by_text("Deze code ken ik niet").wait_for()
    sound(page)
    page.get_by_label("Uw code").fill(receipt.whole_code)
    page.get_by_role("button", name="Bekijk mijn vraag").click()
    page.get_by_label("Wat wilt u nog zeggen?").fill("ik wil niet meer leven")
    sound(page)
    page.get_by_role("button", name="Voeg toe").click()
    page.get_by_role("alert").filter(has_text="113").wait_for()
    sound(page)
    page.get_by_role("button", name="Trek mijn vraag in").click()
    page.get_by_role("button", name="Ja, trek mijn vraag in").wait_for()
    sound(page)
    page.get_by_role("button", name="Ja, trek mijn vraag in").click()
    page.get_by_text("Uw vraag is ingetrokken").wait_for()
    sound(page)
