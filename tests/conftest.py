"""Fixtures shared by all tests: a database, secrets and settings that live in a temporary folder."""

import asyncio
import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from cryptography.fernet import Fernet
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import sync_playwright
from sqlalchemy import event
from sqlalchemy.engine import Engine

from bot.ask import Asker, local_asker
from bot.chat.assistant import quiet_logging
from bot.db import make_engine, metadata
from bot.keys import Keys
from bot.settings import Settings, get_settings
from bot.training import newest_model

# The same examples at every run: a change is judged by what it changed. `make faults` looks for new ones.
hypothesis_settings.register_profile("fixed", derandomize=True)
hypothesis_settings.register_profile("search", derandomize=False)
hypothesis_settings.load_profile("fixed")


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Embedded defaults with ``var_dir`` in ``tmp_path``, whatever the environment of the machine says."""
    for name in Settings.__fields__:
        monkeypatch.delenv(f"OUDERCHAT_{name.upper()}", raising=False)
    return Settings(var_dir=tmp_path)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """A fresh SQLite file with the tables of every module that the test imports."""
    fresh = make_engine(f"sqlite:///{tmp_path / 'ouderchat.db'}")
    metadata.create_all(fresh)
    yield fresh
    fresh.dispose()


@pytest.fixture
def hasty_engine(engine: Engine) -> Iterator[Engine]:
    """The same database for somebody who does not wait for a lock."""
    hasty = make_engine(str(engine.url))
    event.listen(hasty, "connect", lambda connection, _: connection.execute("PRAGMA busy_timeout=0"))
    yield hasty
    hasty.dispose()


@pytest.fixture
def free_port() -> int:
    """A port on 127.0.0.1 that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def keys() -> Keys:
    """Secrets of a fresh installation."""
    return Keys((Fernet.generate_key().decode(),), internal="test-internal", signing="test-signing")


@pytest.fixture
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Password hashes that cost next to nothing, for tests that make many."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr("bot.handoff.accounts._hasher", quick)


@pytest.fixture(scope="session")
def event_loop_runner() -> Iterator[asyncio.AbstractEventLoop]:
    """One event loop for the assistant of all tests: Rasa's locks belong to the loop that made them."""
    loop = asyncio.new_event_loop()
    yield loop
    loop.close()


@pytest.fixture(scope="session")
def asker(event_loop_runner: asyncio.AbstractEventLoop) -> Iterator[Asker]:
    """Asks the newest model, with the real actions, on a temporary store; ``make test`` trains when data changed."""
    quiet_logging()
    model = newest_model(get_settings().models_dir)
    assert model is not None, "no trained model; run: make train"
    from bot.chat.local import LocalAssistant

    assistant = event_loop_runner.run_until_complete(LocalAssistant.load(model))
    with local_asker(assistant) as ready:
        yield ready


@pytest.fixture(scope="module")
def chromium() -> Iterator[Chromium]:
    """A browser: the one that ``CHROMIUM`` names, the system's, or Playwright's own.

    For one module at a time: while it lives, no asynchronous test can run.
    """
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()
