"""Topic ids and intents."""

from pathlib import Path

import pytest

from bot.settings import ROOT
from bot.topics import ACTION_TOPICS, intent_of, load_topics, response_of, topic_of

TOPICS = load_topics(ROOT / "knowledge")


def test_the_90_topics_of_the_start_are_there_each_with_a_button_of_its_own() -> None:
    assert len(TOPICS) >= 90
    assert len({topic.button for topic in TOPICS.values()}) == len(TOPICS)


def test_every_id_survives_the_way_to_an_intent_and_back() -> None:
    assert [topic_of(intent_of(topic)) for topic in TOPICS] == list(TOPICS)


def test_only_topics_that_start_an_action_are_ordinary_intents() -> None:
    assert {topic for topic in TOPICS if "/" not in intent_of(topic)} == ACTION_TOPICS


def test_the_topic_often_confused_with_exists() -> None:
    assert {topic.not_topic for topic in TOPICS.values() if topic.not_topic} <= set(TOPICS)


def test_a_response_is_named_after_the_topic() -> None:
    assert response_of("tlv/uitleg") == "utter_tlv/uitleg"


def test_an_entry_without_button_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "onderwerpen.yml").write_text("onderwerpen:\n  - {id: a/b, over: iets}\n")
    with pytest.raises(ValueError, match="a/b lacks knop"):
        load_topics(tmp_path)
