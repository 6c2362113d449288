"""Two questions in one message are both answered, in order."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.begrip import BegripUitleg
from actions.school import SchoolZoeken
from actions.sop import SopVinden
from bot.topics import response_of

_LOOK_UPS: dict[str, type[Action]] = {
    "school/zoeken": SchoolZoeken,
    "sop/vinden": SopVinden,
    "begrip/uitleg": BegripUitleg,
}


class MeerVragen(Action):  # type: ignore[misc]
    """Utters the answer of each topic that the classifier found, or looks it up."""

    def name(self) -> str:
        """As in the domain."""
        return "action_meer_vragen"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        """The answers, in the order of the questions."""
        events: list[dict[str, Any]] = []
        for topic in tracker.latest_message["onderwerpen"]["samen"]:
            if topic in _LOOK_UPS:
                events += await _LOOK_UPS[topic]().run(dispatcher, tracker, domain)
            else:
                dispatcher.utter_message(response=response_of(topic))
        return events
