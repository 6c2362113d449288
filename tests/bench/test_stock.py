"""The stock pipeline is measured once for the same messages."""

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from bot.bench import stock
from bot.evaluate.examples import Example

MESSAGES = [
    Example("wat is een tlv", "tlv/uitleg", frozenset(["tlv/uitleg"]), "stem-a", "kort"),
    Example("zoek mijn school", "school/zoeken", frozenset(["school/zoeken"]), "stem-b", "kort"),
]
RESULT = stock.Stock(900.0, 1500.0, 700.0, 20.0, 11.0, 19.0, [["school/zoeken", "tlv/uitleg", "sop/uitleg"]])


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    path = tmp_path / "stock.json"
    path.write_text(json.dumps({"digest": stock.digest(MESSAGES), "stock": asdict(RESULT)}))
    return path


def test_a_result_is_kept_for_the_same_messages(cache: Path) -> None:
    assert stock.known(MESSAGES, cache) == RESULT


def test_another_message_makes_it_old(cache: Path) -> None:
    assert stock.known(MESSAGES[:1], cache) is None


def test_without_a_result_nothing_is_known(tmp_path: Path) -> None:
    assert stock.known(MESSAGES, tmp_path / "stock.json") is None


def test_flat_intents_become_topics_again() -> None:
    ranking = [{"name": "nlu_fallback"}, *({"name": stock.intent(example.label)} for example in MESSAGES)]
    assert stock.topics(ranking) == ["tlv/uitleg", "school/zoeken"]


def test_its_figures_stand_beside_ours() -> None:
    contender = RESULT.contender(MESSAGES[:1])
    assert (contender.first.hits, contender.three.hits) == (0, 1)


def test_both_learn_from_some_messages_of_each_topic() -> None:
    many = [replace(MESSAGES[0], text=f"wat is een tlv {at}") for at in range(50)]
    learnt, test = stock.halves([*many, *MESSAGES])
    assert len(learnt) == stock.PER_TOPIC
    assert {example.writer for example in learnt}.isdisjoint(example.writer for example in test)
