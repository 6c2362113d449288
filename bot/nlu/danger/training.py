"""Trains the linear model with scikit-learn. Only ``python -m bot.nlu.danger`` imports this, never the door."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from bot.nlu.danger.corpus import Example
from bot.nlu.danger.linear import Model, features, stretches
from bot.nlu.danger.patterns import KINDS
from bot.nlu.danger.words import Word, sentences, split

FALSE_ALARMS = 0.004
"""The share of ordinary messages, look-alikes included, on which the model may speak up (cross-validated)."""
_STRENGTH, _KIND_STRENGTH = 8.0, 10.0
_DIGITS, _LEAST = 3, 0.02
_WEIGHT_DANGER, _WEIGHT_LOOK_ALIKE = 4.0, 3.0
_SEEN_AT_LEAST = 2

Row = dict[str, float]


def train(examples: Sequence[Example], threshold: float = 0.5) -> Model:
    """A model that learns from ``examples``; the same examples in the same order give the same model."""
    rows = [_row(words) for example in examples for words in _learnt_from(example)]
    danger = np.array([example.danger for example in examples for _ in _learnt_from(example)])
    weights = np.array([_weight(example) for example in examples for _ in _learnt_from(example)])
    names = _names(rows)
    fitted = LogisticRegression(C=_STRENGTH, solver="liblinear", random_state=0)
    fitted.fit(_matrix(rows, names), danger, sample_weight=weights)
    listed = _listed(names, fitted.coef_[0])
    return Model(round(float(fitted.intercept_[0]), _DIGITS), threshold, listed, _kinds(examples))


def by_writer(examples: Sequence[Example]) -> Iterator[tuple[Model, list[Example]]]:
    """For each writer: a model that never saw this writer, and the writer's messages."""
    for writer in sorted({example.writer for example in examples}):
        rest = [example for example in examples if example.writer != writer]
        yield train(rest), [example for example in examples if example.writer == writer]


def best_threshold(scored: Sequence[tuple[Example, float]]) -> float:
    """The lowest threshold at which the false alarms stay within :data:`FALSE_ALARMS`."""
    ordinary = sorted((score for example, score in scored if not example.danger), reverse=True)
    allowed = int(len(ordinary) * FALSE_ALARMS)
    return round(ordinary[allowed] + 0.001, _DIGITS) if len(ordinary) > allowed else 0.5


def _learnt_from(example: Example) -> list[list[list[str]]]:
    """The message as a whole and, when it is ordinary, each stretch of it: those are ordinary too."""
    words = split(example.text)
    whole = [sentences(words)]
    if example.danger:
        return whole
    return whole + [sentences(words[start:end]) for start, end in stretches(words) if end - start < len(words)]


def _row(sentences_: list[list[str]]) -> Row:
    """Features of a text with their values: per family the counts over the root of their number."""
    found = [row for sentence in sentences_ for row in features(sentence)]
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
    return csr_matrix(([cell[2] for cell in cells], where), shape=(len(rows), len(names)))


def _listed(names: Sequence[str], weights: Sequence[float]) -> dict[str, float]:
    return {name: round(float(w), _DIGITS) for name, w in zip(names, weights) if abs(w) >= _LEAST}


def _kinds(examples: Sequence[Example]) -> dict[str, dict[str, float]]:
    """Per kind a model on words only, from the messages of which the kind is known."""
    known = [example for example in examples if example.kind]
    rows = [{name: value for name, value in _row(sentences(split(example.text))).items() if " " in name or "_" in name}
            for example in known]
    names = _names(rows)
    matrix = _matrix(rows, names)
    result = {}
    for kind in KINDS:
        fitted = LogisticRegression(C=_KIND_STRENGTH, solver="liblinear", random_state=0, class_weight="balanced")
        fitted.fit(matrix, [example.kind == kind for example in known])
        result[kind] = {"": round(float(fitted.intercept_[0]), _DIGITS), **_listed(names, fitted.coef_[0])}
    return result
