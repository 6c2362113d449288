"""Tolerance for typing errors and missing spaces, towards the words that the patterns use.

A word that exists is never taken for another one: ``protected.txt`` lists the existing words that lie within reach of
a pattern word (``lezen`` beside ``leven``). ``python -m bot.nlu.danger train`` writes that list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

from rapidfuzz.distance import OSA

from bot.nlu.danger.words import Word

_ONE_ERROR, _TWO_ERRORS = 5, 8
"""Shortest pattern word in which one and two typing errors are allowed."""
_LONGEST = 20
_GLUED_FROM = 7
_SMALL = frozenset(
    "ik wil niet nie meer me mij hij ze zij ie hem haar mn mijn een met door aan dood er van te".split()  # noqa: SIM905
)
"""Two words written as one are only split when one of them is so common that it is in few compounds."""
_SHORTEST_PIECE = 3


class Vocabulary(NamedTuple):
    """What the patterns consist of: whole words, beginnings of words, and those in which typing errors are forgiven."""

    words: frozenset[str]
    begins: frozenset[str]
    forgiving: frozenset[str]


class Spelling:
    """Finds the pattern words that a misspelled word may stand for."""

    def __init__(self, vocabulary: Vocabulary, protected: Iterable[str] = ()) -> None:
        """The words of the patterns, and existing words that stay as they are."""
        self._known = vocabulary.words
        self._begins = tuple(begin for begin in vocabulary.begins if len(begin) >= _ONE_ERROR)
        self._protected = frozenset(protected)
        self._by_part: dict[str, list[str]] = {}
        for word in sorted(vocabulary.forgiving):
            for part in _parts(word, _errors(word)):
                self._by_part.setdefault(part, []).append(word)

    def meant(self, word: str) -> list[str]:
        """Pattern words that ``word`` may stand for; empty when it is a pattern word or another existing word."""
        if self._exists(word) or not _ONE_ERROR - 1 <= len(word) <= _LONGEST:
            return []
        near = {known for part in _parts(word, _tries(word)) for known in self._by_part.get(part, ())}
        return sorted(known for known in near if OSA.distance(word, known) <= _errors(known))

    def unglue(self, words: list[Word]) -> list[Word]:
        """The same words with ``wilnietmeer`` as three; positions shift along."""
        result: list[Word] = []
        shift = 0
        for word in words:
            pieces = self._pieces(word.text)
            result.extend(Word(piece, word.position + shift + place) for place, piece in enumerate(pieces))
            shift += len(pieces) - 1
        return result

    def _pieces(self, word: str) -> list[str]:
        if not _GLUED_FROM <= len(word) <= 2 * _LONGEST or self._exists(word) or self.meant(word):
            return [word]
        best: list[list[str] | None] = [[]] + [None] * len(word)
        for end in range(2, len(word) + 1):
            for start in range(max(0, end - 14), end - 1):
                before = best[start]
                if before is not None and self._is_piece(word[start:end]):
                    here = best[end]
                    if here is None or len(before) + 1 < len(here):
                        best[end] = [*before, word[start:end]]
        found = best[-1] or [word]
        return found if len(found) > 2 or _SMALL.intersection(found) else [word]

    def _exists(self, word: str) -> bool:
        return word in self._known or word in self._protected or word.startswith(self._begins)

    def _is_piece(self, text: str) -> bool:
        return text in _SMALL or (len(text) >= _SHORTEST_PIECE and text in self._known)


def _errors(word: str) -> int:
    if len(word) < _ONE_ERROR or not word.isalpha():
        return 0
    return 1 if len(word) < _TWO_ERRORS else 2


def _tries(word: str) -> int:
    """Errors to look for in a word as typed: it may be one letter shorter than the word that was meant."""
    return 1 if len(word) < _TWO_ERRORS - 1 else 2


def _parts(word: str, errors: int) -> Iterator[str]:
    """The word with up to ``errors`` letters left out: two words within that many errors share such a part."""
    for count in range(errors + 1):
        for left_out in combinations(range(len(word)), count):
            yield "".join(char for place, char in enumerate(word) if place not in left_out)
