"""Ours beside keyword search on one fixed split, and how much more messages would bring."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.evaluate.examples import Example, split, writers
from bot.evaluate.folds import Progress, learn, predict
from bot.evaluate.keywords import KeywordSearch
from bot.evaluate.measures import Rate, by_writer_bootstrap
from bot.nlu.evidence import Evidence
from bot.nlu.model import ranked
from bot.nlu.parameters import Parameters

HELD_OUT = ("stem-03", "stem-05", "stem-07")
"""The writers of the fixed split, kept apart: one types fast, one tells long stories, one is still learning Dutch."""
SIZES = (2, 5, 10, 20, 40)


@dataclass(frozen=True)
class Contender:
    """One way to find the topic, on the fixed split.

    Attributes:
        name: in Dutch, for the report.
        first: the topic that came first is right.
        three: a right topic is among the first three.
    """

    name: str
    first: Rate
    three: Rate


def fixed_split(examples: Sequence[Example]) -> tuple[list[Example], list[Example]]:
    """Training and test messages of the fixed split; with other writers than ours, the last third is kept apart."""
    names = writers(examples)
    apart = [name for name in HELD_OUT if name in names] or names[-max(1, len(names) // 3) :]
    return split(examples, apart)


def contend(name: str, rankings: Sequence[Sequence[str]], examples: Sequence[Example]) -> Contender:
    """Count the rankings that begin with a right topic, and those that have one among the first three."""
    groups = [example.writer for example in examples]
    pairs = list(zip(rankings, examples, strict=True))
    first = [bool(example.accepted & set(ranking[:1])) for ranking, example in pairs]
    three = [bool(example.accepted & set(ranking[:3])) for ranking, example in pairs]
    return Contender(name, by_writer_bootstrap(first, groups), by_writer_bootstrap(three, groups))


def keyword_search(examples: Sequence[Example], texts: Sequence[Evidence]) -> Contender:
    """Keyword search over ``texts``: answers, facts and terms."""
    search = KeywordSearch(texts)
    return contend("Zoeken op woorden (BM25)", [search.rank(example.text) for example in examples], examples)


def ours(
    name: str,
    train: Sequence[Example],
    test: Sequence[Example],
    knowledge: Sequence[Evidence],
    parameters: Parameters,
) -> Contender:
    """Our model, trained on ``train``."""
    predicted = predict(learn(train, knowledge, parameters), test)
    rankings = [[entry.topic for entry in ranked(predicted.topics, row)] for row in predicted.probabilities]
    return contend(name, rankings, test)


def learning_curve(
    train: Sequence[Example],
    test: Sequence[Example],
    knowledge: Sequence[Evidence],
    parameters: Parameters,
    progress: Progress = lambda line: None,
) -> list[tuple[int, Contender]]:
    """Our model with ever more messages for each topic; the last point has them all."""
    largest = max(Counter(example.label for example in train).values())
    points = []
    for size in [*(size for size in SIZES if size < largest), largest]:
        points.append((size, ours(f"{size} per onderwerp", some(train, size), test, knowledge, parameters)))
        progress(f"learning curve: {size} messages for each topic")
    return points


def some(examples: Sequence[Example], size: int) -> list[Example]:
    """At most so many messages of each topic, always the same ones."""
    taken: Counter[str] = Counter()
    chosen = []
    for at in np.random.default_rng(0).permutation(len(examples)):
        example = examples[at]
        taken[example.label] += 1
        if taken[example.label] <= size:
            chosen.append(example)
    return chosen
