"""A door with a scripted assistant behind it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import aiohttp
import pytest
import pytest_asyncio
from sqlalchemy.engine import Engine

from bot.chat.services import Services
from bot.keys import Keys
from bot.settings import Settings
from tests.chat.fakes import Client, FakeAssistant, RunningDoor, fake_services, running


@pytest.fixture
def assistant() -> FakeAssistant:
    return FakeAssistant()


@pytest.fixture
def services(engine: Engine, settings: Settings, keys: Keys, assistant: FakeAssistant) -> Services:
    return fake_services(engine, settings, keys, assistant)


@pytest.fixture
def door(services: Services) -> Iterator[RunningDoor]:
    with running(services) as started:
        yield started


@pytest_asyncio.fixture
async def client(door: RunningDoor) -> AsyncIterator[Client]:
    async with aiohttp.ClientSession() as session:
        client = Client(door.base, session)
        await client.begin()
        yield client
