"""Cross-validation never shows a model the writer it is measured on."""

from pathlib import Path

import numpy as np
import pytest

from bot.evaluate.examples import Example, training_messages
from bot.evaluate.folds import at_random, by_writer, cross_validate
from bot.nlu.decide import Thresholds
from bot.nlu.parameters import Parameters


@pytest.fixture
def messages(themes: Path) -> list[Example]:
    return training_messages(themes)


def test_a_fold_holds_one_writer_and_all_its_messages(messages: list[Example]) -> None:
    folds = by_writer(messages)
    assert sorted(np.concatenate(folds)) == list(range(len(messages)))
    assert [{messages[at].writer for at in fold} for fold in folds] == [{"stem-a"}, {"stem-b"}, {"stem-c"}]


def test_random_folds_are_the_same_each_time(messages: list[Example]) -> None:
    first, second = at_random(messages), at_random(messages)
    assert sorted(np.concatenate(first)) == list(range(len(messages)))
    assert all((one == other).all() for one, other in zip(first, second, strict=True))


@pytest.mark.parametrize("jobs", [1, 2])
def test_each_message_is_predicted_once(messages: list[Example], jobs: int) -> None:
    told: list[str] = []
    predicted = cross_validate(messages, [], Parameters(), by_writer(messages), told.append, jobs)
    assert predicted.probabilities.sum(axis=1) == pytest.approx(np.ones(len(messages)))
    assert all(one.top_right for one in predicted.judged(Thresholds()))
    assert len(told) == 3


def test_a_topic_of_one_writer_cannot_be_found(messages: list[Example]) -> None:
    only = Example("iets van een ander", "sop/uitleg", frozenset(["sop/uitleg"]), "stem-a", "kort")
    predicted = cross_validate([*messages, only], [], Parameters(), by_writer([*messages, only]), jobs=1)
    assert predicted.probabilities[-1][predicted.topics.index("sop/uitleg")] == 0
