"""The hand-off as a conversation: the form, its questions, and the end of it."""

import logging
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.antwoorden_lezen import agrees, in_danger, interrupts, stops
from actions.overdracht_inhoud import (
    ABOUT,
    AGREED,
    ASKED,
    CONSENT,
    CONSENT_ID,
    CONTACT,
    FORM,
    INTERPRETER,
    MOMENT,
    NAME,
    NOT_GIVEN,
    SEEN,
    SLOTS,
    STOPPED,
    STRUCK,
    left_out,
    masked,
    request_of,
)
from actions.reply import say
from actions.services import get_services
from bot.handoff.details import NO_PREFERENCE, Details, read_details, read_moment
from bot.handoff.intake import CONSENT_TEXT, PreviewChanged
from bot.handoff.strikes import Strikes, read_strikes
from bot.privacy.vault import conversation_scope, tokens_in
from bot.topics import HUMAN

_HOW = (
    "Wilt u een regel niet doorgeven? Typ bijvoorbeeld: *haal regel 1 weg*. Klopt er iets niet? Typ hoe het wel moet, "
    "bijvoorbeeld een ander nummer.\n\nTyp **ja** of **nee**."
)

Slots = dict[str, Any]

logger = logging.getLogger(__name__)


class ValidateOverdracht(FormValidationAction):  # type: ignore[misc]
    """Takes the value that is asked for, and what else the message tells; danger and a clear question interrupt."""

    def name(self) -> str:
        """As in the domain."""
        return "validate_overdracht_form"

    async def required_slots(
        self, domain_slots: list[str], dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[str]:
        """What is asked in turn; once the parent stopped only the slot that says so, which ends the form.

        Who wants mail is not asked when to call.
        """
        if tracker.slots.get(CONSENT) == STOPPED:
            return [CONSENT]
        by_mail = str(tracker.slots.get(CONTACT) or "").startswith("[email")
        # The SDK keeps what is extracted for these slots only; those that are never asked come along once filled.
        beside = [slot for slot in (STRUCK, INTERPRETER) if tracker.slots.get(slot) is not None]
        return [*beside, *(slot for slot in ASKED if not (by_mail and slot == MOMENT))]

    async def extract_overdracht_onderwerp(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Slots:
        """What it is about: the text itself, masked; beside other details only what is left of it."""
        text = _answer_to(ABOUT, tracker)
        if text is None:
            return _unless_known(ABOUT, tracker, _told(tracker).about)
        if stops(text):
            return {}
        story = masked(text, tracker.sender_id)
        details = read_details(story)
        about = details.about if details.contact else story
        return {ABOUT: about} if about else {}

    async def extract_overdracht_contact(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Slots:
        """A phone number or e-mail address, wherever in the answer it stands."""
        text = _answer_to(CONTACT, tracker)
        if text is None:
            return _unless_known(CONTACT, tracker, _usable_contact(tracker, _told(tracker).contact))
        if stops(text):
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
        if text is None:
            return _unless_known(NAME, tracker, _told(tracker).name)
        if stops(text):
            return {}
        return {NAME: _name(text, tracker.sender_id)}

    async def extract_overdracht_moment(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Slots:
        """When to reach the parent, and the language of the interpreter."""
        text = _answer_to(MOMENT, tracker)
        if text is None:
            told = _told(tracker)
            language = {INTERPRETER: told.interpreter} if told.interpreter else {}
            return {**_unless_known(MOMENT, tracker, told.preferred), **language}
        if stops(text):
            return {}
        moment, interpreter = read_moment(masked(text, tracker.sender_id))
        return {MOMENT: moment, **({INTERPRETER: interpreter} if interpreter else {})}

    async def extract_overdracht_weglaten(self, *_: Any) -> Slots:
        """Filled along with the answer to the preview."""
        return {}

    async def extract_tolk(self, *_: Any) -> Slots:
        """Filled along with the moment."""
        return {}

    async def extract_overdracht_toestemming(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Slots:
        """Yes or no to the preview, or what has to be different in it; "laat maar" counts at every question."""
        asked = tracker.get_slot("requested_slot")
        if asked == CONSENT and not in_danger(tracker.latest_message) and (change := _change(dispatcher, tracker)):
            return {**change, CONSENT: None}
        text = _answer_to(asked, tracker) if asked in ASKED else None
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
        """The preview and the question; remembers what was shown, so that a yes counts for that and only once."""
        preview = get_services().intake.preview(request_of(tracker))
        parts = (preview.text, preview.when, CONSENT_TEXT, _HOW)
        say(dispatcher, "\n\n".join(part for part in parts if part), topic=HUMAN, decision="human")
        # A yes may come twice when the first one got no answer: it then leads to the same case.
        consent_id = tracker.get_slot(CONSENT_ID) or f"gezien-{uuid4().hex}"
        return [SlotSet(CONSENT_ID, consent_id), SlotSet(SEEN, preview.fingerprint)]


class OverdrachtAfronden(Action):  # type: ignore[misc]
    """Ends the hand-off: stored after consent, forgotten otherwise."""

    def name(self) -> str:
        """As in the domain."""
        return "action_overdracht_afronden"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        """Submit or forget, and empty the slots; what could not be stored can be sent again."""
        if tracker.get_slot(CONSENT) != AGREED:
            _forget(tracker)
            dispatcher.utter_message(response="utter_overdracht_gestopt")
        elif not _submit(dispatcher, tracker):
            return [SlotSet(CONSENT, None), FollowupAction(FORM)]
        return [SlotSet(slot, None) for slot in SLOTS]


def _answer_to(slot: str, tracker: Tracker) -> str | None:
    """What was typed in answer to ``slot``; None when that is not being asked or something must go first."""
    if tracker.get_slot("requested_slot") != slot:
        return None
    if interrupts(tracker.latest_message, about_asked=slot == ABOUT):
        return None
    return str(tracker.latest_message.get("text") or "")


def _told(tracker: Tracker) -> Details:
    """What the message tells beside the answer to the question; nothing from a button, a question or danger."""
    message = tracker.latest_message
    clicked = (message.get("metadata") or {}).get("keuze") not in (None, "", HUMAN)
    if clicked or in_danger(message) or stops(message.get("text") or ""):
        return Details()
    return read_details(masked(message.get("text") or "", tracker.sender_id))


def _unless_known(slot: str, tracker: Tracker, value: str) -> Slots:
    return {slot: value} if value and not tracker.get_slot(slot) else {}


def _usable_contact(tracker: Tracker, token: str) -> str:
    problem = token and get_services().intake.check_field(tracker.sender_id, "contact", token)
    return "" if problem else token


def _name(text: str, conversation_id: str) -> str:
    """The token of the name in an answer; the answer itself is the name when nothing in it is known as one."""
    known = masked(text, conversation_id)
    tokens = [token for token in tokens_in(known) if token.startswith("[naam")]
    if tokens:
        return tokens[0]
    if agrees(text) is False:
        return NOT_GIVEN
    return get_services().vault.put(conversation_scope(conversation_id), "naam", text.strip()[:80])


def _change(dispatcher: CollectingDispatcher, tracker: Tracker) -> Slots:
    """What a message changes in the preview: lines left out or put back, another number, name, moment, interpreter."""
    text = str(tracker.latest_message.get("text") or "")
    request = request_of(tracker)
    rows = get_services().intake.preview(request).numbers
    strikes = read_strikes(text, [line.seq for line in request.transcript], rows)
    if strikes is not None:
        return _struck(dispatcher, tracker, strikes, rows)
    if agrees(text):
        return {}
    told = _told(tracker)
    wanted = {CONTACT: _usable_contact(tracker, told.contact), NAME: told.name, MOMENT: told.preferred}
    wanted[INTERPRETER] = told.interpreter
    return {slot: value for slot, value in wanted.items() if value and value != tracker.get_slot(slot)}


def _struck(dispatcher: CollectingDispatcher, tracker: Tracker, strikes: Strikes, rows: Mapping[int, str]) -> Slots:
    if strikes.unknown:
        numbers = " en ".join(map(str, strikes.unknown[:5]))
        say(dispatcher, f"Een regel met nummer {numbers} is er niet.", topic=HUMAN, decision="human")
    away, back = ({rows.get(number, str(number)) for number in numbers} for numbers in (strikes.away, strikes.back))
    empty = {"name": {NAME: NOT_GIVEN}, "preferred": {MOMENT: NO_PREFERENCE}, "interpreter": {INTERPRETER: ""}}
    fields = [empty[field] for field in strikes.fields]
    return {
        STRUCK: " ".join(sorted((left_out(tracker) | away) - back)),
        **{slot: value for field in fields for slot, value in field.items()},
    }


def _submit(dispatcher: CollectingDispatcher, tracker: Tracker) -> bool:
    """Whether the case is stored; if not the parent has been told so, and can try again."""
    try:
        receipt = get_services().intake.submit(request_of(tracker))
    except PreviewChanged:
        dispatcher.utter_message(response="utter_overdracht_veranderd")
        return False
    except Exception as error:
        # The parent must hear the truth, whatever broke.
        logger.error("a hand-off was not stored: %s", type(error).__name__)
        dispatcher.utter_message(response="utter_overdracht_mislukt")
        return False
    say(dispatcher, receipt.text, topic=HUMAN, decision="human", ontvangst=receipt.code)
    return True


def _forget(tracker: Tracker) -> None:
    tokens = [token for slot in (CONTACT, NAME) for token in tokens_in(str(tracker.get_slot(slot) or ""))]
    get_services().vault.forget(conversation_scope(tracker.sender_id), tokens)
