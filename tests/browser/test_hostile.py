"""Whatever anybody writes, the chat shows it as text: no script runs, and none is even tried."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from bot.chat.store import Entry
from tests.browser.chat import open_chat
from tests.browser.hostile import hostile
from tests.chat.fakes import RunningDoor

pytestmark = pytest.mark.browser

AUTHORS = ("ouder", "bot", "mens", "systeem")
COUNT = 1000

# All that could run by itself or by a click; scripts of the page come from the door and have a `src`.
LOOK = """() => {
  const unsafe = /^(script|iframe|object|embed|form|base|meta|style|video|math)$/i;
  const address = /^(href|src|action|data|xlink:href)$/i, safe = /^(https?|mailto|tel):$/;
  const leads = (value) => new URL(value, location.href).protocol;
  const bad = ({name, value}) => /^on/i.test(name) || (address.test(name) && !safe.test(leads(value)));
  return [...document.querySelectorAll("[role=log] *")]
    .filter((node) => unsafe.test(node.localName) || [...node.attributes].some(bad))
    .map((node) => node.outerHTML.slice(0, 200));
}"""


def fill(door: RunningDoor) -> str:
    """A conversation in which everybody said hostile things; its token."""
    store = door.app.ctx.door.store
    conversation, token = store.create()
    for number, text in enumerate(hostile(COUNT)):
        author = AUTHORS[number % len(AUTHORS)]
        source = {"naam": text[:80], "url": "https://example.org/"}
        meta = {"bronnen": [source], "eigenaar": text[:80]} if author == "bot" else {}
        buttons = [{"titel": text[:80], "keuze": "tlv/uitleg"}] if author == "bot" else []
        if author == "ouder":
            message = store.add_parent(conversation, f"bericht-{number}", text, {})
            store.answer(conversation, message.client_id, [])
        else:
            store.add(conversation, Entry(author, text, {"knoppen": buttons, "meta": meta}))
    return str(token)


def test_a_thousand_hostile_messages_are_shown_and_none_of_them_runs(page: Page, door: RunningDoor) -> None:
    assert len(set(hostile(COUNT))) == COUNT
    token = fill(door)
    page.set_default_timeout(60_000)
    page.add_init_script(f"localStorage.setItem('ouderchat.token', '{token}')")
    open_chat(page, door.base)
    expect(page.locator(".message").nth(COUNT - 1)).to_be_attached(timeout=60_000)
    for button in page.locator(".message--bot button").all()[:5]:
        button.dispatch_event("mouseover")
    assert page.evaluate(LOOK) == []
    assert page.evaluate("window.hacked") is None
    assert page.locator(".message").count() >= COUNT
