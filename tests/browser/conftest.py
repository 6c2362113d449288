"""A browser, and a door with a scripted assistant for it to talk to."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from sqlalchemy.engine import Engine

from bot.chat.limits import Rate
from bot.chat.services import Services
from bot.keys import Keys
from bot.settings import Settings
from tests.browser.scripted import script
from tests.chat.fakes import FakeAssistant, RunningDoor, fake_services, running

DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}


def chromium() -> str | None:
    """The chromium of this system; None for the one that Playwright fetched."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("CHROMIUM") or next((path for name in names if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=arguments)
        yield started
        started.close()


@pytest.fixture
def assistant() -> FakeAssistant:
    return FakeAssistant(script)


@pytest.fixture
def services(engine: Engine, settings: Settings, keys: Keys, assistant: FakeAssistant) -> Services:
    return fake_services(engine, settings, keys, assistant)


@pytest.fixture
def door(services: Services) -> Iterator[RunningDoor]:
    with running(services) as started:
        started.app.ctx.door.rate = Rate(burst=1000)
        yield started


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport=DESKTOP, locale="nl-NL", timezone_id="Europe/Amsterdam")  # type: ignore[arg-type]
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page on which nothing may go wrong unseen."""
    made = context.new_page()
    made.set_default_timeout(5000)
    errors: list[str] = []
    made.on("pageerror", lambda error: errors.append(str(error)))
    made.on(
        "console", lambda message: errors.append(message.text) if "Content Security Policy" in message.text else None
    )
    yield made
    assert errors == []
