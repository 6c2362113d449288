"""Two questions in one message are both answered, in order."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from bot.topics import response_of


class MeerVragen(Action):  # type: ignore[misc]
    """Utters the answer of each topic that the classifier found."""

    def name(self) -> str:
        """As in the domain."""
        return "action_meer_vragen"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        """The answers, in the order of the questions."""
        for topic in tracker.latest_message["onderwerpen"]["samen"]:
            dispatcher.utter_message(response=response_of(topic))
        return []
