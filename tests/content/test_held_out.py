"""The questions with which the assistant is tested are in no training data; the tests mean nothing otherwise."""

import json

import pytest

from bot.content.messages import check_held_out
from bot.content.reading import read_content
from bot.content.tests_reading import VALIDATION, own_questions, read_turns, read_validation
from bot.settings import ROOT


@pytest.fixture(scope="module")
def content():
    found, complaints = read_content(ROOT)
    assert complaints == []
    return found


def test_no_validation_line_or_close_variant_is_in_the_training_data(content):
    told = [complaint.shown(ROOT) for complaint in check_held_out(content, list(read_validation(ROOT)))]
    assert not told, "\n".join(told)


def test_no_question_of_the_conversations_per_theme_is_in_the_training_data(content):
    told = [complaint.shown(ROOT) for complaint in check_held_out(content, own_questions(read_turns(content, [])))]
    assert not told, "\n".join(told)


def test_every_topic_has_a_question_of_its_own_that_goes_right(content):
    asked = {turn.topics[0] for turn in read_turns(content, []) if turn.text and turn.topics and not turn.known_miss}
    assert asked >= content.topics.keys()


def test_the_validation_set_names_known_topics(content):
    lines = (ROOT / VALIDATION).read_text(encoding="utf-8").splitlines()
    named = {topic for line in map(json.loads, lines) for topic in (line["label"], *line["also_ok"])}
    assert named <= content.topics.keys()
