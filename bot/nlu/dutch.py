"""The Rasa component that divides a message into words, each with its lemma, by the Dutch language model.

Configured in ``config.yml`` as ``bot.nlu.dutch.DutchLanguageModel`` with ``model: nl_core_news_sm``; where that
package could not be had, the embedded default serves under the same name (:mod:`bot.nlu.language_model`).
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.exceptions import InvalidConfigException, RasaException
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu import language_model
from bot.nlu.language_model import LanguageModel
from bot.nlu.language_package import NAME

logger = logging.getLogger(__name__)

_ID_FILE = "language_model.txt"


class OtherLanguageModelError(RasaException):  # type: ignore[misc]
    """This model of the assistant was trained with another language model than the one that is here."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=True)
class DutchLanguageModel(Tokenizer):  # type: ignore[misc]
    """Tokens and lemmas; "trainable" only to keep with the model which language model it belongs to."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The package that is sought; the other keys are those of every tokenizer of Rasa."""
        return {
            "model": NAME,
            "intent_tokenization_flag": False,
            "intent_split_symbol": "_",
            "token_pattern": None,
            "prefix_separator_symbol": None,
        }

    @staticmethod
    def required_packages() -> list[str]:
        """What Rasa checks before it trains."""
        return ["spacy", "spacy_lookups_data"]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> DutchLanguageModel:
        """A component with the language model that is here, to be trained."""
        here = language_model.current()
        logger.info(language_model.describe(here))
        return cls(config, model_storage, resource, here)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> DutchLanguageModel:
        """A trained component.

        Raises:
            OtherLanguageModelError: it was trained with another language model than the one that is here.
        """
        with model_storage.read_from(resource) as directory:
            trained_with = (Path(directory) / _ID_FILE).read_text("utf-8").strip()
        component = cls.create(config, model_storage, resource, execution_context)
        component.check(trained_with)
        return component

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Changes with the language model, so that Rasa tokenises the training data again."""
        return language_model.current().id

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        language: LanguageModel,
    ) -> None:
        """See :meth:`create` and :meth:`load`."""
        config = {**self.get_default_config(), **config}
        if config["model"] != NAME:
            raise InvalidConfigException(f"config.yml asks for the language model {config['model']}; use {NAME}")
        super().__init__(config)
        self._storage, self._resource = model_storage, resource
        self._language = language
        self._nlp = language_model.load(language)

    def check(self, trained_with: str) -> None:
        """Refuse to serve what was trained with another language model: its words would not be the same."""
        if trained_with != self._language.id:
            raise OtherLanguageModelError(
                f"the model was trained with {trained_with}, and {self._language.id} is here: run make train"
            )

    def train(self, training_data: TrainingData) -> Resource:
        """Keep name and version of the language model with the model."""
        with self._storage.write_to(self._resource) as directory:
            (Path(directory) / _ID_FILE).write_text(self._language.id, "utf-8")
        return self._resource

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """The words of one text of ``message``, with their lemmas."""
        document = self._nlp(message.get(attribute))
        words = [word for word in document if word.text.strip()]
        return self._apply_token_pattern([Token(word.text, word.idx, lemma=word.lemma_) for word in words])  # type: ignore[no-any-return]
