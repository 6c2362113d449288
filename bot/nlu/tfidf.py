"""What a text is made of: tf-idf of its words and of its characters.

scikit-learn learns it. Reading is done here, one text at a time: its sparse matrices cost more than half of the time
of understanding a message.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.nlu.text import normalise

Places = NDArray[np.intp]
Weights = NDArray[np.float32]


def _vectorisers() -> list[TfidfVectorizer]:
    words = TfidfVectorizer(
        preprocessor=normalise, token_pattern=r"(?u)\b\w+\b", ngram_range=(1, 2), sublinear_tf=True, dtype=np.float64
    )
    characters = TfidfVectorizer(
        preprocessor=normalise, analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=2, dtype=np.float64
    )
    return [words, characters]


@dataclass(frozen=True)
class _Read:
    """One kind of signs: how a text is cut into them, the column of each, and how much it weighs."""

    analyse: Callable[[str], list[str]]
    vocabulary: dict[str, int]
    idf: NDArray[np.float64]

    def row(self, text: str) -> tuple[Places, Weights]:
        counts = Counter(map(self.vocabulary.get, self.analyse(text)))
        counts.pop(None, None)
        places = np.fromiter(counts.keys(), dtype=np.intp, count=len(counts))
        times = np.fromiter(counts.values(), dtype=np.float64, count=len(counts))
        weights = (1 + np.log(times)) * self.idf[places]
        return places, (weights / (np.sqrt(weights @ weights) or 1.0)).astype(np.float32)


class Tfidf:
    """Words, pairs of words, and pieces of two to five characters within words; each kind has length 1 together."""

    def __init__(self) -> None:
        """Knows nothing before :meth:`fit_transform`."""
        self._vectorisers = _vectorisers()
        self._read: list[_Read] = []
        self.size = 0

    def fit_transform(self, texts: Sequence[str]) -> csr_matrix:
        """Learn from texts, and give a row for each."""
        features = csr_matrix(hstack([part.fit_transform(texts) for part in self._vectorisers]))
        self._read = [_Read(part.build_analyzer(), part.vocabulary_, part.idf_) for part in self._vectorisers]
        self.size = features.shape[1]
        return features

    def transform(self, texts: Sequence[str]) -> csr_matrix:
        """A row for each text."""
        rows = [self.row(text) for text in texts]
        starts = np.cumsum([0, *(len(places) for places, _ in rows)])
        places, weights = (np.concatenate(parts) for parts in zip(*rows, strict=True))
        return csr_matrix((weights, places, starts), shape=(len(rows), self.size))

    def row(self, text: str) -> tuple[Places, Weights]:
        """The columns that a text has something in, with how much."""
        parts, before = [], 0
        for one in self._read:
            places, weights = one.row(text)
            parts.append((places + before, weights))
            before += len(one.vocabulary)
        places, weights = (np.concatenate(part) for part in zip(*parts, strict=True))
        return places, weights
