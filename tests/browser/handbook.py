"""Make the pictures of docs/ouderadviseurs.md from the real chat and inbox: ``python -m tests.browser.handbook``."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from cryptography.fernet import Fernet
from playwright.sync_api import Browser, Page, sync_playwright

from bot.db import make_engine, upgrade
from bot.handoff.accounts import create_account
from bot.handoff.inbox import InboxServices, make_inbox
from bot.keys import Keys
from bot.settings import ROOT, Settings
from tests.browser.chat import ask, open_chat
from tests.browser.chat import say as parent_says
from tests.browser.inbox import PASSWORD, join, log_in, say, send_case
from tests.browser.scripted import script
from tests.chat.fakes import FakeAssistant, RunningDoor, fake_services, running

FOLDER = ROOT / "docs" / "beeld"
WIDE = {"width": 900, "height": 760}
PHONE = {"width": 390, "height": 780}
NAMES = ("inbox-lijst", "inbox-zaak", "inbox-gesprek", "inbox-gesprek-ouder", "inbox-code", "inbox-telefoon")


def make_pictures(folder: Path) -> None:
    """Two parents send a case; Noor sets up her code, looks at the list, and talks with one of them."""
    with tempfile.TemporaryDirectory() as var, house(Path(var)) as door, chromium() as browser:
        parents = [parent(browser, door, *case) for case in CASES]
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


CASES = (
    ("Wat is een TLV?", "Mijn dochter wacht op een TLV en school hoort niets. Wat kan ik doen?", "ouder@example.org"),
    ("Mijn zoon zit al drie weken thuis", "Mijn zoon zit al drie weken thuis. School belt niet terug.", "06-12345678"),
)


def talk(noor: Page, its_parent: Page, folder: Path) -> None:
    join(noor)
    say(noor, "Goedemiddag, met Noor van het Oudersteunpunt. Ik lees uw vraag net. Hoe gaat het met uw zoon?")
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
    services = fake_services(engine, settings, keys, FakeAssistant(script))
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


def person(browser: Browser, size: dict[str, int]) -> Page:
    context = browser.new_context(viewport=size, locale="nl-NL", timezone_id="Europe/Amsterdam")  # type: ignore[arg-type]
    page = context.new_page()
    page.set_default_timeout(20_000)
    return page


def parent(browser: Browser, door: RunningDoor, question: str, about: str, contact: str) -> Page:
    page = person(browser, PHONE)
    open_chat(page, door.base)
    ask(page, question)
    send_case(page, about=about, contact=contact)
    return page


def shoot(page: Page, path: Path, full: bool = False) -> None:
    page.screenshot(path=path, full_page=full, animations="disabled")


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    make_pictures(FOLDER)
