"""The linear model: words, pairs of words and pieces of words, each with a weight, in a plain JSON file.

A message is judged as a whole and per sentence (long sentences in overlapping stretches). The whole decides, but it may
score only so much below or above its worst stretch: one sentence of need in a long story is seen, the story around an
ordinary sentence still counts, and the same words over and over are no danger. More words make a higher sum, so their
number lowers the score. That a pattern was found adds to it. The time is linear in the length.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import accumulate
from math import exp, log, sqrt
from pathlib import Path
from typing import NamedTuple

from bot.nlu.danger.words import Word, sentences

_PIECES = (3, 4, 5)
_STRETCH, _STEP = 24, 12
_FEWEST_WORDS = 3
_SHORTEST = 25
"""A message of fewer words and pairs counts as this long (some seven words): its score is not raised."""
_REACH = 4
"""Two words are a pair when at most this many places apart."""


class Features(NamedTuple):
    """Features of one word: itself with the words before it, and its pieces."""

    words: list[str]
    pieces: list[str]


class _Sums(NamedTuple):
    """Weights and numbers of the features of one word, or of the words up to it."""

    words: float = 0.0
    word_count: int = 0
    pieces: float = 0.0
    piece_count: int = 0


class Model(NamedTuple):
    """Weights as they are in the file.

    Attributes:
        bias: score of an empty message, on the scale of log odds.
        threshold: probability from which a message is danger.
        doubt: probability from which it may be: the help lines then stand below the answer.
        weights: per feature.
        kinds: per kind its own bias (under the empty feature) and weights, to name the danger.
        pattern: what a pattern that was found adds to the score, on the same scale.
        story: the most that the whole message may differ from its worst stretch, on the same scale: however long and
            ordinary the story around it, one sentence of need still counts.
        length: how much the score falls with the logarithm of the number of words, on the same scale.
    """

    bias: float
    threshold: float
    weights: dict[str, float]
    kinds: dict[str, dict[str, float]]
    pattern: float = 0.0
    story: float = 1.0
    length: float = 0.0
    doubt: float = 0.5

    @classmethod
    def read(cls, path: Path) -> Model:
        """The model in ``path``."""
        return cls(**json.loads(path.read_text(encoding="utf-8")))

    def write(self, path: Path) -> None:
        """Write the model; the same weights give the same bytes."""
        text = json.dumps(self._asdict(), ensure_ascii=False, indent=0, sort_keys=True)
        path.write_text(text + "\n", encoding="utf-8")

    def probability(self, words: list[Word], pattern: bool = False) -> float:
        """How likely the message is danger; ``pattern`` says whether a pattern was found in it."""
        return 1 / (1 + exp(-self.score(words) - self.pattern * pattern)) if words else 0.0

    def score(self, words: list[Word]) -> float:
        """Log odds without the patterns: of the whole message, and never far from those of its worst stretch."""
        rows = [self._sums(row) for sentence in sentences(words) for row in features(sentence)]
        upto = [_Sums(), *accumulate(rows, _add)]
        whole = self._part(upto[0], upto[-1])
        parts = [self._part(upto[start], upto[end]) for start, end in stretches(words) if end - start < len(words)]
        worst = max(parts, default=whole)
        return self.bias + min(max(whole, worst - self.story), worst + self.story)

    def kind(self, words: list[Word]) -> str:
        """The kind of danger that fits best."""
        found = [name for row in features([word.text for word in words]) for name in row.words]
        scores = {
            kind: weights[""] + sum(weights.get(name, 0.0) for name in found) / sqrt(len(found) or 1)
            for kind, weights in self.kinds.items()
        }
        return max(scores, key=lambda kind: scores[kind])

    def _sums(self, row: Features) -> _Sums:
        get = self.weights.get
        words, pieces = (sum(get(name, 0.0) for name in names) for names in row)
        return _Sums(words, len(row.words), pieces, len(row.pieces))

    def _part(self, start: _Sums, end: _Sums) -> float:
        count = max(1, end.word_count - start.word_count)
        pieces = (end.pieces - start.pieces) / sqrt(max(1, end.piece_count - start.piece_count))
        return (end.words - start.words) / sqrt(count) + pieces - self.length * log(max(count, _SHORTEST))


def features(words: list[str]) -> list[Features]:
    """The features of each word of one sentence."""
    return [Features(_with_neighbours(words, place), _pieces(word)) for place, word in enumerate(words)]


def stretches(words: list[Word]) -> list[tuple[int, int]]:
    """Which parts of a message are judged: all of it, each sentence, and overlapping parts of a long sentence."""
    found = {(0, len(words))} if words else set()
    start = 0
    for length in map(len, sentences(words)):
        if length >= _FEWEST_WORDS:
            found.update(_parts(start, start + length))
        start += length
    return sorted(found)


def _parts(start: int, end: int) -> Iterator[tuple[int, int]]:
    yield start, end
    if end - start > _STRETCH:
        for begin in range(start, end - _STEP, _STEP):
            yield begin, min(begin + _STRETCH, end)


def _with_neighbours(words: list[str], place: int) -> list[str]:
    word = words[place]
    found = [f" {word}"]
    if place >= 1:
        found.append(f"{words[place - 1]} {word}")
    found += [f"{words[before]}_{word}" for before in range(max(0, place - _REACH), place - 1)]
    return found


def _pieces(word: str) -> list[str]:
    marked = f"<{word}>"
    return [marked[at : at + size] for size in _PIECES for at in range(len(marked) - size + 1)]


def _add(left: _Sums, right: _Sums) -> _Sums:
    return _Sums(
        left.words + right.words,
        left.word_count + right.word_count,
        left.pieces + right.pieces,
        left.piece_count + right.piece_count,
    )
