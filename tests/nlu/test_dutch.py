from pathlib import Path
from typing import Any

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.dutch import DutchLanguageModel, OtherLanguageModelError
from bot.nlu.language_package import install
from bot.settings import get_settings
from tests.nlu.spacy_package import build, pipeline

CONFIG = {"model": "nl_core_news_sm"}
RESOURCE = Resource("train_DutchLanguageModel0")
CONTEXT = ExecutionContext(GraphSchema({}))


@pytest.fixture(autouse=True)
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(get_settings(), "language_models_dir", tmp_path / "models")
    return tmp_path / "models"


@pytest.fixture
def storage(tmp_path: Path) -> LocalModelStorage:
    (tmp_path / "storage").mkdir()
    return LocalModelStorage.create(tmp_path / "storage")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("wheel") / "package.whl", pipeline())


def trained(storage: LocalModelStorage, examples: list[Message] | None = None) -> TrainingData:
    data = TrainingData(examples or [])
    component = DutchLanguageModel.create(CONFIG, storage, RESOURCE, CONTEXT)
    component.train(data)
    processed: TrainingData = component.process_training_data(data)
    return processed


def loaded(storage: LocalModelStorage) -> DutchLanguageModel:
    return DutchLanguageModel.load(CONFIG, storage, RESOURCE, CONTEXT)


def tokens(message: Message) -> list[Any]:
    found: list[Any] = message.get("text_tokens")
    return found


def test_a_message_becomes_words_with_lemmas_and_places(storage: LocalModelStorage) -> None:
    trained(storage)
    (message,) = loaded(storage).process([Message.build("Wij gingen  naar school.")])
    assert [token.text for token in tokens(message)] == ["Wij", "gingen", "naar", "school", "."]
    assert tokens(message)[1].lemma == "gaan"
    assert [token.start for token in tokens(message)] == [0, 4, 12, 17, 23]


def test_training_messages_get_the_same_words(storage: LocalModelStorage) -> None:
    data = trained(storage, [Message.build("Wij gingen naar school", intent="tlv")])
    assert [token.lemma for token in tokens(data.training_examples[0])][1] == "gaan"


def test_an_empty_message_has_no_words(storage: LocalModelStorage) -> None:
    trained(storage)
    (message,) = loaded(storage).process([Message.build(" ")])
    assert tokens(message) == []


def test_the_package_serves_when_it_is_there(storage: LocalModelStorage, wheel: Path, models: Path) -> None:
    install(models, str(wheel))
    trained(storage)
    (message,) = loaded(storage).process([Message.build("kinderen")])
    assert tokens(message)[0].lemma == "kind"


def test_a_model_trained_with_the_default_is_refused_once_the_package_is_there(
    storage: LocalModelStorage, wheel: Path, models: Path
) -> None:
    trained(storage)
    install(models, str(wheel))
    with pytest.raises(OtherLanguageModelError, match=r"trained with nl_blank_lookups .*nl_core_news_sm .*make train"):
        loaded(storage)


def test_a_model_trained_with_the_package_is_refused_by_the_default(
    storage: LocalModelStorage, wheel: Path, models: Path
) -> None:
    install(models, str(wheel))
    trained(storage)
    models.rename(models.with_name("away"))
    with pytest.raises(OtherLanguageModelError, match="make train"):
        loaded(storage)


def test_another_language_model_means_another_training(wheel: Path, models: Path) -> None:
    before = DutchLanguageModel.fingerprint_addon(CONFIG)
    install(models, str(wheel))
    assert DutchLanguageModel.fingerprint_addon(CONFIG) != before


def test_a_model_that_nobody_checks_is_not_accepted(storage: LocalModelStorage) -> None:
    with pytest.raises(InvalidConfigException, match="en_core_web_sm; use nl_core_news_sm"):
        DutchLanguageModel.create({"model": "en_core_web_sm"}, storage, RESOURCE, CONTEXT)
