"""The second step of a log-in: a code from an app on one's own phone (TOTP, RFC 6238)."""

from __future__ import annotations

import hmac
from datetime import datetime, timezone

import pyotp
import segno
from sqlalchemy import or_, update
from sqlalchemy.engine import Connection, Engine

from bot.db import reading, writing
from bot.handoff import audit
from bot.handoff.accounts import Account, accounts_table
from bot.privacy.vault import Vault

ISSUER = "Inbox Ouderchat"
STEP = 30
"""Seconds that a code lasts."""
DRIFT = 1
"""A clock may be one step behind or ahead."""

_USED, _OFFERED = "totp", "totp-nieuw"


class TwoStep:
    """Codes of the accounts; their secrets stand encrypted in the vault.

    Args:
        engine: the database.
        vault: keeps the secrets, under ``account:<id>``.
    """

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine, self._vault = engine, vault

    def offer(self, account: Account) -> str:
        """The secret to put into the app; the same one until it is confirmed with a code."""
        scope = _scope(account.id)
        with writing(self._engine) as connection:
            secret = self._vault.get(scope, _OFFERED, connection)
            if secret is None:
                secret = pyotp.random_base32()
                self._vault.keep(scope, _OFFERED, secret, connection)
        return secret

    def confirm(self, account: Account, code: str, now: datetime) -> bool:
        """Whether the code fits the secret that was offered; from then on a code is asked at each log-in."""
        scope = _scope(account.id)
        with writing(self._engine) as connection:
            secret = self._vault.get(scope, _OFFERED, connection)
            step = matching_step(secret, code, now) if secret else None
            if secret is None or step is None:
                return False
            self._vault.keep(scope, _USED, secret, connection)
            self._vault.drop(scope, _OFFERED, connection)
            mine = update(accounts_table).where(accounts_table.c.id == account.id)
            connection.execute(mine.values(totp_since=now, totp_step=step))
            audit.record(connection, "two_step_on", now, account.id)
        return True

    def check(self, account: Account, code: str, now: datetime) -> bool:
        """Whether the code is right; each code opens one session only."""
        with reading(self._engine) as connection:
            secret = self._vault.get(_scope(account.id), _USED, connection)
        step = matching_step(secret, code, now) if secret else None
        if step is None:
            return False
        unused = or_(accounts_table.c.totp_step.is_(None), accounts_table.c.totp_step < step)
        mine = update(accounts_table).where(accounts_table.c.id == account.id, unused)
        with writing(self._engine) as connection:
            return bool(connection.execute(mine.values(totp_step=step)).rowcount)

    def switch_off(self, account: Account, now: datetime) -> None:
        """For somebody who lost the phone: no code is asked until a new secret is confirmed."""
        with writing(self._engine) as connection:
            self._forget(connection, account)
            audit.record(connection, "two_step_off", now, account.id)

    def _forget(self, connection: Connection, account: Account) -> None:
        self._vault.wipe(_scope(account.id), connection)
        mine = update(accounts_table).where(accounts_table.c.id == account.id)
        connection.execute(mine.values(totp_since=None, totp_step=None))


def matching_step(secret: str, code: str, now: datetime) -> int | None:
    """The time step that a code belongs to, or None when it fits none near ``now`` (naive UTC)."""
    digits = "".join(code.split())
    if not (digits.isascii() and digits.isdigit()):
        return None
    present = int(now.replace(tzinfo=timezone.utc).timestamp()) // STEP
    totp = pyotp.TOTP(secret, interval=STEP)
    steps = range(present - DRIFT, present + DRIFT + 1)
    return next((step for step in steps if hmac.compare_digest(totp.generate_otp(step), digits)), None)


def qr_svg(account: Account, secret: str) -> str:
    """What the app scans, drawn here: the secret goes to nobody else."""
    uri = pyotp.TOTP(secret, interval=STEP).provisioning_uri(name=account.email, issuer_name=ISSUER)
    return str(segno.make(uri, error="m").svg_inline(border=4, dark="#000", light="#fff", omitsize=True))


def readable_secret(secret: str) -> str:
    """The secret in groups of four, to type over."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def _scope(account_id: int) -> str:
    return f"account:{account_id}"
