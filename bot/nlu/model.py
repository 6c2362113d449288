"""The topic model: which of the topics a message is about. Plain scikit-learn, no Rasa.

Two linear models look at tf-idf of words and of characters, and their probabilities are averaged. What was tried
beside them, with figures, is in ``docs/begrijpen.md``.
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
    """Averages a linear support vector machine and complement naive Bayes."""

    def __init__(self, sharpness: float = 3.0) -> None:
        """``sharpness`` is the power to which the average is raised, so that 0.8 means right four times in five."""
        self.sharpness = sharpness
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
        return self

    def probabilities(self, text: str) -> Floats:
        """One probability for each of ``self.topics``; they add up to 1."""
        features = csr_matrix(hstack([part.transform([text]) for part in self._vectorisers]))
        scores = np.asarray(features.data @ self._linear[features.indices])
        size = len(self.topics)
        average = (_softmax(scores[:size] + self._intercept, 0.25) + _softmax(scores[size:], 1.0)) / 2
        sharp = average**self.sharpness
        return np.asarray(sharp / sharp.sum())

    def rank(self, text: str) -> list[Ranked]:
        """All topics, most likely first."""
        probabilities = self.probabilities(text)
        return [Ranked(str(self.topics[i]), float(probabilities[i])) for i in np.argsort(-probabilities)]

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
