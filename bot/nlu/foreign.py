"""The Rasa component that sets messages in another language apart; it stands after the classifier."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, METADATA, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.dialogue import TOPICS_PROPERTY
from bot.nlu.language import load_tongues
from bot.settings import get_settings
from bot.topics import DANGER, OTHER_LANGUAGE, intent_of


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class OtherLanguage(IntentClassifier, GraphComponent):  # type: ignore[misc]
    """Sets the intent of ``gesprek/andere_taal`` with the language as ``taal``.

    Danger keeps its own intent, with the language beside it; a click has no language.
    """

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> OtherLanguage:
        """Nothing is configured and nothing is learnt; the languages stand in ``knowledge/talen.yml``."""
        return cls()

    def __init__(self) -> None:
        """Reads the languages once."""
        self._tongues = load_tongues(get_settings().knowledge_dir)
        # lingua reads its models at the first message: better now than while a parent waits.
        self._tongues.recognise("een eerste bericht om warm te draaien")

    def process(self, messages: list[Message]) -> list[Message]:
        """Look at each message."""
        for message in messages:
            self._look(message)
        return messages

    def _look(self, message: Message) -> None:
        if (message.get(METADATA) or {}).get("keuze"):
            return
        text = message.get(TEXT) or ""
        if (message.get(INTENT) or {}).get("name") == intent_of(DANGER):
            code = self._tongues.in_danger(text)
            if code:
                message.set(TOPICS_PROPERTY, {**message.get(TOPICS_PROPERTY), "taal": code}, add_to_output=True)
            return
        code = self._tongues.recognise(text)
        if code:
            _set(message, code)


def _set(message: Message, code: str) -> None:
    ranking = [{"onderwerp": OTHER_LANGUAGE, "kans": 1.0}]
    understood = {"besluit": "answer", "opties": [], "ranking": ranking, "taal": code}
    message.set(TOPICS_PROPERTY, understood, add_to_output=True)
    message.set(INTENT, {"name": intent_of(OTHER_LANGUAGE), "confidence": 1.0}, add_to_output=True)
