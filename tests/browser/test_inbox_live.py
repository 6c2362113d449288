"""Parent and ouderadviseur at the same time, each in a browser of their own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import text as sql
from sqlalchemy.engine import Engine

from bot.chat import live as live_module
from bot.chat.services import Services
from bot.handoff import presence
from bot.handoff.accounts import create_account
from bot.handoff.inbox import InboxServices, make_inbox
from bot.keys import Keys
from bot.settings import Settings
from tests.browser.chat import ask, no_violations, open_chat, replies
from tests.browser.chat import say as parent_says
from tests.browser.conftest import DESKTOP
from tests.browser.inbox import PASSWORD, enter, hand_in, join, log_in, open_case, say, send_case
from tests.chat.fakes import FakeAssistant, RunningDoor, fake_services, running

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("quick_passwords")]
SOON = 6000
"""Milliseconds: within seconds."""


@pytest.fixture
def services(
    engine: Engine, settings: Settings, keys: Keys, assistant: FakeAssistant, quick_passwords: None
) -> Services:
    made = fake_services(engine, settings, keys, assistant)
    made.inbox = partial(make_inbox, InboxServices(engine, made.vault, settings, keys))
    for name in ("Noor", "Rik"):
        create_account(engine, f"{name} de Vries", f"{name.lower()}@example.org", PASSWORD)
    return made


@pytest.fixture
def people(browser: Browser) -> Iterator[Callable[[], Page]]:
    """Other people, each with a browser of their own."""
    contexts: list[BrowserContext] = []

    def make() -> Page:
        contexts.append(browser.new_context(viewport=DESKTOP, locale="nl-NL"))  # type: ignore[arg-type]
        page = contexts[-1].new_page()
        page.set_default_timeout(5000)
        return page

    yield make
    for context in contexts:
        context.close()


@pytest.fixture(autouse=True)
def patience() -> Iterator[None]:
    """Two browsers and a door on a busy machine: what must come within seconds says so itself."""
    expect.set_options(timeout=12_000)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture
def parent(page: Page, door: RunningDoor) -> Page:
    """A parent who asked something and has the chat open."""
    open_chat(page, door.base)
    ask(page, "Wat is een TLV?")
    return page


@pytest.fixture
def case(parent: Page, door: RunningDoor) -> str:
    """The address of the case that the parent handed over."""
    return door.base + hand_in(door.services)


@pytest.fixture
def noor(people: Callable[[], Page], door: RunningDoor, case: str) -> Page:
    """An ouderadviseur with the case of the parent open."""
    return opened(people(), door, "Noor", case)


def opened(page: Page, door: RunningDoor, name: str, address: str) -> Page:
    """A page of the inbox, for somebody who is logged in."""
    enter(page, door.base, door.services, name)
    page.goto(address)
    page.locator("body[data-ready]").wait_for()
    return page


@pytest.fixture
def brisk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Signs of life follow each other faster, so that their absence is noticed sooner; what they mean stays."""
    for name, seconds in (("SILENCE", 1.5), ("BEAT", 0.4), ("GRACE", 0.5)):
        monkeypatch.setattr(presence, name, seconds)
    monkeypatch.setattr(live_module, "DROP_AFTER", 1.0)


def system(parent: Page) -> str:
    return parent.locator(".message--systeem").last.inner_text()


def test_parent_and_ouderadviseur_talk_and_the_bot_is_silent_until_it_is_back(
    parent: Page, people: Callable[[], Page], door: RunningDoor, assistant: FakeAssistant
) -> None:
    send_case(parent)
    noor, asked = people(), len(assistant.sent)
    log_in(noor, door.base, "Noor")
    open_case(noor)
    join(noor)
    expect(parent.locator("#who")).to_have_text("U praat met Noor, ouderadviseur")
    expect(parent.locator(".message--systeem").last).to_contain_text("Noor, ouderadviseur, is nu in dit gesprek")
    no_violations(parent)
    say(noor, "Goedemiddag, ik lees uw vraag. U kunt mij bellen op 06-87654321.")
    expect(parent.locator(".message--mens .text")).to_contain_text("bellen op 06 87654321")
    expect(parent.locator(".message--mens .message__writer")).to_contain_text("Noor (ouderadviseur)")
    for words in ("Fijn!", "Mijn zoon is 9.", "Bel mij op 06-12345678"):
        parent_says(parent, words)
    expect(noor.locator("#gezegd li")).to_have_count(4)
    assert noor.locator("#gezegd .said").all_inner_texts()[1:3] == ["Fijn!", "Mijn zoon is 9."]
    expect(noor.locator("#gezegd .said").last).to_contain_text("06 12345678")
    no_violations(noor)
    assert len(assistant.sent) == asked
    noor.get_by_role("button", name="Gesprek teruggeven").click()
    expect(parent.locator("#who")).to_have_text("Chatbot voor ouders")
    assert "U praat weer met de chatbot" in system(parent)
    ask(parent, "Wat is een OPP?")
    assert len(assistant.sent) == asked + 1


