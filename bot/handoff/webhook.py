"""The webhook for ticket systems: what happened to a case, signed, without personal data. See docs/beheer.md."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Callable
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from bot.handoff.outbox import Parcel
from bot.settings import Settings

TIMEOUT_SECONDS = 20
SIGNATURE, TIMESTAMP, KEY = "X-Ouderchat-Signature", "X-Ouderchat-Timestamp", "Idempotency-Key"


class NotAccepted(Exception):
    """The receiver answered with something else than a 2xx."""

    def __init__(self, status: int) -> None:
        super().__init__(f"status {status}")
        # The name under which the outbox notes the reply of a mail server too.
        self.smtp_code = status


class _NoRedirects(HTTPRedirectHandler):
    """What is signed for one address is not sent to another."""

    def redirect_request(self, *_arguments: object) -> None:
        return None


class WebhookCarrier:
    """Posts a parcel to the receiver of ``settings``; done when it answers with a 2xx."""

    def __init__(self, settings: Settings, clock: Callable[[], float] = time.time) -> None:
        """``clock`` gives seconds since 1970, for the timestamp."""
        self._settings, self._clock = settings, clock
        self._opener = build_opener(_NoRedirects)

    def __call__(self, parcel: Parcel) -> None:
        """Send one parcel.

        Raises:
            OSError: the receiver cannot be reached.
            NotAccepted: it did not answer with a 2xx.
        """
        request = self.request(parcel)
        try:
            with self._opener.open(request, timeout=TIMEOUT_SECONDS) as answer:
                if not 200 <= answer.status < 300:
                    raise NotAccepted(answer.status)
        except HTTPError as error:
            error.close()
            raise NotAccepted(error.code) from None

    def request(self, parcel: Parcel) -> Request:
        """The request for a parcel: the body is the same at each attempt, timestamp and signature are of now."""
        body = json.dumps(payload(parcel, self._settings), ensure_ascii=False, sort_keys=True).encode()
        timestamp = str(int(self._clock()))
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "Ouderchat",
            KEY: parcel.key,
            TIMESTAMP: timestamp,
            SIGNATURE: f"sha256={signature(self._settings.webhook_secret, timestamp, body)}",
        }
        return Request(self._settings.webhook_url, body, headers, method="POST")


def payload(parcel: Parcel, settings: Settings) -> dict[str, object]:
    """What a receiver gets."""
    return {
        "versie": 1,
        "gebeurtenis": f"zaak.{parcel.event}",
        "sleutel": parcel.key,
        "zaak": parcel.case_id,
        "nummer": parcel.payload["code"],
        "op": parcel.created.isoformat(timespec="seconds") + "Z",
        "openen": f"{settings.base_url}/inbox/zaken/{parcel.case_id}",
    }


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """HMAC-SHA256, in hexadecimals, over the timestamp, a full stop and the body."""
    return hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()
