"""The Rasa component that turns details said in passing into entities, which fill slots."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, METADATA, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.depends import VALUES
from bot.nlu.details import details


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class DetailsExtractor(EntityExtractorMixin, GraphComponent):  # type: ignore[misc]
    """Sets the entities ``schoolsoort`` (``po``, ``vo``) and ``situatie`` (``thuis``, ``ziek``, ``op_school``)."""

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
            entities = _chosen(message) or _said(message)
            if entities:
                message.set(ENTITIES, [*message.get(ENTITIES, []), *entities], add_to_output=True)
        return messages


def _chosen(message: Message) -> list[dict[str, Any]]:
    """What a clicked button says behind the topic (``tlv/aanvragen:vo``)."""
    value = str((message.get(METADATA) or {}).get("keuze") or "").partition(":")[2]
    return [{"entity": VALUES[value], "value": value}] if value in VALUES else []


def _said(message: Message) -> list[dict[str, Any]]:
    found = details(message.get(TEXT) or "")
    return [{"entity": name, "value": one.value, "start": one.start, "end": one.end} for name, one in found.items()]
