"""The door or the assistant away: the chat says so, keeps what was typed, goes on by itself, and names other ways."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.chat.services import Services
from tests.browser.chat import ask, no_violations, open_chat, replies, say
from tests.chat.fakes import FakeAssistant, RunningDoor

pytestmark = pytest.mark.browser

SECONDS = 1000


class Door:
    """A door that can go away and come back at the same address."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.running: RunningDoor | None = RunningDoor(services).start()
        self.base = self.running.base

    def go(self) -> None:
        if self.running:
            self.running.stop()
            self.running.socket.close()
        self.running = None

    def come_back(self) -> None:
        self.running = RunningDoor(self.services, int(self.base.rsplit(":", 1)[1])).start()


@pytest.fixture
def fragile(services: Services) -> Iterator[Door]:
    door = Door(services)
    yield door
    door.go()


@pytest.fixture
def keeping(browser: Browser) -> Iterator[Page]:
    """A page whose browser lets the chat keep itself at hand."""
    context = browser.new_context(locale="nl-NL")
    page = context.new_page()
    page.set_default_timeout(5 * SECONDS)
    yield page
    context.close()


def kept(page: Page) -> None:
    """Wait until the chat and the answers are at hand."""
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")


def test_without_the_door_everything_typed_is_there_after_a_reload_and_sent_when_it_is_back(
    keeping: Page, fragile: Door, assistant: FakeAssistant
) -> None:
    page = keeping
    open_chat(page, fragile.base)
    ask(page, "eerste vraag")
    kept(page)
    fragile.go()
    say(page, "tweede vraag, ik ben Samira")
    page.locator("#text").fill("half af")
    for _ in range(2):
        expect(page.locator("#banner")).to_contain_text("Geen verbinding met de chat", timeout=10 * SECONDS)
        expect(page.locator("#banner")).to_contain_text("Wat u typt, blijft bewaard")
        expect(page.locator(".message--waiting")).to_contain_text("tweede vraag, ik ben naam")
        expect(page.locator("#text")).to_have_value("half af")
        page.reload()
    fragile.come_back()
    expect(replies(page)).to_have_count(2, timeout=40 * SECONDS)
    expect(page.locator("#banner")).to_be_hidden(timeout=20 * SECONDS)
    assert [sent[2] for sent in assistant.sent] == ["eerste vraag", "tweede vraag, ik ben [naam]"]


def test_without_the_door_the_answers_can_be_searched_and_the_form_keeps_what_was_filled_in(
    keeping: Page, fragile: Door
) -> None:
    page = keeping
    open_chat(page, fragile.base)
    kept(page)
    page.get_by_role("button", name="Mens spreken").first.click()
    page.get_by_label("Waar gaat het over?").fill("Mijn kind zit thuis")
    fragile.go()
    page.get_by_role("button", name="Bekijk wat we doorgeven").click()
    expect(page.locator("#problems")).to_contain_text("geen verbinding")
    page.reload()
    page.get_by_role("button", name="Mens spreken").first.click()
    expect(page.get_by_label("Waar gaat het over?")).to_have_value("Mijn kind zit thuis")
    page.keyboard.press("Escape")
    say(page, "hallo")
    banner = page.locator("#banner")
    expect(banner.get_by_role("link", name="de website van Passend Onderwijs Almere")).to_be_visible(
        timeout=8 * SECONDS
    )
    no_violations(page)
    with page.context.expect_page() as opened:
        banner.get_by_role("link", name="alle antwoorden").click()
    answers = opened.value
    answers.get_by_label("Zoek in de antwoorden").fill("tlv aanvr")
    expect(answers.locator("#found")).to_contain_text("gevonden")
    answers.locator("summary:visible").first.click()
    expect(answers.locator(".answer[open] .text")).to_be_visible()


def test_nothing_of_a_conversation_is_kept_at_hand(keeping: Page, fragile: Door) -> None:
    open_chat(keeping, fragile.base)
    ask(keeping, "een geheim")
    kept(keeping)
    names = keeping.evaluate(
        """async () => (await Promise.all((await caches.keys()).map(async (name) =>
        (await (await caches.open(name)).keys()).map((request) => new URL(request.url).pathname)))).flat()"""
    )
    assert {name for name in names if not name.startswith("/statisch/")} == {"/chat", "/antwoorden"}


def test_a_full_door_says_so_at_the_message(page: Page, door: RunningDoor) -> None:
    open_chat(page, door.base)
    page.route(
        "**/api/gesprekken",
        lambda route: route.fulfill(status=503, json={"melding": "Het is nu heel druk in de chat."}),
    )
    say(page, "hallo")
    expect(page.locator(".message--waiting")).to_contain_text("Het is nu heel druk in de chat.")
    page.unroute("**/api/gesprekken")
    expect(replies(page)).to_have_count(1, timeout=10 * SECONDS)


def test_without_the_assistant_the_form_still_reaches_a_human(
    page: Page, door: RunningDoor, assistant: FakeAssistant
) -> None:
    assistant.away = True
    open_chat(page, door.base)
    reply = ask(page, "Wat is een TLV?")
    expect(reply).to_contain_text("door een storing")
    page.reload()
    replies(page).get_by_role("button", name="Ik wil een mens spreken").click()
    page.get_by_label("Waar gaat het over?").fill("Mijn kind zit thuis")
    page.get_by_label("Uw telefoonnummer of e-mailadres").fill("ouder@example.org")
    page.get_by_role("button", name="Bekijk wat we doorgeven").click()
    page.locator("#f-consent").check()
    page.get_by_role("button", name="Verstuur naar de ouderadviseur").click()
    expect(page.locator("#receipt")).to_contain_text("Uw code is")
