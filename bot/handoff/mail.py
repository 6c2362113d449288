"""The mail that says that a case waits: over SMTP, or as a file where no mail server is set."""

import os
import smtplib
import ssl
import threading
from contextlib import suppress
from datetime import timezone
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path

from bot.handoff.outbox import Carrier, Parcel
from bot.settings import Settings

TIMEOUT_SECONDS = 20
_IMPLICIT_TLS = 465

BODY = """\
Beste ouderadviseur,

In de Ouderchat wacht een nieuwe zaak op u.

Zaak:   {code}
Openen: {link}

In deze mail staan met opzet geen gegevens van de ouder. U ziet die na het inloggen.
"""


def carriers(settings: Settings) -> dict[str, Carrier]:
    """The carriers of this installation, for :class:`bot.handoff.outbox.Outbox`."""
    by_smtp = settings.smtp_host and settings.handoff_mail_to
    return {"mail": SmtpCarrier(settings) if by_smtp else FolderCarrier(settings)}


def compose(parcel: Parcel, settings: Settings) -> EmailMessage:
    """The mail about a new case, the same at each attempt: no personal data, the idempotency key as Message-ID."""
    code = parcel.payload["code"]
    mail = EmailMessage(policy=SMTP)
    mail["Message-ID"] = f"<{parcel.key}>"
    mail["Date"] = format_datetime(parcel.created.replace(tzinfo=timezone.utc))
    mail["From"] = settings.mail_from
    mail["To"] = settings.handoff_mail_to or settings.mail_from
    mail["Subject"] = f"Ouderchat: er wacht een nieuwe zaak ({code})"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(BODY.format(code=code, link=f"{settings.base_url}/inbox/zaken/{parcel.case_id}"))
    return mail


class SmtpCarrier:
    """Hands mail to the mail server of ``settings``; done when the server has accepted it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def __call__(self, parcel: Parcel) -> None:
        """Send one mail; an SMTPException or OSError says that the server has not taken it."""
        server = self._connect()
        try:
            self._greet(server)
            server.send_message(compose(parcel, self._settings))
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

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def __call__(self, parcel: Parcel) -> None:
        """Write one file; an OSError says that it is not there."""
        folder = self._settings.var_dir / "mail"
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(folder / f"{parcel.key.split('@')[0]}.eml", compose(parcel, self._settings).as_bytes())


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
