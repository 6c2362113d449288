"""A browser, and a door with a scripted assistant for it to talk to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy.engine import Engine

from bot.chat.limits import Rate
from bot.chat.services import Services
from bot.keys import Keys
from bot.settings import Settings
from tests.browser.scripted import script
from tests.chat.fakes import FakeAssistant, RunningDoor, fake_services, running

DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}
PATIENCE = 12_000
"""Milliseconds that a page may take for what it does at once."""


@pytest.fixture(scope="module")
def browser(chromium: Browser) -> Browser:
    """One browser per module: while it lives, no asynchronous test can run."""
    return chromium


@pytest.fixture
def assistant() -> FakeAssistant:
    return FakeAssistant(script)


@pytest.fixture
def services(engine: Engine, settings: Settings, keys: Keys, assistant: FakeAssistant) -> Services:
    return fake_services(engine, settings, keys, assistant)


@pytest.fixture
def door(services: Services) -> Iterator[RunningDoor]:
    with running(services) as started:
        started.app.ctx.door.gate.rate = Rate(burst=1000)
        yield started


@pytest.fixture(autouse=True)
def patience() -> Iterator[None]:
    """Chromium and a door on a busy machine; what must come within seconds says so itself."""
    expect.set_options(timeout=PATIENCE)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(
        viewport=DESKTOP, locale="nl-NL", timezone_id="Europe/Amsterdam", service_workers="block"
    )  # type: ignore[arg-type]
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page on which nothing may go wrong unseen."""
    made = context.new_page()
    made.set_default_timeout(PATIENCE)
    errors: list[str] = []
    made.on("pageerror", lambda error: errors.append(str(error)))
    made.on(
        "console", lambda message: errors.append(message.text) if "Content Security Policy" in message.text else None
    )
    yield made
    assert errors == []
