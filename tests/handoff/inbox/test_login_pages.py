import pytest
from sqlalchemy.engine import Engine

from bot.handoff.accounts import Account, first_login_link
from bot.handoff.inbox.gate import SESSION_COOKIE
from bot.handoff.intake import Receipt
from bot.handoff.sessions import LOCKED_FOR, MAX_FAILURES
from bot.settings import Settings
from tests.handoff.inbox.conftest import PASSWORD, Browser, Clock

FIELDS = {"name": "Noor", "email": "noor@example.org", "password": PASSWORD, "again": PASSWORD}


def first_link(engine: Engine, clock: Clock) -> str:
    link = first_login_link(engine, "", clock())
    assert link is not None
    return link


def test_the_link_makes_the_first_account_and_logs_it_in(visitor: Browser, engine: Engine, clock: Clock) -> None:
    link = first_link(engine, clock)
    assert "Het eerste account" in visitor.get(link).text
    response = visitor.post(link, **FIELDS)
    assert response.url.path == "/inbox"
    assert "Noor" in response.text


def test_the_link_works_once(visitor: Browser, engine: Engine, clock: Clock) -> None:
    link = first_link(engine, clock)
    visitor.get(link)
    visitor.post(link, **FIELDS)
    again = visitor.get(link)
    assert again.status_code == 410
    assert "verlopen of al gebruikt" in again.text
    visitor.get("/inbox/inloggen")
    assert visitor.post(link, **{**FIELDS, "email": "tweede@example.org"}).status_code == 410


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"name": " "}, "Vul een naam in"),
        ({"email": "noor"}, "e-mailadres klopt niet"),
        ({"password": "kort", "again": "kort"}, "12 tot 200 tekens"),
        ({"again": "iets anders dan zo"}, "niet gelijk"),
    ],
)
def test_a_mistake_in_the_first_account_is_explained_and_nothing_typed_is_lost(
    visitor: Browser, engine: Engine, clock: Clock, change: dict[str, str], message: str
) -> None:
    link = first_link(engine, clock)
    visitor.get(link)
    response = visitor.post(link, **{**FIELDS, **change})
    assert response.status_code == 400
    assert message in response.text
    assert response.text.count('aria-invalid="true"') == 1
    assert f'value="{change.get("email", FIELDS["email"])}"' in response.text
    assert PASSWORD not in response.text
    assert visitor.post(link, **FIELDS).status_code == 200


def test_a_wrong_password_is_told_without_saying_which_part_is_wrong(visitor: Browser, noor: Account) -> None:
    wrong, unknown = visitor.log_in(password="wrong"), visitor.log_in(email="niemand@example.org")
    assert (wrong.status_code, unknown.status_code) == (401, 401)
    assert wrong.text.replace(noor.email, "") == unknown.text.replace("niemand@example.org", "")
    assert 'role="alert"' in wrong.text


def test_too_many_wrong_passwords_lock_out_for_a_quarter(visitor: Browser, noor: Account, clock: Clock) -> None:
    for _ in range(MAX_FAILURES):
        visitor.log_in(password="wrong")
    locked = visitor.log_in()
    assert locked.status_code == 429
    assert "over een kwartier" in locked.text
    clock.now += LOCKED_FOR
    assert visitor.log_in().status_code == 200


def test_after_the_login_the_case_from_the_mail_is_shown(visitor: Browser, noor: Account, case: Receipt) -> None:
    page = visitor.get(f"/inbox/zaken/{case.case_id}")
    assert page.url.path == "/inbox/inloggen"
    # The cookie does not come along from a mail in the browser, so somebody who is logged in needs a way on.
    assert f'<a href="/inbox/zaken/{case.case_id}">Ik ben al ingelogd' in page.text
    fields = {"email": noor.email, "password": PASSWORD, "verder": f"/inbox/zaken/{case.case_id}"}
    assert visitor.post("/inbox/inloggen", **fields).url.path == f"/inbox/zaken/{case.case_id}"


def test_logging_out_ends_the_session_and_takes_the_cookie_back(member: Browser) -> None:
    member.get("/inbox/")
    session = member.client.cookies[SESSION_COOKIE]
    response = member.post("/inbox/uitloggen")
    assert response.url.path == "/inbox/inloggen"
    assert SESSION_COOKIE not in member.client.cookies
    member.client.cookies.set(SESSION_COOKIE, session, path="/inbox")
    assert member.client.get("/inbox/", follow_redirects=False).status_code == 303


class TestBehindTls:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.copy(update={"public_url": "https://chat.example.org"})

    def test_cookies_are_sent_over_tls_only(self, visitor: Browser) -> None:
        assert "Secure" in visitor.get("/inbox/inloggen").headers["set-cookie"]
