import os
import smtplib
from collections.abc import Iterator
from datetime import datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from bot.handoff.carriers import carriers
from bot.handoff.mail import FolderCarrier, SmtpCarrier, compose, write_whole
from bot.handoff.outbox import Parcel
from bot.settings import Settings

PARCEL = Parcel("nieuw.mail.c0ffee@ouderchat", "c0ffee", {"code": "K7QX-M3PD"}, datetime(2026, 11, 23, 9, 0))


class Mailbox:
    """A mail server that keeps what it accepts; ``answer`` replaces its reply to a message."""

    def __init__(self) -> None:
        self.received: list[bytes] = []
        self.answer = ""

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        if self.answer:
            return self.answer
        self.received.append(envelope.content)
        return "250 OK"


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def smtp_settings(settings: Settings, mailbox: Mailbox, free_port: int) -> Iterator[Settings]:
    controller = Controller(mailbox, hostname="127.0.0.1", port=free_port)
    controller.start()
    to = "ouderadviseurs@example.org"
    changes = {"smtp_host": "127.0.0.1", "smtp_port": free_port, "smtp_starttls": False, "handoff_mail_to": to}
    yield settings.copy(update=changes)
    controller.stop()


def test_the_mail_holds_the_code_and_the_link_and_nothing_else_about_the_case(settings: Settings) -> None:
    mail = compose(PARCEL, settings.copy(update={"public_url": "https://chat.example.org/"}))
    parts = list(mail.iter_parts())
    assert [part.get_content_type() for part in parts] == ["text/plain", "text/html"]
    for text in (part.get_content() for part in parts):
        assert "K7QX-M3PD" in text
        assert "https://chat.example.org/inbox/zaken/c0ffee" in text
        assert "geen gegevens van de ouder" in text


def test_details_stand_in_the_mail_only_where_that_is_switched_on(settings: Settings) -> None:
    mail = compose(PARCEL, settings, lambda _case_id: [("Naam", "Samira <b>")])
    plain, page = (part.get_content() for part in mail.iter_parts())
    assert "Naam: Samira <b>" in plain
    assert "Samira &lt;b&gt;" in page
    assert "geen gegevens" not in plain + page


@pytest.mark.parametrize(
    ("event", "subject", "to"),
    [
        ("nieuw", "er wacht een nieuwe zaak", "a@example.org"),
        ("aanvulling-7", "een ouder heeft iets toegevoegd", "a@example.org"),
        ("herinnering", "een zaak is nog niet gelezen", "a@example.org"),
        ("terugval", "een zaak wacht te lang", "b@example.org"),
    ],
)
def test_each_event_has_its_mail_and_its_reader(settings: Settings, event: str, subject: str, to: str) -> None:
    own = settings.copy(update={"handoff_mail_to": "a@example.org", "fallback_mail_to": "b@example.org"})
    mail = compose(Parcel(f"{event}.mail.c0ffee@ouderchat", "c0ffee", {"code": "K7QX-M3PD"}, PARCEL.created), own)
    assert mail["Subject"] == f"Ouderchat: {subject} (K7QX-M3PD)"
    assert mail["To"] == to


def test_the_message_id_is_the_idempotency_key_and_each_attempt_is_the_same_mail(settings: Settings) -> None:
    first, second = compose(PARCEL, settings), compose(PARCEL, settings)
    assert first["Message-ID"] == "<nieuw.mail.c0ffee@ouderchat>"
    assert first.as_bytes() == second.as_bytes()


def test_without_a_mail_server_the_mail_is_written_as_a_file(settings: Settings, tmp_path: Path) -> None:
    carriers(settings)["mail"](PARCEL)
    carriers(settings)["mail"](PARCEL)
    files = list((tmp_path / "mail").iterdir())
    assert [file.name for file in files] == ["nieuw.mail.c0ffee.eml"]
    message = message_from_bytes(files[0].read_bytes(), policy=default)
    assert message["Subject"] == "Ouderchat: er wacht een nieuwe zaak (K7QX-M3PD)"


def test_with_a_server_but_no_address_the_mail_is_written_as_a_file(settings: Settings) -> None:
    assert isinstance(carriers(settings.copy(update={"smtp_host": "mail.example.org"}))["mail"], FolderCarrier)


def test_a_mail_server_gets_the_mail(smtp_settings: Settings, mailbox: Mailbox) -> None:
    carrier = carriers(smtp_settings)["mail"]
    assert isinstance(carrier, SmtpCarrier)
    carrier(PARCEL)
    message = message_from_bytes(mailbox.received[0], policy=default)
    assert message["To"] == "ouderadviseurs@example.org"
    assert message["Message-ID"] == "<nieuw.mail.c0ffee@ouderchat>"


def test_a_mail_that_the_server_refuses_is_not_delivered(smtp_settings: Settings, mailbox: Mailbox) -> None:
    mailbox.answer = "451 later"
    with pytest.raises(smtplib.SMTPDataError):
        SmtpCarrier(smtp_settings)(PARCEL)


def test_a_mail_server_that_is_away_is_an_error(settings: Settings) -> None:
    away = settings.copy(update={"smtp_host": "127.0.0.1", "smtp_port": 1, "handoff_mail_to": "a@example.org"})
    with pytest.raises(OSError, match="refused"):
        SmtpCarrier(away)(PARCEL)


def test_a_server_without_tls_gets_nothing_when_tls_is_asked_for(smtp_settings: Settings, mailbox: Mailbox) -> None:
    with pytest.raises(smtplib.SMTPNotSupportedError):
        SmtpCarrier(smtp_settings.copy(update={"smtp_starttls": True}))(PARCEL)
    assert mailbox.received == []


def test_a_server_that_breaks_off_after_accepting_has_the_mail(
    smtp_settings: Settings, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_self: smtplib.SMTP) -> None:
        raise smtplib.SMTPServerDisconnected("gone")

    monkeypatch.setattr(smtplib.SMTP, "quit", broken)
    SmtpCarrier(smtp_settings)(PARCEL)
    assert len(mailbox.received) == 1


def test_a_full_disk_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_whole(tmp_path / "x.eml", b"content")
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_replaced_as_a_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_whole(tmp_path / "x.eml", b"first")
    seen = []

    def look(descriptor: int) -> None:
        seen.append((tmp_path / "x.eml").read_bytes())

    monkeypatch.setattr(os, "fsync", look)
    write_whole(tmp_path / "x.eml", b"second")
    assert seen == [b"first", b"second"]
