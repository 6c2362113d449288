from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.db import reading
from bot.handoff.accounts import Account, create_account
from bot.handoff.audit import audit_table
from bot.handoff.sessions import (
    IDLE,
    LOCKED_FOR,
    LONGEST,
    MAX_FAILURES,
    LoginLocked,
    LoginRefused,
    end_sessions,
    log_in,
    log_out,
    login_failures_table,
    session_account,
    sessions_table,
)

NOW = datetime(2026, 11, 23, 9, 0)
PASSWORD = "een zin die ik onthoud"
pytestmark = pytest.mark.usefixtures("quick_passwords")


@pytest.fixture
def noor(engine: Engine) -> Account:
    return create_account(engine, "Noor", "noor@example.org", PASSWORD, now=NOW)


def fail(engine: Engine, times: int, now: datetime = NOW, email: str = "noor@example.org") -> None:
    for _ in range(times):
        with pytest.raises(LoginRefused):
            log_in(engine, email, "wrong", now)


def actions(engine: Engine) -> list[tuple[str, int | None]]:
    with reading(engine) as connection:
        return [(row.action, row.account_id) for row in connection.execute(select(audit_table))]


def test_the_right_password_starts_a_session(engine: Engine, noor: Account) -> None:
    token = log_in(engine, " NOOR@example.org ", PASSWORD, NOW)
    assert session_account(engine, token, NOW) == noor
    assert actions(engine)[-1] == ("login", noor.id)


def test_only_a_hash_of_the_session_is_stored(engine: Engine, noor: Account) -> None:
    token = log_in(engine, noor.email, PASSWORD, NOW)
    with reading(engine) as connection:
        assert token not in str(connection.execute(select(sessions_table)).all())


def test_a_wrong_password_and_an_unknown_name_are_refused_alike(engine: Engine, noor: Account) -> None:
    fail(engine, 1)
    fail(engine, 1, email="niemand@example.org")
    assert actions(engine)[-2:] == [("login_failed", noor.id), ("login_failed", None)]


def test_five_failures_lock_out_also_the_right_password(engine: Engine, noor: Account) -> None:
    fail(engine, MAX_FAILURES)
    with pytest.raises(LoginLocked):
        log_in(engine, noor.email, PASSWORD, NOW)
    assert actions(engine)[-1] == ("login_locked", None)


def test_an_unknown_name_is_locked_out_as_well(engine: Engine) -> None:
    fail(engine, MAX_FAILURES, email="niemand@example.org")
    with pytest.raises(LoginLocked):
        log_in(engine, "niemand@example.org", PASSWORD, NOW)


def test_a_lock_out_of_one_name_leaves_the_others_alone(engine: Engine, noor: Account) -> None:
    fail(engine, MAX_FAILURES, email="niemand@example.org")
    assert log_in(engine, noor.email, PASSWORD, NOW)


def test_a_lock_out_ends_also_when_somebody_keeps_trying(engine: Engine, noor: Account) -> None:
    fail(engine, MAX_FAILURES)
    for minute in range(1, 15):
        with pytest.raises(LoginLocked):
            log_in(engine, noor.email, PASSWORD, NOW + timedelta(minutes=minute))
    assert log_in(engine, noor.email, PASSWORD, NOW + LOCKED_FOR)


def test_a_success_clears_the_failures(engine: Engine, noor: Account) -> None:
    fail(engine, MAX_FAILURES - 1)
    log_in(engine, noor.email, PASSWORD, NOW)
    with reading(engine) as connection:
        assert connection.execute(select(login_failures_table)).all() == []


def test_many_guesses_at_the_same_moment_do_not_slip_through(engine: Engine, noor: Account) -> None:
    def guess(_number: int) -> type[Exception]:
        with pytest.raises((LoginRefused, LoginLocked)) as error:
            log_in(engine, noor.email, "wrong", NOW)
        return error.type

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(guess, range(12)))
    assert outcomes.count(LoginRefused) == MAX_FAILURES


def test_a_session_ends_when_it_is_not_used(engine: Engine, noor: Account) -> None:
    token = log_in(engine, noor.email, PASSWORD, NOW)
    assert session_account(engine, token, NOW + IDLE - timedelta(seconds=1))
    assert session_account(engine, token, NOW + IDLE + timedelta(hours=1))
    assert session_account(engine, token, NOW + 2 * IDLE + timedelta(hours=1)) is None


def test_a_session_ends_after_a_working_day_in_any_case(engine: Engine, noor: Account) -> None:
    token = log_in(engine, noor.email, PASSWORD, NOW)
    for hour in range(12):
        assert session_account(engine, token, NOW + timedelta(hours=hour)) == noor
    assert session_account(engine, token, NOW + LONGEST) is None


def test_logging_out_ends_the_session_once(engine: Engine, noor: Account) -> None:
    token, other = log_in(engine, noor.email, PASSWORD, NOW), log_in(engine, noor.email, PASSWORD, NOW)
    log_out(engine, token, NOW)
    log_out(engine, token, NOW)
    log_out(engine, "unknown", NOW)
    assert session_account(engine, token, NOW) is None
    assert session_account(engine, other, NOW) == noor
    assert actions(engine).count(("logout", noor.id)) == 1


def test_all_sessions_of_an_account_can_be_ended(engine: Engine, noor: Account) -> None:
    tokens = [log_in(engine, noor.email, PASSWORD, NOW) for _ in range(2)]
    assert end_sessions(engine, noor.id, NOW) == 2
    assert [session_account(engine, token, NOW) for token in tokens] == [None, None]


def test_a_guessed_session_is_nobody(engine: Engine) -> None:
    assert session_account(engine, "guess", NOW) is None
