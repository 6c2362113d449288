"""Gesprekskaart: a short card with questions to take to a talk at school, from what was said; kept nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.reply import choice_of, detail_of, say
from bot.knowledge import Knowledge, current
from bot.nlu.details import SITUATION
from bot.nlu.help_requests import CARD_TOPIC
from bot.topics import HUMAN

_BLANK = "…" * 12
_SITUATIONS = {"thuis": "thuiszitten/hulp", "ziek": "ziek/zorgplicht"}
"""The topic whose questions fit a child that is at home or ill."""


class Gesprekskaart(Action):  # type: ignore[misc]
    """Makes the card."""

    def name(self) -> str:
        """As in the domain."""
        return "action_gesprekskaart"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        """Questions of the step on the clicked button, of the message, and of what was answered before."""
        knowledge = current()
        card = knowledge.talk_card
        questions = _questions(tracker, knowledge)
        say(
            dispatcher,
            _text(card.texts, questions, card.end),
            CARD_TOPIC,
            "answer",
            vervolg=["klacht/gesprek_vastgelopen", "ondersteuning/rol_ouders", HUMAN],
            kaart=True,
            **card.review.metadata(card.sources),
        )
        return []


def _questions(tracker: Tracker, knowledge: Knowledge) -> list[str]:
    """Those of the step first; then those that fit what was said."""
    step = knowledge.route.steps.get(detail_of(tracker, CARD_TOPIC))
    typed = "" if choice_of(tracker) else str(tracker.latest_message.get("text") or "")
    situation = _SITUATIONS.get(tracker.get_slot(SITUATION) or "")
    topics = [*(step.topics if step else ()), *topics_said(tracker.events), *([situation] if situation else ())]
    fitting = knowledge.talk_card.questions(topics, typed)
    return list(dict.fromkeys([*(step.ask if step else ()), *fitting]))[: knowledge.talk_card.most]


def topics_said(events: Iterable[Mapping[str, Any]]) -> list[str]:
    """The topics that were answered in the conversation, the last one first, each once; not the conversation itself."""
    told = [(event.get("metadata") or {}).get("metadata") or {} for event in events if event.get("event") == "bot"]
    topics = [str(about["onderwerp"]) for about in told if about.get("onderwerp") and about.get("besluit") == "answer"]
    return [
        topic for topic in dict.fromkeys(reversed(topics)) if not topic.startswith("gesprek/") and topic != CARD_TOPIC
    ]


def _text(texts: Mapping[str, str], questions: list[str], end: tuple[str, ...]) -> str:
    return "\n\n".join(
        (
            f"**{texts['titel']}**",
            f"{texts['doel']}\n{_BLANK}",
            "Mijn vragen:\n" + "\n".join(f"{number}. {question}" for number, question in enumerate(questions, start=1)),
            f"{texts['voorbeelden']}\n1. {_BLANK}\n2. {_BLANK}",
            "Aan het eind:\n" + "\n".join(f"- {question}" for question in end),
            f"*{texts['daaronder']}*",
        )
    )
