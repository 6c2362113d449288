"""Trains the linear model with scikit-learn. Only ``python -m bot.nlu.danger`` imports this, never the door.

A support vector machine learns the weights. How much its score and a pattern count, and where the thresholds lie (at
the costs in ``config.yml``), is learnt from messages by writers that the machine did not learn from, and that were not
at hand when the patterns were made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, cast

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from bot.nlu.danger.corpus import Example
from bot.nlu.danger.detector import Danger, Kind
from bot.nlu.danger.linear import Model, features, stretches
from bot.nlu.danger.patterns import KINDS, Patterns
from bot.nlu.danger.words import Word, sentences, split
from bot.nlu.parameters import section_of
from bot.settings import ROOT

_SOFTNESS, _KIND_STRENGTH = 0.5, 10.0
_LENGTH = 0.2
"""What the logarithm of the number of words takes off, on the machine's scale; from 0.1 to 0.25 it matters little."""
_DIGITS, _LEAST = 3, 0.02
_WEIGHT_DANGER, _WEIGHT_LOOK_ALIKE = 4.0, 3.0
_SEEN_AT_LEAST = 2
_PARTS = 5

Row = dict[str, float]
Floats = NDArray[np.float64]


class Crossed(NamedTuple):
    """A message with what a model that did not learn from its writer makes of it.

    Attributes:
        example: the message.
        score: log odds of the machine alone.
        pattern: whether a pattern was found.
    """

    example: Example
    score: float
    pattern: bool


class Costs(NamedTuple):
    """What an outcome costs, in questions to a parent: ``kosten_nood`` in ``config.yml``.

    Attributes:
        missed: danger without any help lines.
        below: danger with help lines below an answer only.
        alarm: an ordinary message with help lines first.
        doubt: an ordinary message with help lines below the answer.
        share: of danger among all messages, between 0 and 1.
    """

    missed: float
    below: float
    alarm: float
    doubt: float
    share: float

    @classmethod
    def read(cls, config: Path = ROOT / "config.yml") -> Costs:
        """The table in the configuration.

        Raises:
            KeyError: a cost is missing.
        """
        table = section_of(config)["kosten_nood"]
        return cls(*(float(table[name]) for name in ("gemist", "onder", "vals_alarm", "twijfel", "aandeel")))


class Learner:
    """Messages turned into numbers once, to train on all of them or on some.

    Of an ordinary message each stretch is learnt as well, since a stretch of it is as ordinary as the whole.
    """

    def __init__(self, examples: Sequence[Example], patterns: Patterns) -> None:
        """The same examples in the same order give the same models."""
        self.examples, self._patterns = examples, patterns
        self._words = {example: split(example.text) for example in examples}
        rows, self._owner = [], []
        for example in examples:
            for row in _rows(self._words[example], example.danger):
                rows.append(row)
                self._owner.append(example)
        self._names = _names(rows)
        self._matrix = _matrix(rows, self._names)
        self._kinds = _kinds([(example.kind, self._words[example]) for example in examples if example.kind])

    def train(self, without: frozenset[str] = frozenset()) -> Model:
        """A machine that learns from all messages but those of some writers; it still has to be weighed."""
        chosen = [place for place, example in enumerate(self._owner) if example.writer not in without]
        owners = [self._owner[place] for place in chosen]
        machine = LinearSVC(C=_SOFTNESS, random_state=0)
        danger, counts = [owner.danger for owner in owners], [_weight(owner) for owner in owners]
        machine.fit(self._matrix[chosen], danger, sample_weight=counts)
        weights = dict(zip(self._names, machine.coef_[0], strict=True))
        return Model(float(machine.intercept_[0]), 0.5, weights, {}, length=_LENGTH)

    def cross_validate(self) -> list[Crossed]:
        """Each message by a machine that did not learn from its writer; the writers are kept apart in five groups."""
        found: list[Crossed] = []
        for writers in _groups(self.examples):
            model = self.train(without=writers)
            found += [
                Crossed(one, model.score(self._words[one]), bool(self._patterns.find(self._words[one])))
                for one in self.examples
                if one.writer in writers
            ]
        return found

    def finish(self, crossed: Sequence[Crossed], costs: Costs) -> Model:
        """The model of all messages, weighed and with its thresholds, as it goes into the file."""
        weighed = Weighed.learn(fresh(crossed, self._patterns), costs)
        machine = self.train()
        weights = _listed(list(machine.weights), [weight * weighed.scale for weight in machine.weights.values()])
        bias = round(machine.bias * weighed.scale + weighed.bias, _DIGITS)
        pattern = round(weighed.pattern, _DIGITS)
        story, length = (round(part * weighed.scale, _DIGITS) for part in (machine.story, machine.length))
        return Model(bias, weighed.threshold, weights, self._kinds, pattern, story, length, weighed.doubt)


