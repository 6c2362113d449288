"""Keyword search (BM25) over answers and facts: what a search box on the same pages would find."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from math import log

from bot.nlu.evidence import Evidence
from bot.nlu.text import normalise

K1, B = 1.5, 0.75
"""How soon a repeated word stops counting, and how much a long text is held against it: the usual values."""
_WORD = re.compile(r"\w+")


def words(text: str) -> list[str]:
    """The words of a text as the model sees them."""
    return _WORD.findall(normalise(text))


class KeywordSearch:
    """Ranks topics by the words that a message shares with all that is written about them."""

    def __init__(self, evidence: Iterable[Evidence]) -> None:
        """One document for each topic: all its texts together."""
        documents: dict[str, Counter[str]] = defaultdict(Counter)
        for item in evidence:
            documents[item.topic].update(words(item.text))
        self.topics = sorted(documents)
        lengths = {topic: sum(counts.values()) for topic, counts in documents.items()}
        mean = sum(lengths.values()) / max(len(lengths), 1)
        self._postings: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for topic, counts in documents.items():
            damping = K1 * (1 - B + B * lengths[topic] / mean)
            for word, count in counts.items():
                self._postings[word].append((topic, count * (K1 + 1) / (count + damping)))

    def rank(self, text: str) -> list[str]:
        """Topics that share a word with ``text``, best first."""
        scores: dict[str, float] = defaultdict(float)
        for word in words(text):
            postings: Sequence[tuple[str, float]] = self._postings.get(word, ())
            rarity = log(1 + (len(self.topics) - len(postings) + 0.5) / (len(postings) + 0.5))
            for topic, weight in postings:
                scores[topic] += rarity * weight
        return sorted(scores, key=lambda topic: -scores[topic])
