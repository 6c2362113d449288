import re

import pytest
from sqlalchemy.engine import Engine

from bot.db import writing
from bot.handoff.accounts import Account, Role
from bot.handoff.inbox.gate import BY_ITSELF, FORM_COOKIE, SESSION_COOKIE, after_login
from bot.handoff.inbox.services import InboxServices
from bot.handoff.intake import Receipt
from bot.handoff.sessions import IDLE, end_sessions
from bot.privacy.vault import Vault, VaultError
from tests.handoff.inbox.conftest import Browser, Clock, Person, actions


def secrets_of_the_case(text: str) -> list[str]:
    return [value for value in ("Samira", "12345678", "Daan", "thuis") if value in text]


def test_a_session_that_was_ended_elsewhere_counts_no_more(
    member: Browser, noor: Account, engine: Engine, clock: Clock
) -> None:
    end_sessions(engine, noor.id, clock())
    assert member.client.get("/inbox/", follow_redirects=False).status_code == 303


def test_a_session_that_was_left_alone_counts_no_more(member: Browser, clock: Clock) -> None:
    clock.now += IDLE
    assert member.client.get("/inbox/", follow_redirects=False).status_code == 303


def test_what_an_open_page_asks_by_itself_keeps_no_session_alive(member: Browser, clock: Clock) -> None:
    member.get("/inbox/")
    for _ in range(3):
        clock.now += IDLE / 3
        by_itself = {"headers": {BY_ITSELF: "ja"}, "follow_redirects": False}
        seen = member.client.post("/inbox/hart", data={"csrf": member.csrf, "pagina": "x"}, **by_itself).status_code
        seen_too = member.client.get("/inbox/", **by_itself).status_code
    assert (seen, seen_too) == (303, 303)


@pytest.mark.parametrize("role", ["beheerder", "redactie"])
def test_who_is_refused_is_recorded_and_can_log_out(engine: Engine, person: Person, case: Receipt, role: Role) -> None:
    browser = person("Rik", role)
    browser.get("/inbox/account")
    assert browser.post(f"/inbox/zaken/{case.case_id}/afsluiten").status_code == 403
    assert actions(engine)[-1] == ("case_refused", 1, case.case_id)
    assert browser.post("/inbox/uitloggen").url.path == "/inbox/inloggen"


def test_the_login_form_needs_its_token_and_its_cookie(visitor: Browser, noor: Account) -> None:
    fields = {"email": noor.email, "password": "een zin die ik onthoud"}
    visitor.get("/inbox/inloggen")
    assert visitor.client.post("/inbox/inloggen", data=fields).status_code == 403
    token = visitor.csrf
    visitor.client.cookies.clear()
    assert visitor.client.post("/inbox/inloggen", data={**fields, "csrf": token}).status_code == 403


def test_cookies_are_out_of_reach_for_scripts_and_other_sites(visitor: Browser, noor: Account) -> None:
    form = visitor.get("/inbox/inloggen").headers["set-cookie"]
    sent = visitor.client.post(
        "/inbox/inloggen",
        data={"csrf": visitor.csrf, "email": noor.email, "password": "een zin die ik onthoud"},
        follow_redirects=False,
    )
    for cookie, name in ((form, FORM_COOKIE), (sent.headers["set-cookie"], SESSION_COOKIE)):
        assert cookie.startswith(f"{name}=")
        assert {"HttpOnly", "SameSite=Strict", "Path=/inbox"} <= {part.strip() for part in cookie.split(";")}
        assert "Secure" not in cookie


def test_every_page_allows_own_scripts_only_and_forbids_storing(member: Browser, case: Receipt) -> None:
    for path in ("/inbox/", f"/inbox/zaken/{case.case_id}", "/inbox/zaken/unknown", "/inbox/inloggen"):
        response = member.get(path)
        policy = response.headers["content-security-policy"]
        assert policy.startswith("default-src 'none';")
        assert "script-src 'self';" in policy and "connect-src 'self';" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert response.headers["cache-control"] == "no-store"
        assert response.headers["x-content-type-options"] == "nosniff"
        assert all('src="/inbox/inbox.js"' in tag for tag in re.findall("<script.*", response.text))
        assert "style=" not in response.text


def test_a_page_without_its_data_says_so(member: Browser, case: Receipt, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object, **_kwargs: object) -> None:
        raise VaultError("no key")

    monkeypatch.setattr(Vault, "reveal", broken)
    response = member.get(f"/inbox/zaken/{case.case_id}")
    assert response.status_code == 503
    assert "Probeer het over een minuut weer" in response.text


def test_a_case_that_cannot_be_recorded_is_not_shown(
    services: InboxServices, member: Browser, engine: Engine, case: Receipt
) -> None:
    with writing(engine) as connection:
        connection.exec_driver_sql("ALTER TABLE audit RENAME TO audit_away")
    response = member.get(f"/inbox/zaken/{case.case_id}")
    assert response.status_code == 503
    assert not secrets_of_the_case(response.text)


@pytest.mark.parametrize(
    "wanted", [None, "", "https://example.org/", "//example.org", "/inbox/zaken/../x", "/inbox/uitloggen", "/x"]
)
def test_after_the_login_nobody_is_sent_elsewhere(wanted: str | None) -> None:
    assert after_login(wanted) == "/inbox"


def test_after_the_login_the_case_that_was_asked_for_is_shown() -> None:
    assert after_login("/inbox/zaken/" + "a" * 32) == "/inbox/zaken/" + "a" * 32