class Weighed(NamedTuple):
    """How the score of the machine and a pattern become one probability, and from where it is danger, or may be."""

    scale: float
    bias: float
    pattern: float
    threshold: float
    doubt: float

    @classmethod
    def learn(cls, crossed: Sequence[Crossed], costs: Costs) -> Weighed:
        """Fit on cross-validated messages; the thresholds are those that cost least on danger and parents' messages."""
        written = [one for one in crossed if one.example.source == "nood"]
        fitted = LogisticRegression(C=100.0).fit(_signs(written), [one.example.danger for one in written])
        harmless = [one for one in crossed if not one.example.danger]
        ordinary = [one for one in harmless if one.example.source == "onderwerp"] or harmless
        danger = [one for one in crossed if one.example.danger]
        chances, others = (fitted.predict_proba(_signs(some))[:, 1] for some in (danger, ordinary))
        rare, common = costs.share, 1 - costs.share
        doubt = _cheapest(chances, others, rare * (costs.missed - costs.below), common * costs.doubt)
        sure = _cheapest(chances, others, rare * costs.below, common * (costs.alarm - costs.doubt))
        scale, pattern = (float(value) for value in fitted.coef_[0])
        return cls(scale, float(fitted.intercept_[0]), pattern, max(sure, doubt), doubt)

    def danger(self, one: Crossed) -> Danger | None:
        """What the detector says of a message, with the kind that it is."""
        log_odds = self.bias + self.scale * one.score + self.pattern * one.pattern
        chance = float(1 / (1 + np.exp(-log_odds)))
        if chance < self.doubt:
            return None
        return Danger(cast(Kind, one.example.kind), chance, "kruisvalidatie", chance >= self.threshold)


def fresh(crossed: Sequence[Crossed], patterns: Patterns) -> list[Crossed]:
    """Messages of parents and messages written for the detector, without the writers the patterns were made with."""
    return [one for one in crossed if one.example.writer not in patterns.made_with]


def _signs(crossed: Sequence[Crossed]) -> Floats:
    return np.array([[one.score, one.pattern] for one in crossed], dtype=float)


def _cheapest(danger: Floats, ordinary: Floats, dear: float, cheap: float) -> float:
    """The probability at which danger below it (each ``dear``) and what is ordinary above it (``cheap``) cost least."""
    tried = np.unique(np.concatenate([danger, ordinary]).round(_DIGITS))
    below = np.searchsorted(np.sort(danger), tried) / len(danger)
    above = 1 - np.searchsorted(np.sort(ordinary), tried) / len(ordinary)
    return float(tried[np.argmin(dear * below + cheap * above)])


def _groups(examples: Sequence[Example]) -> Iterator[frozenset[str]]:
    writers = sorted({example.writer for example in examples})
    for part in range(min(_PARTS, len(writers))):
        yield frozenset(writers[part::_PARTS])


def _rows(words: list[Word], danger: bool) -> list[Row]:
    parts = [] if danger else [part for part in stretches(words) if part[1] - part[0] < len(words)]
    return [_row(sentences(words))] + [_row(sentences(words[start:end])) for start, end in parts]


def _row(texts: list[list[str]]) -> Row:
    """Features of some sentences with their values: per family the counts over the root of their number."""
    found = [row for sentence in texts for row in features(sentence)]
    families = ([name for row in found for name in row.words], [name for row in found for name in row.pieces])
    return {name: count / len(family) ** 0.5 for family in families for name, count in Counter(family).items()}


def _weight(example: Example) -> float:
    if example.danger:
        return _WEIGHT_DANGER
    return _WEIGHT_LOOK_ALIKE if example.source == "nood" else 1.0


def _names(rows: Sequence[Row]) -> list[str]:
    seen = Counter(name for row in rows for name in row)
    return sorted(name for name, count in seen.items() if count >= _SEEN_AT_LEAST)


def _matrix(rows: Sequence[Row], names: Sequence[str]) -> csr_matrix:
    place = {name: column for column, name in enumerate(names)}
    cells = [(at, place[name], value) for at, row in enumerate(rows) for name, value in row.items() if name in place]
    where = ([cell[0] for cell in cells], [cell[1] for cell in cells])
    values = np.array([cell[2] for cell in cells])
    return csr_matrix((values, where), shape=(len(rows), len(names)))


def _listed(names: Sequence[str], weights: Sequence[float]) -> dict[str, float]:
    return {name: round(float(w), _DIGITS) for name, w in zip(names, weights, strict=True) if abs(w) >= _LEAST}


def _kinds(known: Sequence[tuple[str, list[Word]]]) -> dict[str, dict[str, float]]:
    """Per kind a model on words only, from the messages of which the kind is known."""
    rows = [_word_row(words) for _, words in known]
    names = _names(rows)
    matrix = _matrix(rows, names)
    result = {}
    for kind in KINDS:
        fitted = LogisticRegression(C=_KIND_STRENGTH, solver="liblinear", random_state=0, class_weight="balanced")
        fitted.fit(matrix, [named == kind for named, _ in known])
        result[kind] = {"": round(float(fitted.intercept_[0]), _DIGITS), **_listed(names, fitted.coef_[0])}
    return result


def _word_row(words: list[Word]) -> Row:
    found = [name for sentence in sentences(words) for row in features(sentence) for name in row.words]
    return {name: count / len(found) ** 0.5 for name, count in Counter(found).items()}
