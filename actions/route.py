"""Waar sta ik?: from worry to a place in a few choices."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.reply import Button, button, detail_of, say
from bot.knowledge import current
from bot.knowledge.route import Question, Route, Step
from bot.nlu.help_requests import CARD_TOPIC, DEADLINE_TOPIC, ROUTE_TOPIC
from bot.topics import HUMAN

START = "begin"
"""The detail of the button that leads to the first question."""


class WaarStaIk(Action):  # type: ignore[misc]
    """Shows the way, asks where the parent is, or tells about the place that was chosen."""

    def name(self) -> str:
        """As in the domain."""
        return "action_waar_sta_ik"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        """The place on the clicked button or that was typed; else the beginning."""
        route = current().route
        typed = ((tracker.latest_message.get("onderwerpen") or {}).get("hulp") or {}).get("plaats", "")
        place = route.place(detail_of(tracker, ROUTE_TOPIC) or typed)
        if isinstance(place, Step):
            _tell(dispatcher, route, place)
        else:
            _ask(dispatcher, route, place or route.start)
        return []


def _ask(dispatcher: CollectingDispatcher, route: Route, question: Question) -> None:
    """The first question comes under the whole way, which is an answer in itself."""
    buttons = [_to(route, key) for key in question.choices]
    if question is route.start:
        sources = [source for step in route.steps.values() for source in step.sources[:1]]
        say(dispatcher, question.text, ROUTE_TOPIC, "answer", buttons, **route.review.metadata(sources[:3]))
    else:
        back = button("Iets anders", f"{ROUTE_TOPIC}:{START}")
        say(dispatcher, question.text, ROUTE_TOPIC, "ask", [*buttons, back], opties=[])


def _to(route: Route, key: str, title: str | None = None) -> Button:
    place = route.place(key)
    assert place is not None  # checked when the file is read
    return button(title or place.button, f"{ROUTE_TOPIC}:{key}", place.button)


def _tell(dispatcher: CollectingDispatcher, route: Route, step: Step) -> None:
    say(
        dispatcher,
        describe(step),
        ROUTE_TOPIC,
        "answer",
        _buttons(route, step),
        vervolg=[*step.topics, HUMAN],
        **route.review.metadata(step.sources),
    )


def describe(step: Step) -> str:
    """Where the parent is, who acts, what to ask and what comes, in Markdown."""
    questions = "\n".join(f"- {question}" for question in step.ask)
    return (
        f"**{step.where}**\n\n**Wie is nu aan zet?** {step.turn}\n\n**Wat kunt u vragen?**\n{questions}\n\n"
        f"**Wat komt hierna?** {step.then}"
    )


def _buttons(route: Route, step: Step) -> list[Button]:
    buttons = []
    if step.occasion:
        buttons.append(button("Reken mijn dagen uit", f"{DEADLINE_TOPIC}:{step.occasion}"))
    buttons.append(button("Maak een kaart voor het gesprek", f"{CARD_TOPIC}:{step.key}"))
    if step.following:
        buttons.append(_to(route, step.following, "Bekijk de volgende stap"))
    return [*buttons, button("Ik ben bij een andere stap", f"{ROUTE_TOPIC}:{START}", "Waar sta ik?")]
