"""The way to a human: a form on the chat page, a conversation in plain text."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.reply import say
from actions.services import get_services
from bot.topics import HUMAN, response_of

WEB = "web"


class MensSpreken(Action):  # type: ignore[misc]
    """Starts the hand-off in the way that the channel can show."""

    def name(self) -> str:
        """As in the domain."""
        return "action_mens_spreken"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        """Say what happens, and when to expect it; on the chat page its form opens, elsewhere the Rasa form asks."""
        on_page = (tracker.latest_message.get("metadata") or {}).get("kanaal") == WEB
        form = {"onderwerp": HUMAN, "besluit": "human", "formulier": "overdracht"}
        dispatcher.utter_message(response=response_of(HUMAN), **({"metadata": form} if on_page else {}))
        if notice := get_services().intake.closed_notice():
            say(dispatcher, notice, topic=HUMAN, decision="human")
        return [] if on_page else [FollowupAction("overdracht_form")]
