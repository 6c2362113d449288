"""The Rasa component that recognises requests for one of the helps; it stands after the classifier."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, METADATA, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.knowledge import load
from bot.nlu.deadline_requests import asks_for_days, typed_occasion
from bot.nlu.dialogue import TOPICS_PROPERTY, is_danger
from bot.nlu.help_requests import (
    Heard,
    HelpRequest,
    as_typed,
    asks_for_card,
    asks_memory,
    asks_where,
    chosen_help,
    is_only_date,
    typed_place,
)
from bot.settings import get_settings
from bot.topics import DANGER, OUT_OF_SCOPE, SEVERAL_INTENT, intent_of


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class Helps(IntentClassifier, GraphComponent):  # type: ignore[misc]
    """Sets the intent of a help, with what it is about as ``hulp``; danger and several questions at once go first."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Helps:
        """Nothing is configured and nothing is learnt."""
        return cls()

    def __init__(self) -> None:
        """Reads the buttons of the helps once."""
        knowledge = load(get_settings().knowledge_dir)
        route = knowledge.route
        self._places = {as_typed(question.button): question.key for question in route.questions.values()}
        self._places.update({as_typed(step.button): step.key for step in route.steps.values()})
        self._occasions = {as_typed(item.button or ""): item.key for item in knowledge.deadlines.offered()}

    def process(self, messages: list[Message]) -> list[Message]:
        """Look at each message."""
        for message in messages:
            self._look(message)
        return messages

    def _look(self, message: Message) -> None:
        metadata = message.get(METADATA) or {}
        intent = message.get(INTENT) or {}
        if intent.get("name") == SEVERAL_INTENT or is_danger(intent):
            return
        danger = intent.get("name") == intent_of(DANGER)
        if metadata.get("keuze"):
            request = chosen_help(str(metadata["keuze"]))
        else:
            heard = _heard(message, metadata)
            request = self._asked(heard)
        # What only resembles danger still is no more than a date when nothing else is there.
        if request and (not danger or is_only_date(request)):
            _set(message, request)

    def _asked(self, heard: Heard) -> HelpRequest | None:
        placed = typed_place(heard, self._places) or typed_occasion(heard.text, self._occasions)
        helped = placed or asks_for_card(heard.text) or asks_where(heard.text) or asks_memory(heard.text)
        return helped or asks_for_days(heard)


def _heard(message: Message, metadata: dict[str, Any]) -> Heard:
    understood = message.get(TOPICS_PROPERTY) or {}
    topics = [entry["onderwerp"] for entry in understood.get("ranking") or ()]
    # A date alone looks like another subject to the classifier: that says nothing against a help.
    ours = [topic for topic in topics if topic != OUT_OF_SCOPE]
    sure = understood.get("besluit") == "answer" and topics[:1] == ours[:1]
    return Heard(message.get(TEXT) or "", ours[0] if ours else None, sure, metadata.get("vorig_onderwerp"))


def _set(message: Message, request: HelpRequest) -> None:
    understood = {"besluit": "answer", "opties": [], "ranking": [{"onderwerp": request.topic, "kans": 1.0}]}
    if "misschien" in request.about:
        # Where no date was asked for, the classifier's understanding is what the answer is made from.
        understood = dict(message.get(TOPICS_PROPERTY) or {})
    message.set(TOPICS_PROPERTY, {**understood, "hulp": dict(request.about)}, add_to_output=True)
    message.set(INTENT, {"name": request.intent, "confidence": 1.0}, add_to_output=True)
