"""Trains the linear model with scikit-learn. Only ``python -m bot.nlu.danger`` imports this, never the door."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from bot.nlu.danger.corpus import Example
from bot.nlu.danger.linear import Model, features, stretches
from bot.nlu.danger.patterns import KINDS, Patterns
from bot.nlu.danger.words import Word, sentences, split

FALSE_ALARMS = 0.006
"""The share of ordinary messages, look-alikes included, on which the model may speak up (cross-validated)."""
_STRENGTH, _KIND_STRENGTH = 8.0, 10.0
_DIGITS, _LEAST = 3, 0.02
_WEIGHT_DANGER, _WEIGHT_LOOK_ALIKE = 4.0, 3.0
_SEEN_AT_LEAST = 2

Row = dict[str, float]


class Learner:
    """Messages turned into numbers once, to train on all of them or on all but one writer's.

    Of an ordinary message each stretch is learnt as well, since a stretch of it is as ordinary as the whole.
    """

    def __init__(self, examples: Sequence[Example], patterns: Patterns) -> None:
        """The same examples in the same order give the same models; they see the words that ``patterns`` leave."""
        self.examples = examples
        self._words = {example: patterns.judge(split(example.text)).words for example in examples}
        rows, self._owner = [], []
        for example in examples:
            for row in _rows(self._words[example], example.danger):
                rows.append(row)
                self._owner.append(example)
        self._names = _names(rows)
        self._matrix = _matrix(rows, self._names)
        self._kinds = _kinds([(example.kind, self._words[example]) for example in examples if example.kind])

    def train(self, without: str = "", threshold: float = 0.5) -> Model:
        """A model that learns from all messages but those of the writer ``without``."""
        chosen = [place for place, example in enumerate(self._owner) if example.writer != without]
        owners = [self._owner[place] for place in chosen]
        fitted = LogisticRegression(C=_STRENGTH, solver="liblinear", random_state=0)
        danger, weights = [owner.danger for owner in owners], [_weight(owner) for owner in owners]
        fitted.fit(self._matrix[chosen], danger, sample_weight=weights)
        listed = _listed(self._names, fitted.coef_[0])
        return Model(round(float(fitted.intercept_[0]), _DIGITS), threshold, listed, self._kinds)

    def by_writer(self) -> Iterator[tuple[Model, list[Example]]]:
        """For each writer: a model that never saw this writer, and the writer's messages."""
        for writer in sorted({example.writer for example in self.examples}):
            yield self.train(writer), [example for example in self.examples if example.writer == writer]

    def threshold(self) -> float:
        """The lowest threshold at which the false alarms, cross-validated, stay within :data:`FALSE_ALARMS`."""
        ordinary = sorted(
            model.probability(self._words[example])
            for model, held in self.by_writer()
            for example in held
            if not example.danger
        )
        allowed = int(len(ordinary) * FALSE_ALARMS)
        return round(ordinary[-1 - allowed] + 10**-_DIGITS, _DIGITS) if ordinary else 0.5


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
