"""The Rasa component that understands a message: one decision over all topics jointly.

It fills what Rasa's own classifier, fallback classifier and response selectors would: ``intent``,
``intent_ranking`` and ``response_selector``; and ``onderwerpen``, the ranking by topic id with the decision, which the
question after doubt and ``python -m bot ask`` read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.constants import RESPONSE_SELECTOR_PROPERTY_NAME
from rasa.shared.nlu.constants import INTENT, METADATA, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu import evidence as evidence_source
from bot.nlu.correction import rejects, without_article, without_correction, without_greeting
from bot.nlu.danger import Detector, need
from bot.nlu.decide import decide, options, settle
from bot.nlu.evidence import Evidence
from bot.nlu.follow_up import after
from bot.nlu.model import MODEL_FILE, TopicModel
from bot.nlu.parameters import Parameters
from bot.nlu.ranking import Ranked
from bot.nlu.several import several
from bot.nlu.text import normalise
from bot.settings import ROOT, get_settings
from bot.topics import (
    ACTION_TOPICS,
    DANGER,
    FALLBACK_INTENT,
    NOT_SATISFIED,
    SEVERAL_INTENT,
    SOMETHING_ELSE,
    SOMETHING_ELSE_BUTTON,
    Topic,
    base_intent,
    load_topics,
    response_of,
    topic_of,
)

TOPICS_PROPERTY = "onderwerpen"
_NOTHING_TO_LEAN_ON = "gesprek/"
"""The theme of greetings, thanks and the chat itself."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicClassifier(IntentClassifier, GraphComponent):  # type: ignore[misc]
    """Chooses the topic of a message; configured in ``config.yml``."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Where the knowledge is; the rest has its defaults in :class:`Parameters`."""
        return {"knowledge": "knowledge"}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> TopicClassifier:
        """A component that is still to be trained."""
        return cls(config, model_storage, resource, TopicModel(Parameters.of(config)))

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> TopicClassifier:
        """A trained component."""
        with model_storage.read_from(resource) as directory:
            return cls(config, model_storage, resource, TopicModel.load(Path(directory) / MODEL_FILE))

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Changes with the knowledge and with our code, so that Rasa trains again when either changed."""
        digest = hashlib.sha256()
        knowledge = ROOT / config.get("knowledge", "knowledge")
        for path in [*sorted(knowledge.rglob("*.yml")), *sorted(Path(__file__).parent.glob("*.py"))]:
            digest.update(path.read_bytes())
        return digest.hexdigest()

    def __init__(
        self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, model: TopicModel
    ) -> None:
        """See :meth:`create` and :meth:`load`."""
        self.config = {**self.get_default_config(), **config}
        self._storage, self._resource = model_storage, resource
        self._thresholds = Parameters.of(self.config).thresholds
        self.use(model, load_topics(get_settings().knowledge_dir))

    def use(self, model: TopicModel, topics: Mapping[str, Topic]) -> None:
        """Understand with this model and these topics from the next message on."""
        self._model = model
        self._short = {topic.id: topic.short for topic in topics.values()}
        self._by_button = {normalise(topic.button): topic.id for topic in topics.values()}
        self._by_button[normalise(SOMETHING_ELSE_BUTTON)] = SOMETHING_ELSE

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the messages in the training data and from the knowledge files."""
        messages = [_as_evidence(example) for example in training_data.intent_examples]
        known = {item.topic for item in messages}
        items = messages + evidence_source.from_knowledge(ROOT / self.config["knowledge"], known)
        self._model.fit(items)
        with self._storage.write_to(self._resource) as directory:
            self._model.save(Path(directory) / MODEL_FILE)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing of ours is needed on the training messages themselves."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Set intent, ranking, response selector result and topics on each message."""
        for message in messages:
            self._understand(message)
        return messages

    def _understand(self, message: Message) -> None:
        metadata = message.get(METADATA) or {}
        text = message.get(TEXT) or ""
        # Custom actions see what goes to the output only.
        message.set(METADATA, metadata, add_to_output=True)
        chosen = self._chosen(text, metadata)
        if chosen == SOMETHING_ELSE or not normalise(text):
            _set(message, [], "none")
        elif chosen:
            _set(message, [Ranked(chosen, 1.0)], "answer")
        else:
            meant = without_correction(text)
            asked = without_article(without_greeting(meant))
            # "Nee, ik bedoel de TLV": one word in place of what we answered does not lean on that answer.
            named = meant != text and " " not in asked
            self._rank(message, asked, "" if named else str(metadata.get("vorig_onderwerp") or ""))

    def _rank(self, message: Message, text: str, last: str) -> None:
        ranking = self._ranking(text, last)
        together = several(text, ranking, self._model.rank)
        if together:
            _set_together(message, together)
        else:
            settled = settle(ranking, self._thresholds)
            _set(message, settled, decide(settled, self._thresholds))

    def _ranking(self, text: str, last: str) -> list[Ranked]:
        if last in self._short and not last.startswith(_NOTHING_TO_LEAN_ON):
            return after(last, text, self._short[last], self._model)
        return self._model.rank(text)

    def _chosen(self, text: str, metadata: dict[str, Any]) -> str | None:
        """The topic that needs no ranking: danger, a clicked button, or the words on a button typed."""
        # The door has looked and says so; a message that came another way is looked at here.
        if metadata["nood"] if "nood" in metadata else need(Detector.load().check(text)):
            return DANGER
        # A button for one school carries its number behind the topic: "school/zoeken:12PM00".
        choice = str(metadata.get("keuze") or "").split(":")[0]
        known = choice == SOMETHING_ELSE or choice in self._model.topics
        if not known and metadata.get("vorig_onderwerp") and rejects(text):
            return NOT_SATISFIED
        return choice if known else self._by_button.get(normalise(text))


