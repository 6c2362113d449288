"""Cross-validation: every message is understood by a model that has not learnt from its writer."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import StratifiedKFold

from bot.evaluate.examples import Example, writers
from bot.evaluate.outcomes import Judged, judge
from bot.nlu.decide import Thresholds, decide, settle
from bot.nlu.evidence import Evidence
from bot.nlu.model import Floats, TopicModel, ranked
from bot.nlu.parameters import Parameters
from bot.nlu.ranking import Ranked
from bot.topics import DANGER

Fold = NDArray[np.intp]
"""Positions of the messages that are kept apart together."""
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Predicted:
    """Probabilities for messages that the model had not seen.

    Attributes:
        examples: the messages.
        topics: the columns of ``probabilities``.
        probabilities: a row for each message, adding up to 1.
    """

    examples: Sequence[Example]
    topics: Sequence[str]
    probabilities: Floats

    def judged(self, thresholds: Thresholds) -> list[Judged]:
        """What becomes of the messages with these thresholds; acute need is the detector's, and measured with it."""
        rows = zip(self.examples, self.probabilities, strict=True)
        ours = ((example, row) for example, row in rows if DANGER not in example.accepted)
        return [_judged(example, ranked(self.topics, row), thresholds) for example, row in ours]


def _judged(example: Example, ranking: list[Ranked], thresholds: Thresholds) -> Judged:
    settled = settle(ranking, thresholds)
    return judge(example, settled, decide(settled, thresholds))


def by_writer(examples: Sequence[Example]) -> list[Fold]:
    """One fold for each writer."""
    names = np.array([example.writer for example in examples])
    return [np.flatnonzero(names == writer) for writer in writers(examples)]


def at_random(examples: Sequence[Example], count: int = 5) -> list[Fold]:
    """Folds that take no notice of writers, as ``rasa test nlu --cross-validation`` makes them: too favourable.

    Each has its share of every topic. A topic with fewer messages than folds is missing from some.
    """
    labels = [example.label for example in examples]
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "The least populated class", UserWarning)
        parts = StratifiedKFold(count, shuffle=True, random_state=0).split(labels, labels)
        return [np.sort(apart) for _, apart in parts]


def learn(examples: Sequence[Example], knowledge: Sequence[Evidence], parameters: Parameters) -> TopicModel:
    """A model of these messages and of the knowledge about their topics."""
    messages = [Evidence(example.text, example.label, "bericht") for example in examples]
    known = {example.label for example in examples}
    return TopicModel(parameters).fit([*messages, *(item for item in knowledge if item.topic in known)])


def predict(model: TopicModel, examples: Sequence[Example]) -> Predicted:
    """What a model makes of messages."""
    topics = [str(topic) for topic in model.topics]
    return Predicted(examples, topics, model.probabilities([example.text for example in examples]))


def cross_validate(
    examples: Sequence[Example],
    knowledge: Sequence[Evidence],
    parameters: Parameters,
    folds: Sequence[Fold],
    progress: Progress = lambda line: None,
    jobs: int = 2,
) -> Predicted:
    """The probabilities of each message by a model that learnt from the other folds.

    Args:
        examples: all messages.
        knowledge: facts and terms; they are in every fold's training.
        parameters: of the model.
        folds: together all positions, each once.
        progress: is told of each fold that is done.
        jobs: processes side by side.
    """
    topics = sorted({example.label for example in examples})
    probabilities = np.zeros((len(examples), len(topics)))
    tasks = [(examples, knowledge, parameters, fold) for fold in folds]
    for number, (fold, part) in enumerate(zip(folds, _each(tasks, jobs), strict=True), start=1):
        columns = [topics.index(topic) for topic in part.topics]
        probabilities[fold[:, None], columns] = part.probabilities
        progress(f"fold {number} of {len(folds)}: {', '.join(writers(part.examples)[:3])}")
    return Predicted(examples, topics, probabilities)


_Task = tuple[Sequence[Example], Sequence[Evidence], Parameters, Fold]


def _each(tasks: Sequence[_Task], jobs: int) -> Iterator[Predicted]:
    if jobs == 1:
        yield from map(_fold, tasks)
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(_fold, tasks)


def _fold(task: _Task) -> Predicted:
    examples, knowledge, parameters, fold = task
    apart = set(fold.tolist())
    model = learn([one for at, one in enumerate(examples) if at not in apart], knowledge, parameters)
    return predict(model, [examples[at] for at in fold])
