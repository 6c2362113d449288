"""The Rasa component that recognises messages about the last answer; it stands after the classifier."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, METADATA, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.about_answer import about_answer
from bot.topics import ABOUT_ANSWER_INTENT, DANGER, intent_of

TOPICS_PROPERTY = "onderwerpen"
_CERTAIN = 1.0
"""The classifier is this sure of danger when the detector saw it."""


def is_danger(intent: Mapping[str, Any]) -> bool:
    """Whether the detector saw danger; what only resembles it to the classifier may still be something else."""
    return bool(intent.get("name") == intent_of(DANGER) and intent.get("confidence") == _CERTAIN)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class AboutLastAnswer(IntentClassifier, GraphComponent):  # type: ignore[misc]
    """Sets the intent ``over_antwoord`` when a short message is about the answer before it.

    Which answer that was comes as ``vorig_onderwerp`` in the message's metadata, from the turn function; danger and a
    clicked button go first.
    """

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> AboutLastAnswer:
        """Nothing is configured and nothing is learnt."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Look at each message."""
        for message in messages:
            self._look(message)
        return messages

    def _look(self, message: Message) -> None:
        metadata = message.get(METADATA) or {}
        last = metadata.get("vorig_onderwerp")
        settled = is_danger(message.get(INTENT) or {}) or metadata.get("keuze")
        kind = None if settled or not last else about_answer(message.get(TEXT) or "")
        if kind is None:
            return
        understood = {"besluit": "answer", "opties": [], "ranking": [{"onderwerp": last, "kans": 1.0}], "soort": kind}
        message.set(TOPICS_PROPERTY, understood, add_to_output=True)
        message.set(INTENT, {"name": ABOUT_ANSWER_INTENT, "confidence": 1.0}, add_to_output=True)
