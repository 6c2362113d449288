"""``python -m bot account``: what a beheerder does with the accounts of the inbox; reads and speaks Dutch."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import typer
from sqlalchemy.engine import Engine

from bot.handoff.accounts import ROLES, Account, AccountError, Role, find_account

app = typer.Typer(no_args_is_help=True, help="Accounts of the inbox.")

_EMAIL = typer.Argument(..., help="the e-mail address of the account")
_ROLE = typer.Option("ouderadviseur", help="ouderadviseur, beheerder or redactie")


@app.command()
def nieuw(
    naam: str = typer.Argument(..., help="as colleagues see it; parents see the first name"),
    email: str = _EMAIL,
    rol: str = _ROLE,
) -> None:
    """Make an account; the password is asked, so that it stays out of the history of the terminal."""
    from bot.handoff.accounts import create_account

    with _database() as engine:
        _say(create_account(engine, naam, email, _new_password(), _role(rol)), "gemaakt")


@app.command()
def lijst() -> None:
    """Every account: number, role, second step, state."""
    from bot.handoff.account_admin import list_accounts

    with _database() as engine:
        for account in list_accounts(engine):
            typer.echo(_line(account))


@app.command()
def blokkeer(email: str = _EMAIL) -> None:
    """Somebody leaves: no log-in any more, and every session ends now."""
    from bot.handoff.account_admin import set_blocked

    with _database() as engine:
        _say(set_blocked(engine, email, True), "geblokkeerd")


@app.command()
def deblokkeer(email: str = _EMAIL) -> None:
    """Let a blocked account in again."""
    from bot.handoff.account_admin import set_blocked

    with _database() as engine:
        _say(set_blocked(engine, email, False), "weer toegelaten")


@app.command()
def rol(email: str = _EMAIL, rol: str = typer.Argument(..., help="ouderadviseur, beheerder or redactie")) -> None:
    """Give an account another role; only an ouderadviseur reads cases."""
    from bot.handoff.account_admin import set_role

    with _database() as engine:
        _say(set_role(engine, email, _role(rol)), "heeft een andere rol")


@app.command()
def wachtwoord(email: str = _EMAIL) -> None:
    """Give an account another password; all its sessions end."""
    from bot.handoff.account_admin import set_password

    with _database() as engine:
        _known(engine, email)
        _say(set_password(engine, email, _new_password()), "heeft een nieuw wachtwoord")


@app.command()
def tweestaps(email: str = _EMAIL) -> None:
    """Somebody lost the phone: log in without a code, until it is set up again."""
    from bot.handoff.clock import utc_now
    from bot.handoff.totp import TwoStep
    from bot.keys import load_keys
    from bot.privacy.vault import Vault
    from bot.settings import get_settings

    with _database() as engine:
        account = _known(engine, email)
        TwoStep(engine, Vault(engine, load_keys(get_settings().var_dir))).switch_off(account, utc_now())
        _say(_known(engine, email), "logt weer in zonder code")


@app.command()
def uitloggen(email: str = _EMAIL) -> None:
    """End every session of an account."""
    from bot.handoff.sessions import end_sessions

    with _database() as engine:
        account = _known(engine, email)
        ended = end_sessions(engine, account.id)
        typer.echo(f"{account.name} <{account.email}>: {ended} keer uitgelogd")


@contextmanager
def _database() -> Iterator[Engine]:
    """The database of this installation, up to date; what cannot be done is one line, and status 1."""
    from bot.db import make_engine, upgrade
    from bot.keys import keep_private
    from bot.settings import get_settings

    keep_private()
    settings = get_settings()
    settings.var_dir.mkdir(parents=True, exist_ok=True)
    engine = make_engine(settings.db_url)
    try:
        upgrade(engine)
        yield engine
    except AccountError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    finally:
        engine.dispose()


def _new_password() -> str:
    return str(typer.prompt("Wachtwoord (12 tekens of meer)", hide_input=True, confirmation_prompt="Nog een keer"))


def _role(text: str) -> Role:
    for role in ROLES:
        if role == text:
            return role
    raise AccountError("role", f"Onbekende rol {text!r}: kies {', '.join(ROLES)}.")


def _known(engine: Engine, email: str) -> Account:
    from bot.db import reading

    with reading(engine) as connection:
        account = find_account(connection, email)
    if account is None:
        raise AccountError("email", "Er is geen account met dit e-mailadres.")
    return account


def _say(account: Account, what: str) -> None:
    typer.echo(f"{account.name} <{account.email}> ({account.role}): {what}")


def _line(account: Account) -> str:
    step = "met code" if account.two_step else "zonder code"
    blocked = ", geblokkeerd" if account.blocked else ""
    return f"{account.id:>3}  {account.role:<14} {account.name} <{account.email}>, {step}{blocked}"
