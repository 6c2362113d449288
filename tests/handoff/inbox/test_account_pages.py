import re
from collections.abc import Callable

import pyotp
import pytest

from bot.handoff.accounts import Account
from bot.handoff.inbox.device import device_of
from bot.handoff.intake import Receipt
from bot.handoff.totp import STEP
from bot.settings import Settings
from tests.handoff.inbox.conftest import PASSWORD, Browser, Clock, Person

OTHER = "een heel andere lange zin"


def code(secret: str, clock: Clock) -> str:
    from datetime import datetime

    return pyotp.TOTP(secret).generate_otp(int((clock() - datetime(1970, 1, 1)).total_seconds()) // STEP)


def secret_on(page: str) -> str:
    found = re.search(r'class="secret">([A-Z2-7 ]+)<', page)
    assert found
    return found[1].replace(" ", "")


def enrol(browser: Browser, clock: Clock) -> str:
    secret = secret_on(browser.get("/inbox/account/tweestaps").text)
    assert browser.post("/inbox/account/tweestaps", code=code(secret, clock)).status_code == 200
    return secret


def test_the_second_step_is_set_up_with_a_picture_or_the_secret(member: Browser, clock: Clock) -> None:
    page = member.get("/inbox/account/tweestaps").text
    assert "<svg" in page and "style=" not in page
    wrong = member.post("/inbox/account/tweestaps", code="12")
    assert wrong.status_code == 400 and "klopt niet" in wrong.text
    assert secret_on(wrong.text) == secret_on(page)
    enrol(member, clock)
    assert "Bij het inloggen vult u een code in" in member.get("/inbox/account").text
    assert member.get("/inbox/account/tweestaps").url.path == "/inbox/account"


def test_with_the_second_step_password_and_code_are_needed(
    visitor: Browser, member: Browser, clock: Clock, case: Receipt
) -> None:
    secret = enrol(member, clock)
    member.post("/inbox/uitloggen")
    clock.now = clock.now.replace(minute=30)
    path = f"/inbox/zaken/{case.case_id}"
    visitor.get(path)
    fields = {"email": "noor@example.org", "password": PASSWORD, "verder": path}
    halfway = visitor.post("/inbox/inloggen", **fields)
    assert halfway.url.path == "/inbox/code"
    assert visitor.client.get(path, follow_redirects=False).status_code == 303
    wrong = visitor.post("/inbox/code", code="nee", verder=path)
    assert wrong.status_code == 401 and "Deze code klopt niet" in wrong.text
    opened = visitor.post("/inbox/code", code=code(secret, clock), verder=path)
    assert opened.url.path == path and case.code in opened.text


def test_without_the_password_there_is_no_page_for_a_code(visitor: Browser, member: Browser) -> None:
    assert member.get("/inbox/code").url.path == "/inbox"
    member.client.cookies.clear()
    assert visitor.get("/inbox/code").url.path == "/inbox/inloggen"


def test_another_password_ends_the_other_sessions_and_keeps_this_one(
    member: Browser, elsewhere: Callable[[], Browser]
) -> None:
    other = elsewhere()
    other.log_in()
    member.get("/inbox/account")
    assert member.post("/inbox/account/wachtwoord", old=PASSWORD, password=OTHER, again=OTHER).status_code == 200
    assert other.get("/inbox/account").url.path == "/inbox/inloggen"
    assert member.get("/inbox/account").url.path == "/inbox/account"
    assert other.log_in(password=OTHER).status_code == 200


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"old": "fout", "password": OTHER, "again": OTHER}, "niet uw wachtwoord van nu"),
        ({"old": PASSWORD, "password": "kort", "again": "kort"}, "12 tot 200"),
        ({"old": PASSWORD, "password": OTHER, "again": "x"}, "niet gelijk"),
    ],
)
def test_a_mistake_in_a_new_password_is_told_and_changes_nothing(
    member: Browser, fields: dict[str, str], said: str
) -> None:
    member.get("/inbox/account")
    wrong = member.post("/inbox/account/wachtwoord", **fields)
    assert wrong.status_code == 400 and said in wrong.text
    member.post("/inbox/uitloggen")
    assert member.log_in().status_code == 200


def test_sessions_are_listed_and_ended_one_by_one_or_all(member: Browser, elsewhere: Callable[[], Browser]) -> None:
    others = [elsewhere() for _ in range(3)]
    for other in others:
        other.client.headers["user-agent"] = "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/140.0"
        other.log_in()
    page = member.get("/inbox/account").text
    assert page.count("Firefox op Windows<br>") == 3
    assert "deze browser" in page
    session = re.search(r'action="(/inbox/account/sessies/\w+)"', page)
    assert session
    member.post(session[1])
    assert sum(other.get("/inbox/account").url.path == "/inbox/account" for other in others) == 2
    member.post("/inbox/account/sessies")
    assert [other.get("/inbox/account").url.path for other in others] == ["/inbox/inloggen"] * 3
    assert member.get("/inbox/account").url.path == "/inbox/account"


def test_a_session_of_somebody_else_cannot_be_ended(member: Browser, person: Person) -> None:
    rik = person("Rik", "redactie")
    page = member.get("/inbox/account").text
    assert "sessies/" not in page
    rik.get("/inbox/account")
    from bot.handoff.accounts import token_hash
    from bot.handoff.inbox.gate import SESSION_COOKIE

    rik.post(f"/inbox/account/sessies/{token_hash(member.client.cookies[SESSION_COOKIE])[:16]}")
    assert member.get("/inbox/account").url.path == "/inbox/account"


class TestWhereItIsRequired:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.copy(update={"inbox_two_step": "altijd"})

    def test_nobody_gets_further_without_the_second_step(self, member: Browser, clock: Clock, case: Receipt) -> None:
        for path in ("/inbox/", f"/inbox/zaken/{case.case_id}", "/inbox/account"):
            assert member.get(path).url.path == "/inbox/account/tweestaps"
        enrol(member, clock)
        assert case.code in member.get("/inbox/").text

    def test_one_can_log_out_first(self, member: Browser) -> None:
        member.get("/inbox/account/tweestaps")
        assert member.post("/inbox/uitloggen").url.path == "/inbox/inloggen"


@pytest.mark.parametrize(
    ("address", "choice", "required"),
    [
        ("", "https", False),
        ("https://chat.example.org", "https", True),
        ("https://chat.example.org", "nooit", False),
        ("", "altijd", True),
    ],
)
def test_the_second_step_is_required_where_the_address_is_public(
    settings: Settings, address: str, choice: str, required: bool
) -> None:
    assert settings.copy(update={"public_url": address, "inbox_two_step": choice}).two_step_required is required


def test_an_account_knows_the_first_name_that_parents_see(noor: Account) -> None:
    assert Account(1, "Noor de Vries", "", "ouderadviseur").first_name == "Noor"


@pytest.mark.parametrize(
    ("user_agent", "device"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36", "Chrome op Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge op Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18 like Mac OS X) Version/18.0 Safari/604.1", "Safari op iPhone of iPad"),
        ("curl/8", "Een browser"),
        ("", "Een browser"),
    ],
)
def test_a_device_is_named_in_words(user_agent: str, device: str) -> None:
    assert device_of(user_agent) == device
