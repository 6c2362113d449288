"""The hand-off as a conversation: the form, its questions, and the end of it."""

import logging
from collections.abc import Iterable, Mapping
from datetime import datetime, timezone
from typing import Any

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.antwoorden_lezen import agrees, interrupts, stops
from actions.reply import say
from actions.services import get_services
from bot.handoff.cases import Author
from bot.handoff.intake import CONSENT_TEXT, Line, Request
from bot.privacy.masking import mask
from bot.privacy.vault import conversation_scope, tokens_in
from bot.topics import HUMAN, topic_of

ABOUT, CONTACT, NAME, CONSENT = SLOTS = (
    "overdracht_onderwerp",
    "overdracht_contact",
    "overdracht_naam",
    "overdracht_toestemming",
)
STOPPED, AGREED = "gestopt", "ja"
_NOT_GIVEN = "niet opgegeven"

_AUTHORS: dict[str, Author] = {"user": "ouder", "bot": "bot"}

Slots = dict[str, Any]

logger = logging.getLogger(__name__)


class ValidateOverdracht(FormValidationAction):  # type: ignore[misc]
    """Takes the value that is being asked for; a clear question, a cancel or danger interrupts."""

    def name(self) -> str:
        """As in the domain."""
        return "validate_overdracht_form"

    async def required_slots(
        self, domain_slots: list[str], dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[str]:
        """All four; once the parent stopped only the one that says so, which ends the form."""
        return [CONSENT] if tracker.slots.get(CONSENT) == STOPPED else list(SLOTS)

    async def extract_overdracht_onderwerp(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Slots:
        """What it is about: the text itself, masked."""
        text = _answer_to(ABOUT, tracker)
        return {} if text is None or stops(text) else {ABOUT: masked(text, tracker.sender_id)}

    async def extract_overdracht_contact(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Slots:
        """A phone number or e-mail address, wherever in the answer it stands."""
        text = _answer_to(CONTACT, tracker)
        if text is None or stops(text):
            return {}
        found = masked(text, tracker.sender_id)
        problem = get_services().intake.check_field(tracker.sender_id, "contact", found)
        if problem:
            say(dispatcher, problem.message_nl, topic=HUMAN, decision="human")
            return {CONTACT: None}
        return {CONTACT: next(token for token in tokens_in(found) if not token.startswith("[naam"))}

    async def extract_overdracht_naam(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Slots:
        """A name, kept in the vault; a parent may keep it to themselves."""
        text = _answer_to(NAME, tracker)
        if text is None or stops(text):
            return {}
        tokens = [token for token in tokens_in(masked(text, tracker.sender_id)) if token.startswith("[naam")]
        if tokens:
            return {NAME: tokens[0]}
        if agrees(text) is False:
            return {NAME: _NOT_GIVEN}
        return {NAME: get_services().vault.put(conversation_scope(tracker.sender_id), "naam", text.strip()[:80])}

    async def extract_overdracht_toestemming(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Slots:
        """Yes or no to the preview; "laat maar" counts at every question."""
        asked = tracker.get_slot("requested_slot")
        text = _answer_to(asked, tracker) if asked in SLOTS else None
        if text is None:
            return {}
        if stops(text):
            return {CONSENT: STOPPED}
        if asked != CONSENT:
            return {}
        agreed = agrees(text)
        if agreed is None:
            dispatcher.utter_message(response="utter_overdracht_toestemming_onduidelijk")
        return {CONSENT: {True: AGREED, False: STOPPED, None: None}[agreed]}


class VraagToestemming(Action):  # type: ignore[misc]
    """Shows exactly what the ouderadviseur will get, and asks for consent."""

    def name(self) -> str:
        """As in the domain."""
        return "action_ask_overdracht_toestemming"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        """The preview and the question."""
        preview = get_services().intake.preview(_request(tracker))
        say(dispatcher, f"{preview.text}\n\n{CONSENT_TEXT}\n\nTyp **ja** of **nee**.", topic=HUMAN, decision="human")
        return []


class RondAf(Action):  # type: ignore[misc]
    """Hands over when the parent agreed; throws away what was asked when not."""

    def name(self) -> str:
        """As in the domain."""
        return "action_overdracht_afronden"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        """Submit or forget, and empty the slots."""
        if tracker.get_slot(CONSENT) == AGREED:
            _submit(dispatcher, tracker)
        else:
            _forget(tracker)
            dispatcher.utter_message(response="utter_overdracht_gestopt")
        return [SlotSet(slot, None) for slot in SLOTS]


def masked(text: str, conversation_id: str) -> str:
    """The text with personal data as tokens of this conversation; what already is a token stays."""
    vault, scope = get_services().vault, conversation_scope(conversation_id)
    return mask(text, lambda kind, value: vault.put(scope, kind, value)).text


def _answer_to(slot: str, tracker: Tracker) -> str | None:
    """What was typed in answer to ``slot``; None when that is not being asked or something must go first."""
    if tracker.get_slot("requested_slot") != slot:
        return None
    if interrupts(tracker.latest_message, about_asked=slot == ABOUT):
        return None
    return str(tracker.latest_message.get("text") or "")


def _submit(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    try:
        receipt = get_services().intake.submit(_request(tracker))
    except Exception as error:
        # The parent must hear the truth, whatever broke.
        logger.error("a hand-off was not stored: %s", type(error).__name__)
        dispatcher.utter_message(response="utter_overdracht_mislukt")
        return
    say(dispatcher, receipt.text, topic=HUMAN, decision="human", ontvangst=receipt.code)


def _forget(tracker: Tracker) -> None:
    tokens = [token for slot in (CONTACT, NAME) for token in tokens_in(str(tracker.get_slot(slot) or ""))]
    get_services().vault.forget(conversation_scope(tracker.sender_id), tokens)


def _request(tracker: Tracker) -> Request:
    return Request(
        conversation_id=tracker.sender_id,
        consent_message_id=_last_message_id(tracker.events),
        about=tracker.get_slot(ABOUT) or "",
        contact=tracker.get_slot(CONTACT) or "",
        name=tracker.get_slot(NAME) or _NOT_GIVEN,
        transcript=transcript(tracker.events, tracker.sender_id),
        struck=frozenset(),
        topic=_last_topic(tracker.events),
        interpreter=tracker.get_slot("tolk") or "",
        urgent=any(_intent(event) == "gesprek__nood" for event in tracker.events),
    )


def transcript(events: Iterable[Mapping[str, Any]], conversation_id: str) -> list[Line]:
    """What was said, up to the start of the form: the form itself is summed up in the case."""
    lines: list[Line] = []
    for event in events:
        if event.get("event") == "active_loop" and event.get("name") == "overdracht_form":
            break
        author = _AUTHORS.get(str(event.get("event")))
        if author and event.get("text"):
            at = datetime.fromtimestamp(event["timestamp"], timezone.utc).replace(tzinfo=None)
            lines.append(Line(len(lines) + 1, author, masked(event["text"], conversation_id), at))
    return lines


def _last_message_id(events: Iterable[Mapping[str, Any]]) -> str:
    last = [event for event in events if event.get("event") == "user"][-1]
    # Without an id the moment of the message tells one consent from the next.
    return str(last.get("message_id") or f"op-{last['timestamp']:.6f}".replace(".", "-"))


def _intent(event: Mapping[str, Any]) -> str:
    return str(((event.get("parse_data") or {}).get("intent") or {}).get("name", ""))


def _last_topic(events: Iterable[Mapping[str, Any]]) -> str:
    topics = [
        (event.get("metadata") or {}).get("metadata", {}).get("onderwerp", "")
        for event in events
        if event.get("event") == "bot"
    ]
    return next((topic_of(topic) for topic in reversed(topics) if topic and not topic.startswith("gesprek/")), "")
