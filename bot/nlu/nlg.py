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

from bot.nlu.dialogue import TOPICS_PROPERTY
from bot.nlu.help_requests import help_buttons
from bot.nlu.language import load_tongues
from bot.nlu.other_doors import load_doors, right_door
from bot.nlu.variants import Expired, choose
from bot.settings import get_settings
from bot.topics import DANGER, OUT_OF_SCOPE, response_of

logger = logging.getLogger(__name__)

EXPIRED_RESPONSE = "utter_verlopen"
AGAIN = "Misschien begrijp ik u niet goed. Dit weet ik hierover. Mist u iets? Kies de knop **Mens spreken**."
"""In front of an answer that the parent has just had: the bot heard the new question, and has no more to say."""
_UTTER = "utter_"
_SMALL_TALK = "utter_gesprek/"
_SCHOOLS = {"po": "de basisschool", "vo": "de middelbare school"}


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
        wishes = {"schoolsoort": slots.get("schoolsoort"), "vorm": kwargs.pop("vorm", None)}
        try:
            response = choose(variants, wishes, self._today())
        except Expired:
            logger.warning("answer %s is outside its validity period", utter_action)
            response = choose(self.responses[EXPIRED_RESPONSE], wishes, self._today())
        filled: dict[str, Any] = self._fill_response(response, slots, **kwargs)
        _say_for_whom(filled)
        filled["metadata"] = _described(utter_action, filled["metadata"])
        if utter_action == response_of(DANGER):
            filled["text"] = _in_own_language(filled["text"], tracker)
        if utter_action == response_of(OUT_OF_SCOPE) and tracker.latest_message:
            doors = load_doors(get_settings().knowledge_dir)
            filled["text"] = right_door(tracker.latest_message.text or "", doors) or filled["text"]
        if "/" in utter_action and not utter_action.startswith(_SMALL_TALK) and _said_last(tracker) == filled["text"]:
            filled["text"] = f"{AGAIN}\n\n{filled['text']}"
        offered = help_buttons(utter_action[len(_UTTER) :])
        if offered and not filled.get("buttons"):
            filled["buttons"] = offered
        return filled


def _said_last(tracker: DialogueStateTracker) -> str:
    """The last message of the assistant, without what stands in front of a repeated answer."""
    said = next((event.text or "" for event in reversed(tracker.events) if isinstance(event, BotUttered)), "")
    return said.removeprefix(f"{AGAIN}\n\n")


def _say_for_whom(response: dict[str, Any]) -> None:
    """A variant for one kind of school says so, and how to get the other: the parent must see what was assumed."""
    kind = (response["metadata"].get("wanneer") or {}).get("schoolsoort")
    if kind:
        this, other = _SCHOOLS[kind], _SCHOOLS["vo" if kind == "po" else "po"]
        response["text"] += f"\n\n*Dit geldt voor {this}. Gaat het om {other}? Typ: het gaat om {other}.*"


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
