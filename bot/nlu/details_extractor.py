"""The Rasa component that turns details said in passing into entities, which fill slots."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.details import kind_of_school


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class DetailsExtractor(EntityExtractorMixin, GraphComponent):  # type: ignore[misc]
    """Sets the entity ``schoolsoort`` (``po`` or ``vo``)."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> DetailsExtractor:
        """Nothing is configured and nothing is learnt."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Add what each message says."""
        for message in messages:
            found = kind_of_school(message.get(TEXT) or "")
            if found:
                entity = {"entity": "schoolsoort", "value": found.value, "start": found.start, "end": found.end}
                entities = [*message.get(ENTITIES, []), entity]
                message.set(ENTITIES, entities, add_to_output=True)
        return messages