def test_what_was_said_live_is_in_the_case_and_holds_no_number_in_the_open(
    parent: Page, noor: Page, door: RunningDoor
) -> None:
    join(noor)
    say(noor, "Wat is uw nummer?")
    parent_says(parent, "06-11223344")
    expect(noor.locator("#gezegd li")).to_have_count(2)
    noor.reload()
    expect(noor.locator("#gezegd .said").last).to_contain_text("06 11223344")
    with door.services.engine.connect() as connection:
        stored = [
            connection.execute(sql(f"SELECT text FROM {name}")).scalars().all() for name in ("messages", "case_lines")
        ]
    assert "11223344" not in str(stored)
    noor.get_by_role("button", name="Gesprek teruggeven").click()
    expect(noor.locator("#gesprek-deel")).to_contain_text("06 11223344")


def test_a_browser_that_closes_without_a_word_is_noticed_and_the_bot_comes_back(
    parent: Page, noor: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_module, "DROP_AFTER", 1.0)
    join(noor)
    noor.context.close()
    expect(parent.locator("#human-bar")).to_contain_text("Noor is even niet verbonden", timeout=SOON)
    expect(parent.locator("#who")).to_have_text("Chatbot voor ouders", timeout=SOON)
    assert "niet meer verbonden" in system(parent)
    ask(parent, "Wat is een TLV?")


@pytest.mark.usefixtures("brisk")
def test_a_network_that_falls_silent_is_noticed_and_so_is_its_return(
    parent: Page, noor: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_module, "DROP_AFTER", 30.0)
    join(noor)
    noor.route("**/inbox/hart", lambda route: route.abort())
    expect(parent.locator("#human-bar")).to_contain_text("niet verbonden", timeout=12000)
    noor.unroute("**/inbox/hart")
    expect(parent.locator("#human-bar")).to_contain_text("is in dit gesprek", timeout=12000)


def test_of_two_who_take_over_at_once_one_wins_and_the_other_is_told(
    parent: Page, noor: Page, people: Callable[[], Page], door: RunningDoor
) -> None:
    rik = opened(people(), door, "Rik", noor.url)
    for page in (noor, rik):
        page.locator("form[action$='/gesprek']").evaluate("form => setTimeout(() => form.submit(), 300)")
    for page in (noor, rik):
        page.get_by_text("U praat nu met de ouder").or_(page.get_by_text("Een collega was u net voor")).wait_for()
    seen = [page.locator("body").inner_text() for page in (noor, rik)]
    assert sum("U praat nu met de ouder" in page for page in seen) == 1
    assert sum("Een collega was u net voor" in page for page in seen) == 1
    expect(parent.locator(".message--systeem", has_text="is nu in dit gesprek")).to_have_count(1)


@pytest.mark.usefixtures("brisk")
def test_the_promise_of_a_human_goes_when_the_last_one_leaves_and_the_form_still_works(
    page: Page, people: Callable[[], Page], door: RunningDoor
) -> None:
    noor = opened(people(), door, "Noor", f"{door.base}/inbox")
    noor.get_by_role("button", name="Beschikbaar melden").click()
    open_chat(page, door.base)
    ask(page, "Wat is een TLV?")
    page.get_by_role("button", name="Mens spreken").first.click()
    promise = page.locator("#handoff-form [data-presence]")
    expect(promise).to_be_visible()
    no_violations(page)
    noor.context.close()
    expect(promise).to_be_hidden(timeout=SOON)
    page.keyboard.press("Escape")
    send_case(page)
    expect(page.locator(".message--systeem")).to_contain_text("Uw code is")


