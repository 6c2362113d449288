"""Rasa's language generator, with our own choice of the variant in place of a random one."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date
from typing import Any

from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.nlu.depends import VALUES, below, school_name
from bot.nlu.details import KIND_OF_SCHOOL, SITUATION
from bot.nlu.dialogue import TOPICS_PROPERTY
from bot.nlu.help_requests import help_buttons
from bot.nlu.language import load_tongues
from bot.nlu.other_doors import load_doors, right_door
from bot.nlu.variants import Expired, choose
from bot.settings import get_settings
from bot.topics import DANGER, OUT_OF_SCOPE, response_of

logger = logging.getLogger(__name__)

EXPIRED_RESPONSE = "utter_verlopen"
AGAIN = "Dit weet ik hierover. Staat uw antwoord er niet bij? Kies de knop **Mens spreken**."
"""In front of an answer that the parent has just had: the bot heard the new question, and has no more to say."""
NO_OTHER = (
    "Voor {school} heb ik geen ander antwoord. Wat hierboven staat, is wat ik weet. Stel gerust een andere vraag. "
    "Of kies de knop **Mens spreken**."
)
"""In place of the same answer, for who names a kind of school for which there is no other."""
_UTTER = "utter_"
_SMALL_TALK = "utter_gesprek/"


class VariantGenerator(TemplatedNaturalLanguageGenerator):  # type: ignore[misc]
    """Gives the one variant that fits the slots and the date; an expired answer says so and offers a human."""

    def __init__(
        self,
        endpoint_config: EndpointConfig | None = None,
        domain: Domain | None = None,
        today: Callable[[], date] = date.today,
    ) -> None:
        """Named in ``endpoints.yml`` under ``nlg: type:``; Rasa passes both arguments."""
        super().__init__((domain or Domain.empty()).responses)
        self._today = today

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any] | None:
        """The response ``utter_action`` for this conversation, or None when there is no such response."""
        slots = tracker.current_slot_values()
        variants = self.responses.get(utter_action)
        if not variants:
            logger.error("no response named %s", utter_action)
            return None
        known = {name: slots.get(name) for name in (KIND_OF_SCHOOL, SITUATION)}
        wishes = {**known, "vorm": kwargs.pop("vorm", None)}
        again = kwargs.pop("opnieuw", False) or _chose_kind(tracker)
        try:
            response = choose(variants, wishes, self._today())
        except Expired:
            logger.warning("answer %s is outside its validity period", utter_action)
            variants = self.responses[EXPIRED_RESPONSE]
            response = choose(variants, wishes, self._today())
        filled: dict[str, Any] = self._fill_response(response, slots, **kwargs)
        under = below(utter_action[len(_UTTER) :], response, variants, known)
        filled["text"] += f"\n\n{under.line}" if under.line else ""
        filled["metadata"] = _described(utter_action, filled["metadata"])
        if utter_action == response_of(DANGER):
            filled["text"] = _in_own_language(filled["text"], tracker)
        if utter_action == response_of(OUT_OF_SCOPE) and tracker.latest_message:
            doors = load_doors(get_settings().knowledge_dir)
            filled["text"] = right_door(tracker.latest_message.text or "", doors) or filled["text"]
        if "/" in utter_action and not utter_action.startswith(_SMALL_TALK) and _said_last(tracker, filled["text"]):
            school = school_name(known[KIND_OF_SCHOOL]) if again else ""
            filled["text"] = NO_OTHER.format(school=school) if school else f"{AGAIN}\n\n{filled['text']}"
        if not filled.get("buttons"):
            filled["buttons"] = [*under.buttons, *help_buttons(utter_action[len(_UTTER) :])]
        return filled


def _said_last(tracker: DialogueStateTracker, text: str) -> bool:
    """Whether the last message of the assistant was this text, whatever stood in front of it or below."""
    said = next((event.text or "" for event in reversed(tracker.events) if isinstance(event, BotUttered)), "")
    return bool(text) and text in said


def _chose_kind(tracker: DialogueStateTracker) -> bool:
    """Whether a button below an answer was clicked that says what it depends on (``tlv/aanvragen:vo``)."""
    metadata = (tracker.latest_message.metadata if tracker.latest_message else None) or {}
    return str(metadata.get("keuze") or "").partition(":")[2] in VALUES


def _in_own_language(answer: str, tracker: DialogueStateTracker) -> str:
    """For who wrote of danger in another language: to call 112 first, and what this chat is below the answer."""
    understood = (tracker.latest_message.parse_data if tracker.latest_message else {}) or {}
    code = (understood.get(TOPICS_PROPERTY) or {}).get("taal")
    if not code:
        return answer
    about, _, call = load_tongues(get_settings().knowledge_dir).text(code).rpartition("\n\n")
    return f"{call}\n\n{answer}\n\n{about}"


def _described(utter_action: str, metadata: dict[str, Any]) -> dict[str, Any]:
    described = {key: value for key, value in metadata.items() if key != "wanneer"}
    if "/" in utter_action:
        described.setdefault("onderwerp", utter_action[len(_UTTER) :])
        described.setdefault("besluit", "answer")
    return described