def _as_evidence(example: Message) -> Evidence:
    topic = example.get("intent_response_key") or example.get(INTENT)
    return Evidence(example.get(TEXT), topic_of(topic), "bericht")


def _set(message: Message, ranking: list[Ranked], choice: str) -> None:
    shown = ranking[:10]
    understood = {
        "besluit": choice,
        "opties": [entry.topic for entry in options(ranking)] if choice == "ask" else [],
        "ranking": [{"onderwerp": entry.topic, "kans": entry.probability} for entry in shown],
    }
    message.set(TOPICS_PROPERTY, understood, add_to_output=True)
    intents = [{"name": base_intent(entry.topic), "confidence": entry.probability} for entry in shown]
    if choice != "answer":
        intents.insert(0, {"name": FALLBACK_INTENT, "confidence": 1.0})
    message.set(INTENT, intents[0], add_to_output=True)
    message.set("intent_ranking", intents, add_to_output=True)
    if ranking and ranking[0].topic not in ACTION_TOPICS:
        _select_response(message, ranking[0])


def _set_together(message: Message, topics: list[Ranked]) -> None:
    _set(message, topics, "answer")
    understood = {**message.get(TOPICS_PROPERTY), "samen": [entry.topic for entry in topics]}
    message.set(TOPICS_PROPERTY, understood, add_to_output=True)
    confidence = min(entry.probability for entry in topics)
    message.set(INTENT, {"name": SEVERAL_INTENT, "confidence": confidence}, add_to_output=True)


def _select_response(message: Message, best: Ranked) -> None:
    response = {
        "intent_response_key": best.topic,
        "confidence": best.probability,
        "utter_action": response_of(best.topic),
        "responses": [],
    }
    base = base_intent(best.topic)
    result = {"all_retrieval_intents": [base], base: {"response": response, "ranking": []}}
    message.set(RESPONSE_SELECTOR_PROPERTY_NAME, result, add_to_output=True)
