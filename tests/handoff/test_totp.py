from datetime import datetime, timedelta

import pyotp
import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.db import reading
from bot.handoff.accounts import Account, create_account, find_account
from bot.handoff.sessions import (
    CODE_WITHIN,
    MAX_FAILURES,
    LoginLocked,
    LoginRefused,
    confirm_code,
    log_in,
    session_account,
)
from bot.handoff.totp import STEP, TwoStep, matching_step, qr_svg, readable_secret
from bot.keys import Keys
from bot.privacy.vault import Vault, vault_table

NOW = datetime(2026, 11, 23, 9, 0)
PASSWORD = "een zin die ik onthoud"
SECRET = "JBSWY3DPEHPK3PXP" * 2
pytestmark = pytest.mark.usefixtures("quick_passwords")


@pytest.fixture
def two_step(engine: Engine, keys: Keys) -> TwoStep:
    return TwoStep(engine, Vault(engine, keys))


@pytest.fixture
def noor(engine: Engine) -> Account:
    return create_account(engine, "Noor", "noor@example.org", PASSWORD)


def code(secret: str, now: datetime = NOW) -> str:
    return pyotp.TOTP(secret).generate_otp(int((now - datetime(1970, 1, 1)).total_seconds()) // STEP)


@pytest.fixture
def secret(two_step: TwoStep, noor: Account) -> str:
    """Noor has set it up, an hour ago."""
    offered = two_step.offer(noor)
    assert two_step.confirm(noor, code(offered, NOW - timedelta(hours=1)), NOW - timedelta(hours=1))
    return offered


def log_in_with(engine: Engine, two_step: TwoStep, typed: str, now: datetime = NOW) -> str:
    token = log_in(engine, "noor@example.org", PASSWORD, now)
    assert session_account(engine, token, now) is None
    return confirm_code(engine, token, lambda account, moment: two_step.check(account, typed, moment), now)


def test_the_same_secret_is_offered_until_a_code_confirms_it(two_step: TwoStep, noor: Account, engine: Engine) -> None:
    secret = two_step.offer(noor)
    assert two_step.offer(noor) == secret
    assert not two_step.confirm(noor, "000000" if code(secret) != "000000" else "111111", NOW)
    assert two_step.confirm(noor, code(secret), NOW)
    with reading(engine) as connection:
        changed = find_account(connection, noor.email)
    assert changed is not None and changed.two_step


def test_the_secret_is_stored_encrypted_and_a_new_vault_key_reaches_it(
    two_step: TwoStep, secret: str, engine: Engine, keys: Keys
) -> None:
    from cryptography.fernet import Fernet

    with reading(engine) as connection:
        assert secret not in str(connection.execute(select(vault_table)).all())
    new = Keys((Fernet.generate_key().decode(), *keys.vault), keys.internal, keys.signing)
    Vault(engine, new).rotate()
    alone = Vault(engine, Keys(new.vault[:1], keys.internal, keys.signing))
    assert alone.get("account:1", "totp") == secret


def test_password_and_code_open_a_session(engine: Engine, two_step: TwoStep, secret: str, noor: Account) -> None:
    token = log_in_with(engine, two_step, code(secret))
    opened = session_account(engine, token, NOW)
    assert opened is not None and opened.id == noor.id


def test_a_code_opens_one_session_only(engine: Engine, two_step: TwoStep, secret: str) -> None:
    log_in_with(engine, two_step, code(secret))
    with pytest.raises(LoginRefused):
        log_in_with(engine, two_step, code(secret))
    log_in_with(engine, two_step, code(secret, NOW + timedelta(seconds=STEP)), NOW + timedelta(seconds=STEP))


def test_a_wrong_code_opens_nothing_and_codes_cannot_be_tried_without_end(
    engine: Engine, two_step: TwoStep, secret: str
) -> None:
    for _ in range(MAX_FAILURES):
        with pytest.raises(LoginRefused):
            log_in_with(engine, two_step, "abcdef")
    with pytest.raises(LoginLocked):
        log_in_with(engine, two_step, code(secret))


def test_the_code_must_follow_soon_after_the_password(engine: Engine, two_step: TwoStep, secret: str) -> None:
    token, late = log_in(engine, "noor@example.org", PASSWORD, NOW), NOW + CODE_WITHIN
    with pytest.raises(LoginRefused):
        confirm_code(engine, token, lambda *_: True, late)


def test_a_session_that_is_open_needs_no_code_and_gives_no_second_one(engine: Engine, noor: Account) -> None:
    token = log_in(engine, "noor@example.org", PASSWORD, NOW)
    with pytest.raises(LoginRefused):
        confirm_code(engine, token, lambda *_: True, NOW)


def test_after_a_lost_phone_the_password_is_enough_until_it_is_set_up_again(
    engine: Engine, two_step: TwoStep, secret: str, noor: Account
) -> None:
    two_step.switch_off(noor, NOW)
    assert session_account(engine, log_in(engine, "noor@example.org", PASSWORD, NOW), NOW)
    assert not two_step.check(noor, code(secret), NOW)
    assert two_step.offer(noor) != secret


@pytest.mark.parametrize("seconds", [-STEP, 0, STEP])
def test_a_clock_may_be_one_step_off(seconds: int) -> None:
    secret, then = SECRET, NOW + timedelta(seconds=seconds)
    assert matching_step(secret, code(secret, then), NOW) is not None


@pytest.mark.parametrize("typed", ["", "abc", "１２３４５６", "0" * 40])
def test_what_is_no_code_fits_nothing(typed: str) -> None:
    assert matching_step(SECRET, typed, NOW) is None


def test_a_code_from_two_steps_ago_fits_nothing() -> None:
    assert matching_step(SECRET, code(SECRET, NOW - timedelta(seconds=2 * STEP)), NOW) is None


def test_the_picture_is_drawn_here_without_style_or_script(noor: Account) -> None:
    svg = qr_svg(noor, SECRET)
    assert svg.startswith("<svg") and "viewBox=" in svg and "width=" not in svg.partition(">")[0]
    assert "style=" not in svg and "http" not in svg.replace("http://www.w3.org", "")
    assert readable_secret(SECRET) == "JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP"
