"""The mail that says that a case waits: over SMTP, or as a file where no mail server is set."""

import hashlib
import os
import smtplib
import ssl
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timezone
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape
from pathlib import Path

from bot.handoff.outbox import Parcel
from bot.settings import Settings

TIMEOUT_SECONDS = 20
_IMPLICIT_TLS = 465

_EVENTS = {
    "nieuw": ("er wacht een nieuwe zaak", "In de Ouderchat wacht een nieuwe zaak op u."),
    "aanvulling": ("een ouder heeft iets toegevoegd", "Een ouder heeft iets toegevoegd aan een zaak."),
    "herinnering": ("een zaak is nog niet gelezen", "In de Ouderchat wacht een zaak die nog niemand heeft gelezen."),
    "terugval": (
        "een zaak wacht te lang",
        "In de Ouderchat wacht een zaak die ook na een herinnering nog niemand heeft gelezen. "
        "Kunt u ervoor zorgen dat een ouderadviseur haar opent?",
    ),
}
"""For each event the end of the subject, and the first sentence."""
_WITHOUT = "In deze mail staan met opzet geen gegevens van de ouder. U ziet die na het inloggen."
_TEXT = """\
Beste ouderadviseur,

{sentence}

Zaak:   {code}
Openen: {link}

{rest}
"""
_HTML = """\
<!doctype html>
<html lang="nl"><body style="font-family: sans-serif; line-height: 1.5">
<p>Beste ouderadviseur,</p>
<p>{sentence}</p>
<p>Zaak: <strong>{code}</strong><br><a href="{link}">Open de zaak in de inbox</a></p>
{rest}
</body></html>
"""

Details = Callable[[str], Sequence[tuple[str, str]]]
"""The fields of a case with their labels, for mail that may hold them; nothing when the case is gone."""


def compose(parcel: Parcel, settings: Settings, details: Details | None = None) -> EmailMessage:
    """The mail about a case, the same at each attempt; the idempotency key is its Message-ID.

    Args:
        parcel: what happened.
        settings: of this installation.
        details: only where mail may hold personal data; without it there is none in it.
    """
    ending, sentence = _EVENTS[parcel.event]
    fields = details(parcel.case_id) if details else ()
    code, link = parcel.payload["code"], f"{settings.base_url}/inbox/zaken/{parcel.case_id}"
    mail = _headed(parcel, settings, f"Ouderchat: {ending} ({code})")
    rest = "\n".join(f"{label}: {value}" for label, value in fields) or _WITHOUT
    mail.set_content(_TEXT.format(sentence=sentence, code=code, link=link, rest=rest))
    rows = "".join(f"<p><strong>{escape(label)}</strong><br>{escape(value)}</p>" for label, value in fields)
    page = _HTML.format(sentence=sentence, code=code, link=escape(link), rest=rows or f"<p>{_WITHOUT}</p>")
    mail.add_alternative(page, subtype="html")
    # By itself it would be another at each attempt.
    mail.set_boundary(hashlib.sha256(parcel.key.encode()).hexdigest()[:40])
    return mail


def _headed(parcel: Parcel, settings: Settings, subject: str) -> EmailMessage:
    usual = settings.handoff_mail_to or settings.mail_from
    mail = EmailMessage(policy=SMTP)
    mail["Message-ID"] = f"<{parcel.key}>"
    mail["Date"] = format_datetime(parcel.created.replace(tzinfo=timezone.utc))
    mail["From"] = settings.mail_from
    mail["To"] = (settings.fallback_mail_to or usual) if parcel.event == "terugval" else usual
    mail["Subject"] = subject
    mail["Auto-Submitted"] = "auto-generated"
    return mail


class SmtpCarrier:
    """Hands mail to the mail server of ``settings``; done when the server has accepted it."""

    def __init__(self, settings: Settings, details: Details | None = None) -> None:
        self._settings, self._details = settings, details

    def __call__(self, parcel: Parcel) -> None:
        """Send one mail; an SMTPException or OSError says that the server has not taken it."""
        server = self._connect()
        try:
            self._greet(server)
            server.send_message(compose(parcel, self._settings, self._details))
        finally:
            # The server has answered by now; how it says goodbye changes nothing.
            with suppress(smtplib.SMTPException, OSError):
                server.quit()
            server.close()

    def _connect(self) -> smtplib.SMTP:
        host, port = self._settings.smtp_host, self._settings.smtp_port
        if port == _IMPLICIT_TLS:
            return smtplib.SMTP_SSL(host, port, timeout=TIMEOUT_SECONDS, context=ssl.create_default_context())
        return smtplib.SMTP(host, port, timeout=TIMEOUT_SECONDS)

    def _greet(self, server: smtplib.SMTP) -> None:
        if self._settings.smtp_starttls and self._settings.smtp_port != _IMPLICIT_TLS:
            server.starttls(context=ssl.create_default_context())
        if self._settings.smtp_user:
            server.login(self._settings.smtp_user, self._settings.smtp_password)


class FolderCarrier:
    """Writes mail as ``.eml`` files to ``var_dir/mail``; a second attempt replaces the file of the first."""

    def __init__(self, settings: Settings, details: Details | None = None) -> None:
        self._settings, self._details = settings, details

    def __call__(self, parcel: Parcel) -> None:
        """Write one file; an OSError says that it is not there."""
        folder = self._settings.var_dir / "mail"
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(
            folder / f"{parcel.key.split('@')[0]}.eml", compose(parcel, self._settings, self._details).as_bytes()
        )


def write_whole(path: Path, content: bytes) -> None:
    """Write a file that is there as a whole or not at all, also after a power cut.

    Raises:
        OSError: the disk is full or the folder cannot be written; nothing is left behind.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}")
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
