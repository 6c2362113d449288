"""The inbox on a small app of its own, with two cases in it and somebody who may read them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial

import httpx
import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.db import reading
from bot.handoff.accounts import Account, Role, create_account
from bot.handoff.audit import audit_table
from bot.handoff.hours import Hours
from bot.handoff.inbox import InboxServices, make_inbox
from bot.handoff.intake import Intake, Line, Receipt, Request
from bot.keys import Keys
from bot.privacy.vault import Vault
from bot.settings import ROOT, Settings
from tests.chat.fakes import FakeAssistant, RunningDoor, fake_services, running

PASSWORD = "een zin die ik onthoud"
START = datetime(2026, 11, 23, 9, 0)
_CSRF = re.compile(r'name="csrf" value="([0-9a-f]{64})"')


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Browser:
    """A client with cookies, that sends the hidden fields of the last page it saw."""

    base: str
    client: httpx.Client = field(init=False)
    page: str = ""

    def __post_init__(self) -> None:
        self.client = httpx.Client(base_url=self.base, follow_redirects=True, timeout=30)

    @property
    def csrf(self) -> str:
        found = _CSRF.search(self.page)
        return found[1] if found else ""

    def get(self, path: str) -> httpx.Response:
        return self._seen(self.client.get(path))

    def post(self, path: str, **fields: str) -> httpx.Response:
        return self._seen(self.client.post(path, data={"csrf": self.csrf, **fields}))

    def log_in(self, email: str = "noor@example.org", password: str = PASSWORD) -> httpx.Response:
        self.get("/inbox/inloggen")
        return self.post("/inbox/inloggen", email=email, password=password)

    def _seen(self, response: httpx.Response) -> httpx.Response:
        self.page = response.text
        return response


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def vault(engine: Engine, keys: Keys) -> Vault:
    return Vault(engine, keys)


@pytest.fixture
def services(engine: Engine, vault: Vault, settings: Settings, keys: Keys, clock: Clock) -> InboxServices:
    return InboxServices(engine, vault, settings, keys, clock)


@pytest.fixture
def door(services: InboxServices, quick_passwords: None) -> Iterator[RunningDoor]:
    """The door with the inbox on it, and a scripted assistant behind it."""
    behind = fake_services(services.engine, services.settings, services.keys, FakeAssistant())
    behind.inbox = partial(make_inbox, services)
    with running(behind) as started:
        yield started


@pytest.fixture
def base(door: RunningDoor) -> str:
    return door.base


@pytest.fixture
def noor(engine: Engine, quick_passwords: None) -> Account:
    return create_account(engine, "Noor", "noor@example.org", PASSWORD, now=START)


@pytest.fixture
def visitor(base: str) -> Iterator[Browser]:
    """Somebody who is not logged in."""
    browser = Browser(base)
    yield browser
    browser.client.close()


@pytest.fixture
def member(visitor: Browser, noor: Account) -> Browser:
    """Noor, logged in."""
    assert visitor.log_in().status_code == 200
    return visitor


@pytest.fixture
def elsewhere(base: str) -> Iterator[Callable[[], Browser]]:
    """Gives other browsers, not logged in."""
    browsers: list[Browser] = []

    def make() -> Browser:
        browsers.append(Browser(base))
        return browsers[-1]

    yield make
    for browser in browsers:
        browser.client.close()


Person = Callable[[str, Role], Browser]


@pytest.fixture
def person(engine: Engine, base: str) -> Iterator[Person]:
    """Gives other people, with name and role, logged in."""
    browsers: list[Browser] = []

    def make(name: str, role: Role) -> Browser:
        create_account(engine, name, f"{name.lower()}@example.org", PASSWORD, role, START)
        browsers.append(Browser(base))
        browsers[-1].log_in(f"{name.lower()}@example.org")
        return browsers[-1]

    yield make
    for browser in browsers:
        browser.client.close()


REQUEST = Request(
    conversation_id="c0ffee00" * 4,
    consent_message_id="consent-0001",
    about="Mijn zoon Daan krijgt te weinig hulp.\nWat nu?",
    contact="06-12345678",
    name="Samira",
    transcript=(
        Line(1, "bot", "Goedendag, ik ben een **chatbot**.", START - timedelta(minutes=9)),
        Line(2, "ouder", "Bel me op 06-12345678 <script>alert(1)</script>", START - timedelta(minutes=8)),
        Line(3, "ouder", "Deze regel gaat niet mee.", START - timedelta(minutes=7)),
    ),
    struck=frozenset({3}),
    topic="tlv/geldigheid",
    urgent=False,
    preferred="na vijven",
    interpreter="Arabisch",
)


@pytest.fixture
def intake(engine: Engine, vault: Vault, clock: Clock) -> Intake:
    return Intake(engine, vault, Hours(ROOT / "knowledge"), clock)


@pytest.fixture
def case(intake: Intake) -> Receipt:
    return intake.submit(REQUEST)


@pytest.fixture
def urgent_case(intake: Intake, case: Receipt, clock: Clock) -> Receipt:
    clock.now += timedelta(minutes=5)
    request = replace(REQUEST, consent_message_id="consent-0002", urgent=True, topic="gesprek/nood", transcript=())
    request = replace(request, contact="ouder@example.org", name="liever niet", preferred="", interpreter="")
    return intake.submit(request)


def actions(engine: Engine) -> list[tuple[str, int | None, str | None]]:
    """What the audit holds, in order."""
    with reading(engine) as connection:
        return [(row.action, row.account_id, row.case_id) for row in connection.execute(select(audit_table))]
