"""What the hand-off in plain text passes on: its slots, and the conversation from the tracker."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timezone
from typing import Any

from rasa_sdk import Tracker

from actions.services import get_services
from bot.handoff.cases import Line
from bot.handoff.details import NO_PREFERENCE
from bot.handoff.intake import Request
from bot.handoff.lines import last_topic, of_bot, of_parent
from bot.handoff.sheet import ROWS
from bot.privacy.masking import mask
from bot.privacy.vault import conversation_scope
from bot.topics import HUMAN

FORM = "overdracht_form"
ABOUT, CONTACT, NAME, MOMENT, CONSENT = ASKED = (
    "overdracht_onderwerp",
    "overdracht_contact",
    "overdracht_naam",
    "overdracht_moment",
    "overdracht_toestemming",
)
STRUCK, CONSENT_ID, SEEN = "overdracht_weglaten", "overdracht_kenmerk", "overdracht_gezien"
SLOTS = (*ASKED, STRUCK, CONSENT_ID, SEEN)
INTERPRETER = "tolk"
STOPPED, AGREED = "gestopt", "ja"
NOT_GIVEN = "niet opgegeven"
_AUTHORS = ("user", "bot")


def masked(text: str, conversation_id: str) -> str:
    """The text with personal data as tokens of this conversation; what already is a token stays."""
    vault, scope = get_services().vault, conversation_scope(conversation_id)
    return mask(text, lambda kind, value: vault.put(scope, kind, value)).text


def left_out(tracker: Tracker) -> frozenset[str]:
    """What stays out: the numbers of lines, and the names of rows of the case sheet."""
    return frozenset(str(tracker.get_slot(STRUCK) or "").split())


def request_of(tracker: Tracker) -> Request:
    """What the parent wants to hand over, as the slots and the conversation have it now."""
    away = left_out(tracker)
    moment, lines = tracker.get_slot(MOMENT) or "", transcript(tracker.events, tracker.sender_id)
    return Request(
        conversation_id=tracker.sender_id,
        consent_message_id=tracker.get_slot(CONSENT_ID) or "",
        about=tracker.get_slot(ABOUT) or "",
        contact=tracker.get_slot(CONTACT) or "",
        name=tracker.get_slot(NAME) or NOT_GIVEN,
        transcript=lines,
        struck=frozenset(int(number) for number in away - ROWS.keys()),
        struck_rows=away & ROWS.keys(),
        topic=last_topic(lines),
        preferred="" if moment == NO_PREFERENCE else moment,
        interpreter=tracker.get_slot(INTERPRETER) or "",
        urgent=False,
        seen=tracker.get_slot(SEEN) or "",
    )


def transcript(events: Iterable[Mapping[str, Any]], conversation_id: str) -> list[Line]:
    """What was said outside the form: the form is summed up in the case, and its receipt is for the parent alone."""
    lines: list[Line] = []
    filling_in = False
    for event in events:
        if event.get("event") == "active_loop":
            filling_in = event.get("name") == FORM
        elif not filling_in and event.get("text") and event.get("event") in _AUTHORS and not _of_form(event):
            lines.append(_line(len(lines) + 1, event, conversation_id))
    return lines


def _line(seq: int, event: Mapping[str, Any], conversation_id: str) -> Line:
    at = datetime.fromtimestamp(event["timestamp"], timezone.utc).replace(tzinfo=None)
    about, own = event.get("metadata") or {}, event["event"] == "user"
    meta = of_parent(about.get("nood"), about.get("keuze")) if own else of_bot(_said(event))
    return Line(seq, "ouder" if own else "bot", masked(event["text"], conversation_id), at, meta)


def _said(event: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the bot put in the metadata of a message."""
    return (event.get("metadata") or {}).get("metadata") or {}


def _of_form(event: Mapping[str, Any]) -> bool:
    return event["event"] == "bot" and _said(event).get("onderwerp") == HUMAN
