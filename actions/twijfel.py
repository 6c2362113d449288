"""The question after doubt, and what follows when that does not help either."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from bot.settings import get_settings
from bot.topics import HUMAN, SOMETHING_ELSE, SOMETHING_ELSE_BUTTON, load_topics

_DOUBT_ACTIONS = {"action_vraag_na_twijfel", "action_niet_begrepen"}
_OFFER = "utter_aanbod_mens"


class VraagNaTwijfel(Action):  # type: ignore[misc]
    """Offers at most three topics; not understood twice in a row offers a human."""

    def name(self) -> str:
        """As in the domain."""
        return "action_vraag_na_twijfel"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        """Ask which topic is meant, ask for other words, or offer a human."""
        understood = tracker.latest_message.get("onderwerpen") or {}
        if doubted_before(tracker.events):
            offer_human(dispatcher, understood.get("opties") or ())
        elif understood.get("besluit") == "ask":
            _ask(dispatcher, understood["opties"])
        else:
            say_not_understood(dispatcher)
        return []


class NietBegrepen(Action):  # type: ignore[misc]
    """What Rasa falls back on when no rule fits."""

    def name(self) -> str:
        """As in the domain and in ``config.yml``."""
        return "action_niet_begrepen"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        """Ask for other words, or offer a human the second time."""
        offer_human(dispatcher) if doubted_before(tracker.events) else say_not_understood(dispatcher)
        return []


def doubted_before(events: Iterable[Mapping[str, Any]]) -> bool:
    """Whether the message before this one was not understood either, and no human was offered for it."""
    names: set[str] = set()
    users = 0
    for event in reversed(list(events)):
        users += event.get("event") == "user"
        if users == 2:
            break
        if users == 1:
            names |= {event.get("name", ""), (event.get("metadata") or {}).get("utter_action", "")}
    return bool(names & _DOUBT_ACTIONS) and _OFFER not in names


def offer_human(dispatcher: CollectingDispatcher, options: Sequence[str] = ()) -> None:
    """Offer the hand-off, with a button that starts it, and the topics that may be meant below it."""
    dispatcher.utter_message(response=_OFFER, buttons=buttons_for([HUMAN, *options]))


def say_not_understood(dispatcher: CollectingDispatcher) -> None:
    """Ask for other words."""
    dispatcher.utter_message(response="utter_niet_begrepen", buttons=buttons_for(["gesprek/wat_kun_je", HUMAN]))


def buttons_for(topics: Iterable[str]) -> list[dict[str, str]]:
    """A button per topic; in plain text its words can be typed too."""
    known = load_topics(get_settings().knowledge_dir)
    return [{"title": known[t].button, "payload": known[t].button, "keuze": t} for t in topics if t in known]


def _ask(dispatcher: CollectingDispatcher, options: list[str]) -> None:
    other = {"title": SOMETHING_ELSE_BUTTON, "payload": SOMETHING_ELSE_BUTTON, "keuze": SOMETHING_ELSE}
    dispatcher.utter_message(
        response="utter_twijfel",
        buttons=[*buttons_for(options), other],
        metadata={"besluit": "ask", "opties": options},
    )
