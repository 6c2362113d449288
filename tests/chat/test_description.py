"""The description of the API names every route, and nothing that fits it or does not fit it breaks the door."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

from bot.chat.description import description
from bot.chat.limits import Rate
from bot.chat.services import Services
from bot.db import make_engine, metadata
from bot.keys import Keys
from bot.settings import Settings
from tests.chat.fakes import Client, FakeAssistant, RunningDoor, fake_services, running

DESCRIBED = description()
api = schemathesis.openapi.from_dict(DESCRIBED)


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RunningDoor, str]]:
    """A door without limits on how often, and the token of a conversation in which something was said."""
    folder: Path = tmp_path_factory.mktemp("described")
    engine = make_engine(f"sqlite:///{folder / 'ouderchat.db'}")
    metadata.create_all(engine)
    keys = Keys(("c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2U=",), internal="internal", signing="signing")
    services: Services = fake_services(engine, Settings(var_dir=folder), keys, FakeAssistant())
    with running(services) as door:
        door.app.ctx.door.gate.rate = Rate(burst=1_000_000)
        yield door, asyncio.run(_conversation(door.base))
    engine.dispose()


async def _conversation(base: str) -> str:
    async with aiohttp.ClientSession() as session:
        client = Client(base, session)
        await client.begin()
        await client.send("bericht-1", "Wat is een TLV?")
        await client.wait_for(2)
    return client.token


def test_every_route_is_described_and_every_description_has_a_route(described: tuple[RunningDoor, str]) -> None:
    door, _ = described
    routes = {
        (method.lower(), f"/{route.path}")
        for route in door.app.router.routes
        for method in route.methods
        if route.path.startswith("api/")
    }
    named = {(method, path) for path, methods in DESCRIBED["paths"].items() for method in methods}
    assert named == routes


def test_the_limits_of_the_description_are_those_of_the_door() -> None:
    from bot.chat.api import _CHOICE, CLIENT_ID

    message = DESCRIBED["paths"]["/api/berichten"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert message["properties"]["id"]["pattern"] == f"^{CLIENT_ID.pattern}$"
    assert DESCRIBED["components"]["schemas"]["Choice"]["pattern"] == f"^{_CHOICE.pattern.replace('?:', '')}$"
    assert re.compile(message["properties"]["id"]["pattern"])


async def test_the_description_is_served(client: Client) -> None:
    assert await client.call("GET", "/api/openapi.json") == (200, DESCRIBED)


@api.exclude(path="/api/stroom").exclude(method="DELETE").parametrize()
@settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_no_request_breaks_the_door(case: Case, described: tuple[RunningDoor, str]) -> None:
    door, token = described
    headers = {"Authorization": f"Bearer {token}"}
    answer = case.call(base_url=door.base, headers=headers, timeout=10)
    case.validate_response(answer, checks=(not_a_server_error, status_code_conformance, response_schema_conformance))
