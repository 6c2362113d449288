"""Personal data that can be recognised does not leave the browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.chat import ask, open_chat, say
from tests.chat.fakes import FakeAssistant, RunningDoor

pytestmark = pytest.mark.browser

TEXT = "ik ben Samira, bel mij op 06-12345678, bsn 111222333. Wat is een TLV?"
SECRETS = ("Samira", "12345678", "111222333")


def test_what_is_left_out_never_leaves_the_browser(page: Page, door: RunningDoor, assistant: FakeAssistant) -> None:
    sent: list[str] = []
    page.on("request", lambda request: sent.append(body_of(request)))
    open_chat(page, door.base)
    answer = ask(page, TEXT)
    expect(answer).to_contain_text("Een TLV")
    assert assistant.sent[0][2] == "ik ben [naam], bel mij op [telefoon], bsn [bsn]. Wat is een TLV?"
    assert not any(secret in body for secret in SECRETS for body in sent)
    assert not any(secret in page.content() for secret in SECRETS)


def body_of(request: Request) -> str:
    return (request.post_data or "") + request.url


def test_what_was_left_out_and_why_is_shown_also_after_a_reload(page: Page, door: RunningDoor) -> None:
    open_chat(page, door.base)
    ask(page, TEXT)
    for _ in range(2):
        own = page.locator(".message--ouder")
        expect(own).to_contain_text("De naam, uw telefoonnummer en het burgerservicenummer zijn niet verstuurd")
        expect(own).to_contain_text("Voor een antwoord is dat niet nodig")
        expect(own.locator(".masker").first).to_have_text("naam")
        page.reload()
    page.locator(".left-out").get_by_role("button", name="Mens spreken").click()
    expect(page.get_by_role("dialog", name="Een mens spreken")).to_be_visible()


def test_it_is_said_while_one_types_and_one_can_go_on(page: Page, door: RunningDoor) -> None:
    open_chat(page, door.base)
    page.locator("#text").fill("mijn nummer is 0612345678")
    expect(page.locator("#notice")).to_have_text(
        "Dit sturen we niet mee: uw telefoonnummer. Dat is niet nodig voor een antwoord. U kunt gewoon doorgaan."
    )
    expect(page.locator("#text")).to_have_value("mijn nummer is 0612345678")
    page.locator("#text").fill("ik heb geen nummer")
    expect(page.locator("#notice")).to_be_hidden()
    page.locator("#text").fill("mijn nummer is 0612345678")
    page.locator("#text").press("Enter")
    expect(page.locator(".message--bot")).to_have_count(1)
    expect(page.locator("#notice")).to_be_hidden()


def test_nothing_is_sent_as_long_as_the_rules_cannot_be_had(
    page: Page, door: RunningDoor, assistant: FakeAssistant
) -> None:
    page.route("**/masking.json", lambda route: route.abort())
    open_chat(page, door.base)
    say(page, TEXT)
    expect(page.locator(".message--waiting")).to_contain_text("Nog niet verstuurd")
    assert assistant.sent == []
    page.unroute("**/masking.json")
    expect(page.locator(".message--bot")).to_have_count(1)
    assert "Samira" not in assistant.sent[0][2]


def test_what_the_server_takes_out_is_said_as_well(page: Page, door: RunningDoor) -> None:
    open_chat(page, door.base)
    ask(page, "eerste vraag")
    # As of a client that does not mask itself.
    page.evaluate(
        """() => fetch("/api/berichten", {method: "POST", headers: {
        "Content-Type": "application/json", Authorization: `Bearer ${localStorage.getItem("ouderchat.token")}`},
        body: JSON.stringify({id: "zonder-masker", text: "bel 06-12345678"})})"""
    )
    own = page.locator(".message--ouder").last
    expect(own).to_contain_text("Uw telefoonnummer is niet bewaard in de chat")
    expect(own).not_to_contain_text("12345678")
