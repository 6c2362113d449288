"""What a parent asks about the answer just given: plainer, more, its source, how sure we are."""

from collections.abc import Iterable, Mapping
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.twijfel import buttons_for
from bot.nlu.variants import PLAIN
from bot.topics import HUMAN, response_of

_NOT_REVIEWED = "Nog niemand van de organisatie heeft dit antwoord nagekeken."


class OverAntwoord(Action):  # type: ignore[misc]
    """Answers about the last answer, from what stands with it."""

    def name(self) -> str:
        """As in the domain."""
        return "action_over_antwoord"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        """The plainer version, the follow-ups, the sources, or an honest word on certainty."""
        understood = tracker.latest_message.get("onderwerpen") or {}
        topic, kind = understood["ranking"][0]["onderwerp"], understood["soort"]
        about = last_answer(tracker.events, topic)
        if kind == "opnieuw":
            # The slot that it depends on has just been filled from the same message.
            dispatcher.utter_message(response=response_of(topic), opnieuw=True)
        elif kind == "makkelijker":
            dispatcher.utter_message(response=response_of(topic), vorm=PLAIN, buttons=buttons_for([HUMAN]))
        else:
            dispatcher.utter_message(
                response=f"utter_over_{kind}",
                buttons=buttons_for([*(about.get("vervolg") or ()), HUMAN] if kind == "meer" else [HUMAN]),
                metadata={"onderwerp": topic, "besluit": "answer"},
                bronnen=_sources(about),
                nagekeken=_reviewed(about),
            )
        return []


def last_answer(events: Iterable[Mapping[str, Any]], topic: str) -> Mapping[str, Any]:
    """The metadata of the last message that answered ``topic``; empty when there is none."""
    found: Mapping[str, Any] = {}
    for event in events:
        metadata = (event.get("metadata") or {}).get("metadata") or {}
        if event.get("event") == "bot" and metadata.get("onderwerp") == topic and metadata.get("bronnen"):
            found = metadata
    return found


def _sources(about: Mapping[str, Any]) -> str:
    lines = [f"- [{source['naam']}]({source['url']})" for source in about.get("bronnen") or ()]
    return "\n".join(lines) or "- [Passend Onderwijs Almere](https://passendonderwijs-almere.nl)"


def _reviewed(about: Mapping[str, Any]) -> str:
    reviewer, day = about.get("gecontroleerd_door", "nog niet"), about.get("gecontroleerd", "nog niet")
    return _NOT_REVIEWED if "nog niet" in (reviewer, day) else f"Nagekeken door {reviewer} op {day}."
