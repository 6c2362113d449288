"""Why a message gets its topic."""

import pytest

from bot.nlu.evidence import Evidence
from bot.nlu.model import TopicModel
from bot.nlu.why import why

EVIDENCE = [
    Evidence("hoe lang is een tlv geldig", "tlv/geldigheid", "bericht"),
    Evidence("wanneer verloopt de tlv", "tlv/geldigheid", "bericht"),
    Evidence("wie brengt mijn kind met de taxi naar school", "vervoer/recht", "bericht"),
    Evidence("krijgen wij een taxi of een busje", "vervoer/recht", "feit"),
]


@pytest.fixture(scope="module")
def model() -> TopicModel:
    return TopicModel().fit(EVIDENCE)


def test_the_nearest_texts_come_first_with_their_topic(model: TopicModel) -> None:
    reasons = why("hoe lang is zo'n tlv geldig?", model, EVIDENCE)
    assert reasons.nearest[0][0] == EVIDENCE[0]
    assert reasons.ranking[0].topic == "tlv/geldigheid"


def test_the_word_that_decides_weighs_most(model: TopicModel) -> None:
    reasons = why("wij willen graag een taxi", model, EVIDENCE)
    assert reasons.words[0][0] == "taxi"
    assert reasons.words[0][1] > 0


def test_the_lines_name_thresholds_topics_words_and_texts(model: TopicModel) -> None:
    text = "\n".join(why("taxi", model, EVIDENCE).lines())
    assert "drempels: antwoord 0.5" in text and "vervoer/recht" in text and "busje" in text


def test_a_message_without_words_has_no_words_that_weigh(model: TopicModel) -> None:
    assert why("", model, EVIDENCE).words == []
