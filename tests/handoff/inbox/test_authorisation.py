"""Every route of the inbox, taken from the route table, for everybody who should not get in: nothing leaks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import httpx
import pytest
from sqlalchemy import text as sql
from sqlalchemy.engine import Engine

from bot.handoff.accounts import Account, Role
from bot.handoff.inbox.gate import SESSION_COOKIE
from bot.handoff.intake import Intake, Receipt
from bot.handoff.sessions import log_in
from tests.chat.fakes import RunningDoor
from tests.handoff.inbox.conftest import PASSWORD, REQUEST, Browser, Clock, Person

SECRETS = ("Samira", "12345678", "Daan", "te weinig hulp", "na vijven", "Arabisch", "Bel me")
FOR_EVERYBODY = re.compile(r"/inbox/(inloggen|eerste-account/.*|[\w-]+\.(css|js|svg))")
FOR_WHO_IS_LOGGED_IN = re.compile(
    r"/inbox/(account(/.*)?|uitloggen|code|antwoorden(/.*)?|onbegrepen(/.*)?|niet-bezorgd(/.*)?)"
)
"""No page about a case: ``antwoorden`` and ``onbegrepen`` hold masked questions, ``niet-bezorgd`` codes of mails."""


@dataclass(frozen=True)
class Route:
    """One method of one address, with the case filled in."""

    method: str
    path: str

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def routes(door: RunningDoor, case_id: str) -> list[Route]:
    """The table of the running door, so that a new route is tested from the day that it is made."""
    found, given = [], {"case_id": case_id, "seq": "2", "task_id": "1", "parcel_id": "1"}
    for route in door.app.router.routes:
        path = "/" + re.sub(r"<(\w+)[^>]*>", lambda match: given.get(match[1], "x" * 16), route.path)
        if path.startswith("/inbox"):
            found += [Route(method, path) for method in sorted(route.methods) if method in ("GET", "POST")]
    return found


def for_ouderadviseurs(door: RunningDoor, case_id: str) -> list[Route]:
    other = (FOR_EVERYBODY, FOR_WHO_IS_LOGGED_IN)
    return [it for it in routes(door, case_id) if not any(pattern.fullmatch(it.path) for pattern in other)]


def send(client: httpx.Client, route: Route, csrf: str = "") -> httpx.Response:
    fields = {
        "csrf": csrf,
        "tekst": "x",
        "id": "bericht-1",
        "reden": "anders",
        "van": "1",
        "naar": "1",
        "wachten": "ja",
    }
    data = fields if route.method == "POST" else None
    return client.request(route.method, route.path, data=data, follow_redirects=False)


def leaks(response: httpx.Response) -> list[str]:
    return [secret for secret in SECRETS if secret in response.text]


def state(engine: Engine) -> list[object]:
    """Everything about cases that a request could change or add."""
    tables = ("cases", "case_lines", "case_notes", "answer_tasks", "conversations", "messages")
    with engine.connect() as connection:
        return [connection.execute(sql(f"SELECT * FROM {name}")).all() for name in tables]


@pytest.fixture
def client(base: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=base) as made:
        yield made


Nobody = Callable[[], str]


@pytest.fixture(params=["nobody", "made_up", "logged_out", "idle", "pending", "blocked"])
def no_session(request: pytest.FixtureRequest, engine: Engine, noor: Account, clock: Clock) -> str:
    """A cookie that opens nothing: none at all, a made-up one, or one that did once."""
    from datetime import timedelta

    from bot.handoff.account_admin import set_blocked
    from bot.handoff.sessions import IDLE, log_out

    if request.param in ("nobody", "made_up"):
        return "" if request.param == "nobody" else "guess"
    if request.param == "pending":
        with engine.begin() as connection:
            connection.execute(sql("UPDATE accounts SET totp_since = '2026-11-01 00:00:00'"))
    began = clock() - IDLE - timedelta(minutes=1) if request.param == "idle" else clock()
    token = log_in(engine, noor.email, PASSWORD, began)
    if request.param == "logged_out":
        log_out(engine, token, clock())
    if request.param == "blocked":
        set_blocked(engine, noor.email, True, clock())
    return token


def test_the_table_of_routes_is_whole(door: RunningDoor, case: Receipt) -> None:
    found = {str(route) for route in for_ouderadviseurs(door, case.case_id)}
    page = f"/inbox/zaken/{case.case_id}"
    assert {"GET /inbox", f"GET {page}", "GET /inbox/stroom", f"POST {page}/gesprek", f"POST {page}/bericht"} <= found
    assert len(found) > 12


def test_without_a_good_session_no_route_gives_or_changes_anything(
    door: RunningDoor, client: httpx.Client, engine: Engine, case: Receipt, no_session: str
) -> None:
    if no_session:
        client.cookies.set(SESSION_COOKIE, no_session, path="/inbox")
    before = state(engine)
    for route in for_ouderadviseurs(door, case.case_id):
        response = send(client, route)
        assert response.status_code == 303, str(route)
        assert response.headers["location"].startswith("/inbox/inloggen"), str(route)
        assert not leaks(response), str(route)
    assert state(engine) == before


@pytest.mark.parametrize("role", ["redactie", "beheerder"])
def test_no_other_role_gets_or_changes_anything_of_a_case(
    door: RunningDoor, engine: Engine, person: Person, case: Receipt, role: Role
) -> None:
    browser = person("Rik", role)
    browser.get("/inbox/account")
    before = state(engine)
    for route in routes(door, case.case_id):
        if route.path.endswith(("/uitloggen", "/account/sessies")):
            continue
        response = send(browser.client, route, browser.csrf)
        assert not leaks(response), str(route)
        if route in for_ouderadviseurs(door, case.case_id):
            assert response.status_code == 403, str(route)
    assert state(engine) == before


def test_no_form_is_taken_without_the_token_of_its_own_session(
    door: RunningDoor, engine: Engine, member: Browser, person: Person, case: Receipt
) -> None:
    other = person("Rik", "ouderadviseur")
    other.get("/inbox/account")
    before = state(engine)
    for route in routes(door, case.case_id):
        if route.method == "POST" and not FOR_EVERYBODY.fullmatch(route.path) and route.path != "/inbox/code":
            for token in ("", "0" * 64, "é", other.csrf):
                assert send(member.client, route, token).status_code == 403, str(route)
    assert state(engine) == before


@pytest.mark.parametrize("wrong", ["code", "guess", "other_letters", "sql", "path"])
def test_a_case_is_not_found_by_its_code_or_a_guess(
    door: RunningDoor, engine: Engine, member: Browser, case: Receipt, wrong: str
) -> None:
    guesses = {
        "code": case.code,
        "guess": "0" * 32,
        "other_letters": case.case_id.upper(),
        "sql": "' OR 1=1 --",
        "path": f"..%2F{case.case_id}",
    }
    member.get("/inbox/account")
    before = state(engine)
    for route in for_ouderadviseurs(door, "CASE"):
        if "CASE" in route.path:
            response = send(member.client, Route(route.method, route.path.replace("CASE", guesses[wrong])), member.csrf)
            assert response.status_code in (200, 303, 404), str(route)
            assert not leaks(response), str(route)
    assert state(engine) == before


def test_contact_details_are_only_for_who_has_the_case(
    member: Browser, person: Person, case: Receipt, engine: Engine
) -> None:
    rik, path = person("Rik", "ouderadviseur"), f"/inbox/zaken/{case.case_id}"
    assert "12345678" in rik.get(path).text.replace(" ", "")
    member.get(path)
    member.post(f"{path}/nemen")
    page = rik.get(path).text
    assert "[telefoon]" in page and "Overnemen van Noor" in page
    assert not [value for value in ("Samira", "12345678", "Daan") if value in page.replace(" ", "")]
    assert "Samira" not in rik.get("/inbox/?zoek=Samira").text.split("Gevonden")[1]
    rik.post(f"{path}/overdragen", van="1", naar="2")
    assert "Samira" in rik.get(path).text
    assert "Samira" not in member.get(path).text


def test_two_parents_cannot_read_each_others_case(door: RunningDoor, base: str, intake: Intake) -> None:
    """What a parent has is a code and a token of a conversation: neither opens the inbox."""
    receipt = intake.submit(REQUEST)
    with httpx.Client(base_url=base) as client:
        token = client.post("/api/gesprekken").json()["token"]
        client.cookies.set(SESSION_COOKIE, token, path="/inbox")
        headers = {"Authorization": f"Bearer {token}"}
        for route in for_ouderadviseurs(door, receipt.case_id):
            response = client.request(route.method, route.path, headers=headers, follow_redirects=False)
            assert response.status_code == 303 and not leaks(response), str(route)
        assert client.get("/api/gesprek", headers=headers).json()["zaken"] == []
