from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.db import reading
from bot.handoff.accounts import (
    FIRST_LOGIN_VALID,
    Account,
    AccountError,
    Role,
    accounts_table,
    create_account,
    create_first_account,
    first_login_link,
    first_login_table,
    first_login_usable,
    get_account,
    verify_password,
)

NOW = datetime(2026, 11, 23, 9, 0)
PASSWORD = "een zin die ik onthoud"


def link_token(engine: Engine, now: datetime = NOW) -> str:
    link = first_login_link(engine, "https://chat.example.org", now)
    assert link is not None
    return link.removeprefix("https://chat.example.org/inbox/eerste-account/")


def first_account(engine: Engine, token: str, now: datetime = NOW) -> Account:
    return create_first_account(engine, token, "Noor", "noor@example.org", PASSWORD, now)


def test_an_account_is_stored_with_a_hash_of_its_password(engine: Engine) -> None:
    account = create_account(engine, " Noor  de Vries ", " Noor@Example.org", PASSWORD)
    assert account == Account(1, "Noor de Vries", "noor@example.org", "ouderadviseur")
    with reading(engine) as connection:
        row = connection.execute(select(accounts_table)).one()
        assert get_account(connection, 1) == account
        assert get_account(connection, None) is None
    assert row.password_hash.startswith("$argon2id$")
    assert verify_password(row.password_hash, PASSWORD)
    assert not verify_password(row.password_hash, PASSWORD + ".")
    assert not verify_password(row.password_hash, "x" * 10_000)


def test_nobody_has_a_password(engine: Engine) -> None:
    assert not verify_password(None, PASSWORD)
    assert not verify_password("damaged", PASSWORD)


@pytest.mark.parametrize(
    ("name", "email", "password", "field"),
    [
        ("", "noor@example.org", PASSWORD, "name"),
        ("x" * 81, "noor@example.org", PASSWORD, "name"),
        ("Noor", "noor", PASSWORD, "email"),
        ("Noor", "noor@example.org", "te kort", "password"),
        ("Noor", "noor@example.org", "x" * 201, "password"),
    ],
)
def test_a_wrong_field_is_named(engine: Engine, name: str, email: str, password: str, field: str) -> None:
    with pytest.raises(AccountError) as error:
        create_account(engine, name, email, password)
    assert error.value.field == field


def test_an_unknown_role_is_refused(engine: Engine) -> None:
    wrong: Role = "school"  # type: ignore[assignment]
    with pytest.raises(ValueError, match="school"):
        create_account(engine, "Noor", "noor@example.org", PASSWORD, wrong)


def test_an_address_has_one_account(engine: Engine) -> None:
    create_account(engine, "Noor", "noor@example.org", PASSWORD)
    with pytest.raises(AccountError, match="heeft al een account"):
        create_account(engine, "Noor", "NOOR@example.org", PASSWORD)


def test_the_link_makes_the_first_account_once(engine: Engine) -> None:
    token = link_token(engine)
    assert first_login_usable(engine, token, NOW)
    assert first_account(engine, token).role == "ouderadviseur"
    assert not first_login_usable(engine, token, NOW)
    with pytest.raises(AccountError, match="verlopen of al gebruikt"):
        create_first_account(engine, token, "Tweede", "tweede@example.org", PASSWORD, NOW)


def test_there_is_no_link_when_there_is_an_account(engine: Engine) -> None:
    create_account(engine, "Noor", "noor@example.org", PASSWORD)
    assert first_login_link(engine, "https://chat.example.org", NOW) is None


def test_a_link_of_an_earlier_start_ends_with_the_first_account(engine: Engine) -> None:
    earlier, later = link_token(engine), link_token(engine)
    first_account(engine, later)
    with pytest.raises(AccountError):
        create_first_account(engine, earlier, "Tweede", "tweede@example.org", PASSWORD, NOW)


def test_a_link_is_good_for_a_day(engine: Engine) -> None:
    token = link_token(engine)
    assert first_login_usable(engine, token, NOW + FIRST_LOGIN_VALID - timedelta(seconds=1))
    assert not first_login_usable(engine, token, NOW + FIRST_LOGIN_VALID)


def test_a_mistake_in_the_form_leaves_the_link_usable(engine: Engine) -> None:
    token = link_token(engine)
    with pytest.raises(AccountError):
        create_first_account(engine, token, "Noor", "noor@example.org", "kort", NOW)
    assert first_login_usable(engine, token, NOW)


def test_a_guessed_link_is_no_link(engine: Engine) -> None:
    link_token(engine)
    assert not first_login_usable(engine, "guess", NOW)


def test_only_a_hash_of_the_link_is_stored(engine: Engine) -> None:
    token = link_token(engine)
    with reading(engine) as connection:
        assert connection.execute(select(first_login_table.c.token_hash)).scalar() != token
