"""What goes wrong in a request, as a kind Dutch sentence; nothing of the request is logged."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sanic import Request, Sanic
from sanic.exceptions import SanicException
from sanic.response import HTTPResponse, json, text

from bot import logs
from bot.chat.store import ConversationGone

log = logs.get(__name__)

GONE = "Dit gesprek bestaat niet meer. U kunt gewoon een nieuw gesprek beginnen."
SENTENCES = {
    400: "Dit bericht kwam niet goed aan. Wilt u het nog eens proberen?",
    401: GONE,
    404: "Deze pagina bestaat niet.",
    405: "Dit kan hier niet.",
    408: "Het versturen duurde te lang. Wilt u het nog eens proberen?",
    413: "Dit is te veel tekst in één keer. Wilt u uw vraag korter stellen? Is er direct gevaar? Bel dan 112.",
    429: "U stuurt veel berichten achter elkaar. Wacht een paar tellen en probeer het dan nog eens.",
    503: "De chat kan uw bericht nu niet aannemen. Wilt u het zo nog eens proberen?",
}
BUSY_ADDRESS = (
    "Er komen nu heel veel berichten vanaf uw internetverbinding. Wacht een minuut en probeer het dan nog eens. "
    "Is er direct gevaar? Bel dan 112."
)
FULL = (
    "Het is nu erg druk in de chat. Wilt u het over een paar minuten nog eens proberen? "
    "Is er direct gevaar? Bel dan 112."
)
_FAULT = "Er ging iets mis bij ons. Wilt u het straks nog eens proberen?"
_RETRY_AFTER = {429: "5", 503: "30"}
"""Seconds that a client had best wait."""

_NO_REQUEST = "NONE"
"""The method that Sanic writes down for what it could not read."""


class Refused(Exception):
    """A request that is not carried out; the parent reads why."""

    def __init__(self, status: int, sentence: str = "", **more: Any) -> None:
        """``more`` goes into the answer as it is."""
        super().__init__(status)
        self.status, self.sentence, self.more = status, sentence or SENTENCES.get(status, _FAULT), more


def install(app: Sanic) -> None:
    """Answer every error in the same form."""
    app.error_handler.add(Refused, _refused)
    app.error_handler.add(ConversationGone, lambda request, _error: _answer(request, 401, GONE, {}))
    app.error_handler.add(SanicException, _of_sanic)
    app.error_handler.add(Exception, _fault)


def _refused(request: Request, error: Refused) -> HTTPResponse:
    return _answer(request, error.status, error.sentence, error.more)


def _of_sanic(request: Request, error: SanicException) -> HTTPResponse:
    status = getattr(error, "status_code", 500) or 500
    return _answer(request, status, SENTENCES.get(status, _FAULT), {})


def _fault(request: Request | None, error: Exception) -> HTTPResponse:
    if request is None or request.method == _NO_REQUEST:
        # What came could not even be read as a request.
        return _answer(None, 400, SENTENCES[400], {})
    # The text of an error may quote what a parent wrote (a database error holds the parameters).
    log.error("request failed", error=type(error).__name__)
    return _answer(request, 500, _FAULT, {})


def _answer(request: Request | None, status: int, sentence: str, more: Mapping[str, Any]) -> HTTPResponse:
    path = request.path if request is not None else ""
    headers = {"Retry-After": _RETRY_AFTER[status]} if status in _RETRY_AFTER else {}
    if path.startswith("/api"):
        return json({"melding": sentence, **more}, status=status, headers=headers)
    return text(sentence, status=status, headers=headers)
