"""The topic model: which of the topics a message is about. Plain scikit-learn, no Rasa.

Two linear models look at tf-idf of words and of characters: a support vector machine, which draws the borders between
topics, and naive Bayes, which knows what each topic sounds like. Their scores are added, each with a weight, and made
into probabilities. What was tried beside them, with figures, is in ``docs/begrijpen.md``.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import joblib
import numpy as np
from numpy.typing import NDArray
from sklearn.naive_bayes import MultinomialNB
from sklearn.svm import LinearSVC

from bot.nlu.evidence import Evidence, weights
from bot.nlu.parameters import Parameters
from bot.nlu.ranking import Ranked
from bot.nlu.tfidf import Tfidf

Floats = NDArray[np.float64]
MODEL_FILE = "topics.joblib"
"""Its name inside a trained Rasa model."""
SOFTNESS, SMOOTHING = 1.0, 0.01
"""C of the support vector machine, and alpha of naive Bayes."""
_HARDLY = 1e-5
"""No reading of a message that leans makes a topic less likely than this."""


class TopicModel:
    """Adds the scores of a linear support vector machine and of naive Bayes."""

    def __init__(self, parameters: Parameters | None = None) -> None:
        """``parameters`` are those of ``config.yml``; without them the defaults."""
        self.parameters = parameters or Parameters()
        self.topics: NDArray[Any] = np.array([])
        self.tfidf = Tfidf()

    def fit(self, evidence: Sequence[Evidence]) -> TopicModel:
        """Learn from texts with their topic; at least two different topics."""
        features = self.tfidf.fit_transform([item.text for item in evidence])
        self.topics, labels = np.unique(np.array([item.topic for item in evidence]), return_inverse=True)
        weight = np.asarray(weights(evidence, self.parameters.weights), dtype=np.float64)
        # Each topic weighs the same in total, however many messages it happens to have.
        totals = np.bincount(labels, weights=weight)
        balanced = weight * (totals.mean() / totals[labels])
        machine = LinearSVC(C=SOFTNESS).fit(features, labels, sample_weight=balanced)
        bayes = MultinomialNB(alpha=SMOOTHING).fit(features, labels, sample_weight=balanced)
        mix = self.parameters.mix
        # The scores only ever meet as a sum, and a sum of linear models is one. A row for each feature: a message
        # touches only the rows of its own.
        self._linear = (mix.machine * machine.coef_ + mix.bayes * bayes.feature_log_prob_).T.astype(
            np.float32, order="C"
        )
        self._intercept = mix.machine * machine.intercept_
        return self

    def probabilities(self, texts: Sequence[str]) -> Floats:
        """A row for each text with a probability for each of ``self.topics``; a row adds up to 1."""
        return softmax(np.vstack([self._scores(text) for text in texts]) + self._intercept)

    def _scores(self, text: str) -> Floats:
        places, weights = self.tfidf.row(text)
        return np.asarray(weights @ self._linear[places])

    def rank(self, text: str) -> list[Ranked]:
        """All topics, most likely first."""
        return ranked(self.topics, self.probabilities([text])[0])

    def rank_both(self, alone: str, together: str, weights: tuple[float, float]) -> list[Ranked]:
        """All topics for one message in two readings.

        Args:
            alone: the message.
            together: the message with what was said before it.
            weights: of each reading: its log probabilities count this often.
        """
        both = np.log(np.maximum(self.probabilities([alone, together]), _HARDLY))
        return ranked(self.topics, softmax((np.asarray(weights) @ both)[None, :])[0])

    def save(self, path: Path) -> None:
        """Write the model to one file."""
        joblib.dump(self, path, compress=3)

    @staticmethod
    def load(path: Path) -> TopicModel:
        """Read a model that :meth:`save` wrote."""
        model: TopicModel = joblib.load(path)
        return model


def ranked(topics: Sequence[str] | NDArray[Any], probabilities: Floats) -> list[Ranked]:
    """The topics with their probabilities, most likely first."""
    return [Ranked(str(topics[i]), float(probabilities[i])) for i in np.argsort(-probabilities, kind="stable")]


def softmax(scores: Floats) -> Floats:
    """Probabilities of rows of scores."""
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=1, keepdims=True))