@pytest.mark.usefixtures("brisk")
def test_presence_is_known_at_another_door_before_the_first_message(
    page: Page, people: Callable[[], Page], door: RunningDoor, services: Services
) -> None:
    noor = opened(people(), door, "Noor", f"{door.base}/inbox")
    noor.get_by_role("button", name="Beschikbaar melden").click()
    with running(services) as other:
        open_chat(page, other.base)
        page.get_by_role("button", name="Mens spreken").first.click()
        expect(page.locator("#handoff-form [data-presence]")).to_be_visible()
        noor.get_by_role("button", name="Afwezig melden").click()
        expect(page.locator("#handoff-form [data-presence]")).to_be_hidden(timeout=8000)
        page.goto("about:blank")


def test_danger_during_a_live_conversation_shows_the_help_lines_and_flags_the_human(parent: Page, noor: Page) -> None:
    join(noor)
    parent_says(parent, "ik wil niet meer leven")
    expect(parent.locator(".message--bot").last).to_contain_text("113")
    expect(noor.locator("#gezegd .danger .flag")).to_contain_text("Teken van gevaar")
    noor.goto(noor.url.partition("/zaken/")[0])
    expect(noor.locator(".card .badge", has_text="Spoed")).to_be_visible()


def test_a_reply_that_the_bot_was_still_making_never_arrives(
    parent: Page, noor: Page, assistant: FakeAssistant, door: RunningDoor
) -> None:
    before = replies(parent).count()
    hold = asyncio.Event()
    assistant.hold = hold
    parent_says(parent, "En wie vraagt een TLV aan?")
    parent.locator("#typing").wait_for()
    join(noor)
    door.in_loop(hold.set)
    expect(parent.locator(".message--systeem").last).to_contain_text("Uw vorige bericht kwam binnen vlak voordat")
    assistant.hold = None
    parent_says(parent, "Bent u er?")
    expect(noor.locator("#gezegd li")).to_have_count(1)
    assert replies(parent).count() == before
    expect(noor.locator("#gezegd")).not_to_contain_text("wie vraagt een TLV aan")


@pytest.mark.usefixtures("brisk")
def test_a_message_of_which_nobody_was_told_reaches_the_ouderadviseur(
    parent: Page, noor: Page, door: RunningDoor
) -> None:
    join(noor)
    door.app.ctx.door.hub.publish = lambda *_: None
    parent_says(parent, "Bent u er?")
    expect(noor.locator("#gezegd .said")).to_have_text("Bent u er?", timeout=SOON)


def test_an_empty_message_says_nothing_to_the_parent(parent: Page, noor: Page) -> None:
    join(noor)
    noor.locator("#zeg-tekst").fill("   ")
    noor.get_by_role("button", name="Versturen").click()
    expect(noor.locator("#zeg-probleem")).to_have_text("U hebt nog niets getypt.")
    expect(parent.locator(".message--mens")).to_have_count(0)


def test_a_message_that_cannot_be_sent_stays_and_is_said_once(parent: Page, noor: Page) -> None:
    join(noor)
    noor.route("**/bericht", lambda route: route.abort())
    noor.locator("#zeg-tekst").fill("Een moment.")
    noor.get_by_role("button", name="Versturen").click()
    expect(noor.locator("#zeg-probleem")).to_contain_text("niet verstuurd")
    noor.unroute("**/bericht")
    say(noor, "Een moment.")
    expect(parent.locator(".message--mens")).to_have_count(1)


def test_both_sides_see_the_same_after_a_reload(parent: Page, noor: Page) -> None:
    join(noor)
    say(noor, "Goedemiddag.")
    parent_says(parent, "Hallo.")
    expect(noor.locator("#gezegd li")).to_have_count(2)
    parent.reload()
    expect(parent.locator("#who")).to_have_text("U praat met Noor, ouderadviseur")
    expect(parent.locator(".message--mens")).to_have_count(1)
    noor.reload()
    expect(noor.locator("#gezegd li")).to_have_count(2)
    say(noor, "Nog iets?")
    expect(parent.locator(".message--mens")).to_have_count(2)


def test_a_conversation_that_the_parent_wipes_ends_for_both(parent: Page, noor: Page) -> None:
    join(noor)
    parent.get_by_role("button", name="Meer").click()
    parent.locator("#wipe").click()
    parent.locator("#wipe-yes").click()
    expect(noor.locator(".talk-now")).to_have_count(0, timeout=SOON)
    expect(parent.locator("#who")).to_have_text("Chatbot voor ouders")


def test_without_the_parent_there_nobody_can_join(parent: Page, noor: Page) -> None:
    parent.goto("about:blank")
    noor.get_by_role("button", name="Gesprek overnemen").click()
    expect(noor.get_by_role("alert")).to_contain_text("heeft de chat nu niet op het scherm")
