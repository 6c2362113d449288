"""The ways in which this installation tells staff of a case: mail, and a webhook where one is set."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from sqlalchemy.engine import Engine

from bot.db import reading
from bot.handoff.cases import read_case
from bot.handoff.mail import Details, FolderCarrier, SmtpCarrier
from bot.handoff.outbox import Carrier
from bot.handoff.webhook import WebhookCarrier
from bot.privacy.vault import Vault
from bot.settings import Settings


def channels(settings: Settings) -> tuple[str, ...]:
    """The names of the carriers, for which a parcel is made with each event."""
    return ("mail", "webhook") if settings.webhook_url else ("mail",)


def carriers(settings: Settings, engine: Engine | None = None, vault: Vault | None = None) -> dict[str, Carrier]:
    """The carriers, for :class:`bot.handoff.outbox.Outbox`.

    Args:
        settings: of this installation.
        engine: with ``vault`` for mail that may hold personal data; without them it never does.
        vault: holds the details of cases.
    """
    details: Details | None = None
    if settings.mail_with_details and engine is not None and vault is not None:
        details = partial(_details, engine, vault)
    by_smtp = settings.smtp_host and settings.handoff_mail_to
    mail = SmtpCarrier(settings, details) if by_smtp else FolderCarrier(settings, details)
    found: dict[str, Carrier] = {"mail": mail}
    if settings.webhook_url:
        found["webhook"] = WebhookCarrier(settings)
    return found


def _details(engine: Engine, vault: Vault, case_id: str) -> Sequence[tuple[str, str]]:
    with reading(engine) as connection:
        case = read_case(connection, vault, case_id)
    if case is None:
        return ()
    content = case.content
    fields = (
        ("Waar het over gaat", content.about),
        ("Telefoon" if content.contact_kind == "telefoon" else "E-mail", content.contact),
        ("Naam", content.name or "liever niet gezegd"),
        ("Bereikbaar", content.preferred),
        ("Tolk", content.interpreter),
    )
    return [(label, value) for label, value in fields if value]
