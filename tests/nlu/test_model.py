"""The topic model on a handful of texts."""

from pathlib import Path

import pytest

from bot.nlu.evidence import Evidence
from bot.nlu.model import TopicModel

TEXTS = {
    "tlv/geldigheid": [
        "hoe lang is een tlv geldig",
        "wanneer verloopt de verklaring",
        "tlv verlengen",
        "geldigheid tlv",
    ],
    "sop/vinden": ["waar vind ik het sop", "sop van de school bekijken", "profiel van school vinden", "waar staat sop"],
    "ziek/zorgplicht": ["mijn kind is lang ziek", "school moet iets doen bij ziekte", "ziek en les", "zieke dochter"],
}


@pytest.fixture(scope="module")
def model() -> TopicModel:
    return TopicModel().fit([Evidence(text, topic, "bericht") for topic, texts in TEXTS.items() for text in texts])


@pytest.mark.parametrize(
    ("text", "topic"),
    [("is mijn tlv nog geldig", "tlv/geldigheid"), ("ik zoek het SOP", "sop/vinden"), ("ziek kind", "ziek/zorgplicht")],
)
def test_a_message_finds_its_topic(model: TopicModel, text: str, topic: str) -> None:
    assert model.rank(text)[0].topic == topic


def test_probabilities_add_up_to_one(model: TopicModel) -> None:
    assert sum(entry.probability for entry in model.rank("tlv")) == pytest.approx(1)


def test_a_message_without_any_known_sign_is_as_likely_everywhere(model: TopicModel) -> None:
    assert model.rank("ж")[0].probability < 0.5


def test_a_saved_model_ranks_the_same(model: TopicModel, tmp_path: Path) -> None:
    model.save(tmp_path / "model")
    assert TopicModel.load(tmp_path / "model").rank("tlv geldig") == model.rank("tlv geldig")
