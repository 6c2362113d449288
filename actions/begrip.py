"""Explains a word of the field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.reply import Button, button, choice_of, say
from bot.knowledge import Knowledge, Term, current
from bot.knowledge.terms import find_terms, only_asks
from bot.topics import HUMAN, response_of

TOPIC = "begrip/uitleg"
ABOUT: dict[str, Any] = {
    "eigenaar": "Redactie Passend Onderwijs Almere",
    "gecontroleerd": "nog niet",
    "gecontroleerd_door": "nog niet",
}
UNKNOWN = (
    "Dit woord ken ik niet. Typ alleen het woord of de letters, of vraag het op een andere manier. "
    "U kunt het ook aan de school vragen, of aan een ouderadviseur."
)


class BegripUitleg(Action):  # type: ignore[misc]
    """Answers with the explanation of a term, or says that it does not know the word."""

    def name(self) -> str:
        """As in the domain."""
        return "action_begrip_uitleg"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        """Explain what was typed; a message without a word gets the question which word."""
        knowledge = current()
        text = tracker.latest_message.get("text") or ""
        terms = find_terms(text, knowledge)
        if choice_of(tracker) == TOPIC or (not terms and only_asks(text)):
            dispatcher.utter_message(response=response_of(TOPIC))
        elif terms:
            _explain(dispatcher, terms, knowledge)
        else:
            say(dispatcher, UNKNOWN, TOPIC, "answer", _topic_buttons([HUMAN], knowledge), **ABOUT)
        return []


def _explain(dispatcher: CollectingDispatcher, terms: Sequence[Term], knowledge: Knowledge) -> None:
    text = "\n\n".join(explain(term) for term in terms)
    topics = dict.fromkeys(term.topic for term in terms if term.topic and term.topic != TOPIC)
    sources = [{"naam": source} for source in dict.fromkeys(term.source for term in terms)]
    say(dispatcher, text, TOPIC, "answer", _topic_buttons(topics, knowledge), bronnen=sources, **ABOUT)


def explain(term: Term) -> str:
    """The term with its abbreviation and explanation, in Markdown."""
    name, short = term.names[0], term.abbreviation
    title = f"{name} ({short})" if short and short.lower() != name.lower() else name
    return f"**{title}**: {term.explanation}"


def _topic_buttons(topics: Sequence[str] | dict[str, None], knowledge: Knowledge) -> list[Button]:
    return [button(knowledge.topics[topic], topic) for topic in topics if topic in knowledge.topics]
