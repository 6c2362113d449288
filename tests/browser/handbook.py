"""Make the pictures of chat and inbox in docs from the real ones: ``python -m tests.browser.handbook``."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import yaml
from cryptography.fernet import Fernet
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from bot.chat.messages import AssistantReply
from bot.db import make_engine, upgrade
from bot.handoff.accounts import create_account
from bot.handoff.inbox import InboxServices, make_inbox
from bot.keys import Keys
from bot.settings import ROOT, Settings
from bot.topics import response_of
from tests.browser.chat import ask, open_chat
from tests.browser.chat import say as parent_says
from tests.browser.inbox import PASSWORD, join, log_in, say, send
from tests.chat.fakes import FakeAssistant, RunningDoor, fake_services, running, said

FOLDER = ROOT / "docs" / "beeld"
WIDE = {"width": 900, "height": 760}
PHONE = {"width": 390, "height": 780}
FORM = {"width": 560, "height": 930}
CHECK = {"width": 560, "height": 1730}
BROAD, PAGE = {"width": 820, "height": 910}, {"width": 1200, "height": 820}
TOPICS = {
    "Wat is een TLV?": "tlv/uitleg",
    "wie vraagt een tlv aan": "tlv/aanvragen",
    "hoe lang is een tlv geldig": "tlv/geldigheid",
}
"""What is asked in the pictures; anything else is about a child at home."""


def make_pictures(folder: Path) -> None:
    """Two parents send a case; Noor sets up her code, looks at the list, and talks with one of them."""
    with tempfile.TemporaryDirectory() as var, house(Path(var)) as door, chromium() as browser:
        show_chat(browser, door, folder)
        parents = [parent(browser, door, folder, **case) for case in CASES]
        noor = person(browser, WIDE)
        log_in(noor, door.base, "Noor")
        noor.goto(f"{door.base}/inbox/account/tweestaps")
        shoot(noor, folder / "inbox-code.png")
        noor.goto(f"{door.base}/inbox")
        noor.get_by_role("button", name="Beschikbaar melden").click()
        noor.locator(".presence .dot.on").wait_for()
        shoot(noor, folder / "inbox-lijst.png")
        noor.set_viewport_size(PHONE)  # type: ignore[arg-type]
        shoot(noor, folder / "inbox-telefoon.png")
        noor.set_viewport_size(WIDE)  # type: ignore[arg-type]
        noor.locator(".cases a").first.click()
        noor.locator("body[data-page='zaak'][data-ready]").wait_for()
        shoot(noor, folder / "inbox-zaak.png", full=True)
        talk(noor, parents[1], folder)


def show_chat(browser: Browser, door: RunningDoor, folder: Path) -> None:
    """The chat itself: an answer, the same on a phone, and as it first stands on a page."""
    for name, size, question in (
        ("chat", BROAD, "wie vraagt een tlv aan"),
        ("chat-telefoon", PHONE, "hoe lang is een tlv geldig"),
    ):
        page = person(browser, size, scale=1.5 if size is PHONE else 1)
        open_chat(page, door.base)
        ask(page, question)
        page.wait_for_timeout(1000)
        shoot(page, folder / f"{name}.png")
    page = person(browser, PAGE)
    page.goto(door.base)
    page.frame_locator("iframe").locator("#chat[data-ready]").wait_for()
    page.wait_for_timeout(500)
    shoot(page, folder / "chat-op-pagina.png")


CASES: tuple[dict[str, str], ...] = (
    {
        "question": "Wat is een TLV?",
        "about": "Mijn dochter wacht op een TLV en school hoort niets. Wat kan ik doen?",
        "contact": "ouder@example.org",
    },
    {
        "question": "Mijn zoon zit al drie weken thuis",
        "about": "Mijn zoon zit al drie weken thuis. School belt niet terug.",
        "contact": "06-12345678",
        "name": "Mevrouw Voorbeeld",
        "moment": "na vijven",
        "interpreter": "Arabisch",
        "picture": "formulier",
    },
)


def talk(noor: Page, its_parent: Page, folder: Path) -> None:
    join(noor)
    say(noor, "Goedendag, met Noor van het Oudersteunpunt. Ik lees uw vraag net. Hoe gaat het met uw zoon?")
    its_parent.locator(".message--mens").wait_for()
    parent_says(its_parent, "Niet zo goed. Hij mist zijn klas.")
    noor.locator("#gezegd li").nth(1).wait_for()
    noor.evaluate("document.querySelector('.talk-now').scrollIntoView()")
    shoot(noor, folder / "inbox-gesprek.png")
    shoot(its_parent, folder / "inbox-gesprek-ouder.png")


@contextmanager
def house(var: Path) -> Iterator[RunningDoor]:
    settings = Settings(var_dir=var, database_url="", public_url="")
    engine = make_engine(settings.db_url)
    upgrade(engine)
    keys = Keys((Fernet.generate_key().decode(),), "internal", "signing")
    services = fake_services(engine, settings, keys, FakeAssistant(answer))
    services.inbox = partial(make_inbox, InboxServices(engine, services.vault, settings, keys))
    for name in ("Noor Jansen", "Rik Bos"):
        create_account(engine, name, f"{name.split()[0].lower()}@example.org", PASSWORD)
    with running(services) as door:
        yield door
    engine.dispose()


@contextmanager
def chromium() -> Iterator[Browser]:
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


def person(browser: Browser, size: dict[str, int], scale: float = 1) -> Page:
    where = {"locale": "nl-NL", "timezone_id": "Europe/Amsterdam", "device_scale_factor": scale}
    context = browser.new_context(viewport=size, **where)  # type: ignore[arg-type]
    page = context.new_page()
    page.set_default_timeout(20_000)
    return page


def parent(browser: Browser, door: RunningDoor, folder: Path, question: str, picture: str = "", **fields: str) -> Page:
    """Asks, fills in the form, and sends it; with pictures of the form and of what will be passed on."""
    page = person(browser, PHONE)
    open_chat(page, door.base)
    ask(page, question)
    page.get_by_role("button", name="Mens spreken").first.click()
    for name, text in fields.items():
        page.locator(f"#f-{name}").fill(text)
    shoot_form(page, folder, picture, FORM)
    page.get_by_role("button", name="Bekijk wat we doorgeven").click()
    page.get_by_role("heading", name="Dit geven we door").wait_for()
    shoot_form(page, folder, picture and f"{picture}-controle", CHECK)
    send(page)
    return page


def shoot_form(page: Page, folder: Path, name: str, size: dict[str, int]) -> None:
    if name:
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.mouse.move(0, 0)
        shoot(page, folder / f"{name}.png")
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]


def answer(text: str, metadata: Mapping[str, Any]) -> AssistantReply:
    """The answer as the parent gets it."""
    topic = TOPICS.get(text, "thuiszitten/hulp")
    theme = yaml.safe_load((ROOT / "data" / "nlu" / f"{topic.split('/')[0]}.yml").read_text(encoding="utf-8"))
    told = theme["responses"][response_of(topic)][0]
    return said(told["text"], onderwerp=topic, besluit="answer", **told["metadata"])


def shoot(page: Page, path: Path, full: bool = False) -> None:
    page.screenshot(path=path, full_page=full, animations="disabled")
    with Image.open(path) as picture:
        smaller = picture.convert("RGB").quantize(256)
    smaller.save(path, optimize=True)


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    make_pictures(FOLDER)
