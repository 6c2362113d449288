"""The topic model: which of the topics a message is about. Plain scikit-learn, no Rasa.

Several small linear models look at tf-idf of words and of characters, and their probabilities are averaged; they
err on different messages, so that the average beats each of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import joblib
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.naive_bayes import ComplementNB
from sklearn.svm import LinearSVC

from bot.nlu.text import normalise

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Ranked:
    """A topic with its probability (0 to 1)."""

    topic: str
    probability: float


def _vectorisers() -> list[TfidfVectorizer]:
    words = TfidfVectorizer(
        preprocessor=normalise, token_pattern=r"(?u)\b\w+\b", ngram_range=(1, 2), sublinear_tf=True, dtype=np.float64
    )
    characters = TfidfVectorizer(
        preprocessor=normalise, analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=2, dtype=np.float64
    )
    return [words, characters]


class TopicModel:
    """Averages a linear support vector machine, complement naive Bayes and nearest neighbours."""

    def __init__(self, neighbours: int = 12, temperature: float = 1.0) -> None:
        """``temperature`` above 1 makes the probabilities less sure of themselves."""
        self.neighbours = neighbours
        self.temperature = temperature
        self.topics: NDArray[Any] = np.array([])
        self._vectorisers = _vectorisers()

    def fit(self, texts: Sequence[str], topics: Sequence[str], weights: Sequence[float]) -> TopicModel:
        """Learn from texts with their topic and weight; at least two different topics."""
        features = csr_matrix(hstack([part.fit_transform(texts) for part in self._vectorisers]))
        self.topics, labels = np.unique(np.array(topics), return_inverse=True)
        weight = np.asarray(weights, dtype=np.float64)
        # Each topic weighs the same in total, however many messages it happens to have.
        totals = np.bincount(labels, weights=weight)
        balanced = weight * (totals.mean() / totals[labels])
        machine = LinearSVC(C=0.4).fit(features, labels, sample_weight=balanced)
        bayes = ComplementNB(alpha=0.1).fit(features, labels, sample_weight=balanced)
        # One row per feature: a message touches only the rows of its own features.
        self._linear = np.hstack([machine.coef_.T, bayes.feature_log_prob_.T]).astype(np.float32)
        self._intercept = machine.intercept_
        self._examples = csr_matrix(features.T, dtype=np.float32)
        self._labels, self._weights = labels, weight
        return self

    def probabilities(self, text: str) -> Floats:
        """One probability for each of ``self.topics``; they add up to 1."""
        features = csr_matrix(hstack([part.transform([text]) for part in self._vectorisers]))
        scores = np.asarray(features.data @ self._linear[features.indices])
        size = len(self.topics)
        parts = [
            _softmax(scores[:size] + self._intercept, 0.25),
            _softmax(scores[size:], 1.0),
            self._near(features),
        ]
        mixed = np.exp(np.mean([np.log(part + 1e-4) for part in parts], axis=0) / self.temperature)
        return np.asarray(mixed / mixed.sum())

    def rank(self, text: str) -> list[Ranked]:
        """All topics, most likely first."""
        probabilities = self.probabilities(text)
        return [Ranked(str(self.topics[i]), float(probabilities[i])) for i in np.argsort(-probabilities)]

    def _near(self, features: csr_matrix) -> Floats:
        similarity = np.asarray((features @ self._examples).todense()).ravel() / len(self._vectorisers)
        nearest = np.argpartition(-similarity, self.neighbours)[: self.neighbours]
        votes = np.bincount(
            self._labels[nearest], weights=similarity[nearest] ** 2 * self._weights[nearest], minlength=len(self.topics)
        )
        return np.asarray(votes / votes.sum()) if votes.sum() > 0 else np.full(len(self.topics), 1 / len(self.topics))

    def save(self, path: Path) -> None:
        """Write the model to one file."""
        joblib.dump(self, path, compress=3)

    @staticmethod
    def load(path: Path) -> TopicModel:
        """Read a model that :meth:`save` wrote."""
        model: TopicModel = joblib.load(path)
        return model


def _softmax(scores: Floats, scale: float) -> Floats:
    shifted = np.exp((scores - scores.max()) / scale)
    return np.asarray(shifted / shifted.sum())
