import json
import threading
from collections.abc import Iterator
from datetime import datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from pydantic import ValidationError

from bot.handoff.carriers import carriers, channels
from bot.handoff.outbox import Parcel
from bot.handoff.webhook import KEY, SIGNATURE, TIMESTAMP, NotAccepted, WebhookCarrier, signature
from bot.settings import Settings

PARCEL = Parcel("nieuw.webhook.c0ffee@ouderchat", "c0ffee", {"code": "K7QX-M3PD"}, datetime(2026, 11, 23, 9, 0))
SECRET = "een-geheim-van-16-tekens"


class Receiver:
    """A ticket system that keeps what it gets and answers with ``status``."""

    def __init__(self) -> None:
        self.status, self.got = 200, []  # type: tuple[int, list[tuple[dict[str, str], bytes]]]
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.got.append((dict(self.headers), body))
                self.send_response(outer.status)
                self.send_header("Location", "http://127.0.0.1:1/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_arguments: Any) -> None:
                return

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/haak"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    thread = threading.Thread(target=made.server.serve_forever, daemon=True)
    thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()
    thread.join(5)


@pytest.fixture
def hooked(settings: Settings, receiver: Receiver) -> Settings:
    return settings.copy(update={"webhook_url": receiver.url, "webhook_secret": SECRET})


def test_the_payload_says_what_happened_and_nothing_of_the_parent(hooked: Settings, receiver: Receiver) -> None:
    carriers(hooked)["webhook"](PARCEL)
    (headers, body), base = receiver.got[0], hooked.base_url
    assert json.loads(body) == {
        "versie": 1,
        "gebeurtenis": "zaak.nieuw",
        "sleutel": PARCEL.key,
        "zaak": "c0ffee",
        "nummer": "K7QX-M3PD",
        "op": "2026-11-23T09:00:00Z",
        "openen": f"{base}/inbox/zaken/c0ffee",
    }
    assert headers[KEY] == PARCEL.key


def test_the_receiver_can_see_that_it_comes_from_us_and_is_fresh(hooked: Settings, receiver: Receiver) -> None:
    WebhookCarrier(hooked, clock=lambda: 1_800_000_000.7)(PARCEL)
    headers, body = receiver.got[0]
    assert headers[TIMESTAMP] == "1800000000"
    assert headers[SIGNATURE] == f"sha256={signature(SECRET, '1800000000', body)}"
    assert signature(SECRET, "1800000001", body) != signature(SECRET, "1800000000", body)
    assert signature(SECRET, "1800000000", body + b" ") != signature(SECRET, "1800000000", body)


def test_body_and_key_are_the_same_at_each_attempt(hooked: Settings, receiver: Receiver) -> None:
    for now in (1.0, 2.0):
        WebhookCarrier(hooked, clock=lambda now=now: now)(PARCEL)  # type: ignore[misc]
    (first, body), (second, again) = receiver.got
    assert (body, first[KEY]) == (again, second[KEY])
    assert first[SIGNATURE] != second[SIGNATURE]


@pytest.mark.parametrize("status", [302, 400, 404, 500, 503])
def test_anything_but_a_2xx_is_no_acknowledgement(hooked: Settings, receiver: Receiver, status: int) -> None:
    receiver.status = status
    with pytest.raises(NotAccepted) as error:
        WebhookCarrier(hooked)(PARCEL)
    assert error.value.smtp_code == status
    assert len(receiver.got) == 1


def test_a_receiver_that_is_away_is_an_error(settings: Settings) -> None:
    away = settings.copy(update={"webhook_url": "http://127.0.0.1:1/", "webhook_secret": SECRET})
    with pytest.raises(OSError, match="refused"):
        WebhookCarrier(away)(PARCEL)


def test_a_webhook_is_a_channel_only_where_it_is_set(settings: Settings, hooked: Settings) -> None:
    assert (channels(settings), channels(hooked)) == (("mail",), ("mail", "webhook"))
    assert set(carriers(settings)) == {"mail"}


def test_a_webhook_without_a_real_secret_is_refused(settings: Settings) -> None:
    with pytest.raises(ValidationError, match="16 characters"):
        Settings(webhook_url="https://tickets.example.org", webhook_secret="kort")
