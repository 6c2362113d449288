"""Which messages say the same in nearly the same words.

A ratio of letters alone calls "wat is een sbo" and "wat is een sop" alike, and they are as different as can be. So
two messages are near copies when their telling words are alike (word order aside) and the telling words that only one
of them has are alike too: a typing error, or words written apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from rapidfuzz import fuzz, process

from bot.nlu.text import normalise

ALIKE = 85
"""From here (0 to 100) the telling words of two messages may say the same."""
_SAME_WORD = 88
# A shorter rest is an abbreviation or a small word, of which one letter more or less is another word.
_SHORTEST = 5
# Fewer telling words than this say too little by themselves: then the whole text must be alike.
_ENOUGH_WORDS = 3
_FEW_WORDS_ALIKE = 85
_ROWS = 500
_WORD = re.compile(r"[\w']+")
_SMALL_WORDS = """
    de het een 't t n ik je jij u wij we ons onze mijn mn m'n me mij zijn z'n zn haar hem hij zij ze die dat dit deze er
    en of maar dan ook nog al toch wel eens even eigenlijk nou dus zo heel erg gewoon precies graag aub alstublieft
    hallo hoi goedemorgen goedemiddag goedenavond zoon dochter kind kinderen zoontje dochtertje jongen meisje kleinzoon
    kleindochter is was ben wordt word heeft heb hebben kan kun kunt kunnen mag mogen moet moeten wil wilt willen gaat
    gaan doen doet in op bij van voor naar met om te aan uit over tot als door vr nr vd almere 0
"""
_SMALL = frozenset(_SMALL_WORDS.split())


@dataclass(frozen=True)
class Likeness:
    """Two messages that say the same, by their positions.

    Attributes:
        first: in the texts given.
        second: in the texts given, or in the texts compared with.
        ratio: 0 to 100, over all words; 100 is the same text but for capitals, accents and punctuation.
    """

    first: int
    second: int
    ratio: float


class _Words:
    """The words of many texts, prepared for comparing."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.all = [_words_of(text) for text in texts]
        self.telling = [_telling(words) for words in self.all]

    def forms(self) -> Iterator[list[str]]:
        """The telling words in their own order, and in the order of the alphabet."""
        yield [" ".join(words) for words in self.telling]
        yield [" ".join(sorted(words)) for words in self.telling]


@lru_cache(maxsize=50_000)
def _words_of(text: str) -> list[str]:
    # Every message is held against the others and against the questions of the test: its words are found once.
    return _WORD.findall(normalise(text))


def near_copies(texts: Sequence[str]) -> list[Likeness]:
    """All pairs among these texts, in their order."""
    words = _Words(texts)
    return _likenesses(words, words, {pair for form in words.forms() for pair in _pairs_within(form)})


def copies_of(texts: Sequence[str], others: Sequence[str]) -> list[Likeness]:
    """All pairs of one of these texts and one of the others."""
    words, other_words = _Words(texts), _Words(others)
    forms = zip(words.forms(), other_words.forms(), strict=True)
    return _likenesses(words, other_words, {pair for form, other in forms for pair in _pairs(form, other, 0)})


def _telling(words: list[str]) -> list[str]:
    telling = [word for word in words if word not in _SMALL]
    return telling if len(telling) > 1 else words


def _pairs_within(form: list[str]) -> Iterator[tuple[int, int]]:
    for start in range(0, len(form), _ROWS):
        for first, second in _pairs(form[start : start + _ROWS], form[start:], start):
            if first < second:
                yield first, second


def _pairs(form: list[str], others: list[str], start: int) -> Iterator[tuple[int, int]]:
    if not form or not others:
        return
    ratios: Any = process.cdist(form, others, scorer=fuzz.ratio, score_cutoff=ALIKE, dtype=np.uint8, workers=-1)
    for first, second in zip(*np.nonzero(ratios), strict=True):
        yield start + int(first), start + int(second)


def _likenesses(words: _Words, others: _Words, pairs: set[tuple[int, int]]) -> list[Likeness]:
    likes = (
        Likeness(first, second, fuzz.ratio(" ".join(words.all[first]), " ".join(others.all[second])))
        for first, second in sorted(pairs)
        if _says_the_same(words.all[first], others.all[second])
    )
    return [like for like in likes if len(words.telling[like.first]) >= _ENOUGH_WORDS or like.ratio >= _FEW_WORDS_ALIKE]


def _says_the_same(words: list[str], others: list[str]) -> bool:
    if not words or not others:
        return False  # emoji only
    rest, other_rest = _rest(words, others), _rest(others, words)
    if not rest and not other_rest:
        return True
    return min(len(rest), len(other_rest)) >= _SHORTEST and fuzz.ratio(rest, other_rest) >= _SAME_WORD


def _rest(words: list[str], others: list[str]) -> str:
    """The telling words that the other has not, written together: "school advies" is "schooladvies"."""
    known = _SMALL.union(others)
    return "".join(word for word in words if word not in known)
