"""``python -m bot account``, as a beheerder types it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine
from typer.testing import CliRunner

from bot.__main__ import app
from bot.db import make_engine, reading
from bot.handoff.accounts import AccountError, find_account
from bot.handoff.audit import audit_table
from bot.handoff.sessions import LoginRefused, log_in, session_account
from bot.settings import get_settings

PASSWORD = "een zin die ik onthoud"
OTHER = "een heel andere lange zin"


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quick_passwords: None) -> Iterator[Engine]:
    monkeypatch.setenv("OUDERCHAT_VAR_DIR", str(tmp_path / "var"))
    get_settings.cache_clear()
    engine = make_engine(get_settings().db_url)
    yield engine
    engine.dispose()
    get_settings.cache_clear()


def typed(*arguments: str, password: str = "", status: int = 0) -> str:
    result = CliRunner(mix_stderr=True).invoke(app, ["account", *arguments], input=f"{password}\n{password}\n")
    assert result.exit_code == status, result.output
    return str(result.output)


@pytest.fixture
def noor(database: Engine) -> Engine:
    typed("nieuw", "Noor de Vries", "Noor@example.org", password=PASSWORD)
    return database


def test_an_account_is_made_on_an_empty_machine_and_listed(noor: Engine) -> None:
    assert log_in(noor, "noor@example.org", PASSWORD)
    assert "ouderadviseur  Noor de Vries <noor@example.org>, zonder code" in typed("lijst")
    typed("nieuw", "Rik", "rik@example.org", "--rol", "redactie", password=PASSWORD)
    assert "redactie       Rik" in typed("lijst")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nieuw", "Bo", "noor@example.org"), "heeft al een account"),
        (("nieuw", "Bo", "geen adres"), "klopt niet"),
        (("nieuw", "Bo", "bo@example.org", "--rol", "school"), "Onbekende rol"),
        (("rol", "noor@example.org", "school"), "Onbekende rol"),
        (("blokkeer", "wie@example.org"), "geen account"),
        (("wachtwoord", "wie@example.org"), "geen account"),
        (("tweestaps", "wie@example.org"), "geen account"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(noor: Engine, arguments: tuple[str, ...], said: str) -> None:
    assert said in typed(*arguments, password=PASSWORD, status=1).splitlines()[-1]


def test_who_is_blocked_is_out_at_once_and_can_come_back(noor: Engine) -> None:
    token = log_in(noor, "noor@example.org", PASSWORD)
    typed("blokkeer", "noor@example.org")
    assert session_account(noor, token) is None
    with pytest.raises(LoginRefused):
        log_in(noor, "noor@example.org", PASSWORD)
    assert "geblokkeerd" in typed("lijst")
    typed("deblokkeer", "noor@example.org")
    assert session_account(noor, token) is None
    assert log_in(noor, "noor@example.org", PASSWORD)


def test_another_role_holds_from_the_next_log_in(noor: Engine) -> None:
    token = log_in(noor, "noor@example.org", PASSWORD)
    typed("rol", "noor@example.org", "beheerder")
    assert session_account(noor, token) is None
    account = session_account(noor, log_in(noor, "noor@example.org", PASSWORD))
    assert account is not None and account.role == "beheerder"


def test_another_password_ends_every_session(noor: Engine) -> None:
    token = log_in(noor, "noor@example.org", PASSWORD)
    typed("wachtwoord", "noor@example.org", password=OTHER)
    assert session_account(noor, token) is None
    with pytest.raises(LoginRefused):
        log_in(noor, "noor@example.org", PASSWORD)
    assert log_in(noor, "noor@example.org", OTHER)


def test_a_password_too_short_changes_nothing(noor: Engine) -> None:
    assert "12 tot 200" in typed("wachtwoord", "noor@example.org", password="kort", status=1)
    assert log_in(noor, "noor@example.org", PASSWORD)


def test_sessions_are_ended(noor: Engine) -> None:
    token = log_in(noor, "noor@example.org", PASSWORD)
    assert "1 keer uitgelogd" in typed("uitloggen", "noor@example.org")
    assert session_account(noor, token) is None


def test_the_second_step_is_switched_off_for_who_lost_the_phone(noor: Engine) -> None:
    with noor.begin() as connection:
        connection.exec_driver_sql("UPDATE accounts SET totp_since = '2026-11-20 10:00:00'")
    assert session_account(noor, log_in(noor, "noor@example.org", PASSWORD)) is None
    typed("tweestaps", "noor@example.org")
    assert session_account(noor, log_in(noor, "noor@example.org", PASSWORD))


def test_each_command_is_recorded(noor: Engine) -> None:
    typed("blokkeer", "noor@example.org")
    typed("deblokkeer", "noor@example.org")
    typed("rol", "noor@example.org", "redactie")
    with reading(noor) as connection:
        actions = connection.execute(audit_table.select()).all()
        assert find_account(connection, "noor@example.org") is not None
    assert [row.action for row in actions] == [
        "account_created",
        "account_blocked",
        "account_unblocked",
        "account_role",
    ]


def test_the_error_of_an_account_names_its_field() -> None:
    assert AccountError("email", "x").field == "email"
