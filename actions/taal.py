"""A message in another language: a fixed text in that language, and the wish for an interpreter kept."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.reply import say
from actions.twijfel import buttons_for
from bot.nlu.language import load_tongues
from bot.settings import get_settings
from bot.topics import HUMAN, OTHER_LANGUAGE, response_of


class AndereTaal(Action):  # type: ignore[misc]
    """Answers in the language of the message, or in the one that a Dutch message names."""

    def name(self) -> str:
        """As in the domain."""
        return "action_andere_taal"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        """The text, and the language in the slot ``tolk`` for the hand-off."""
        tongues = load_tongues(get_settings().knowledge_dir)
        message = tracker.latest_message
        code = (message.get("onderwerpen") or {}).get("taal") or tongues.asked_for(message.get("text") or "")
        if code is None:
            dispatcher.utter_message(response=response_of(OTHER_LANGUAGE), buttons=buttons_for([HUMAN]))
            return []
        language = tongues.name(code)
        say(
            dispatcher,
            tongues.text(code),
            topic=OTHER_LANGUAGE,
            decision="none",
            buttons=buttons_for([HUMAN]),
            taal=code,
            tolk=language,
        )
        return [SlotSet("tolk", language)]
