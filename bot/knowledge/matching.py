"""Finding names in what a parent typed: whole words, typing errors, words written together or apart."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from rapidfuzz.distance import OSA

T = TypeVar("T")

MIN_SPLIT = 8
"""A name of fewer letters is not recognised when it is written apart: "kom pas" is not Het Kompas."""
_MASKED = re.compile(r"\[[a-z]+(#\d+)?\]")
_DOTTED = re.compile(r"\b(?:\w\.){2,}")
_BRACKETS = re.compile(r"(?<=\w)\((\w)\)(?=\w)")
_WORD = re.compile(r"[^\W_]+")
_SOUNDS = (
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile(r"qu"), "kw"),
    (re.compile(r"c(?=[eiy])"), "s"),
    (re.compile(r"ch"), "g"),
    (re.compile(r"c|ck"), "k"),
    (re.compile(r"th|dt|d$"), "t"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"ij|ei|y"), "i"),
    (re.compile(r"ie"), "i"),
    (re.compile(r"x"), "ks"),
)


@dataclass(frozen=True)
class Word:
    """A word of a message: in lower case without accents, and as it was typed."""

    text: str
    typed: str


def fold(text: str) -> str:
    """Lower case without accents."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def words_of(text: str) -> list[Word]:
    """The words of a message, without masked values; ``t.l.v.`` and ``ad(h)d`` are one word."""
    plain = _DOTTED.sub(lambda found: found[0].replace(".", "") + " ", _MASKED.sub(" ", text))
    plain = _BRACKETS.sub(r"\1", plain)
    return [Word(fold(typed), typed) for typed in _WORD.findall(plain)]


def sound(word: str) -> str:
    """A spelling in which words that sound alike are equal, more or less: ``kristal``, ``cristal``."""
    for pattern, replacement in _SOUNDS:
        word = pattern.sub(replacement, word)
    return word


def tolerance(length: int) -> int:
    """How many typing errors a name of this many letters may have and still be that name."""
    if length < 5:
        return 0
    return 1 if length < 10 else 2 if length < 14 else 3


@dataclass(frozen=True)
class Match(Generic[T]):
    """A name found in a message.

    Attributes:
        start: index of its first word.
        end: index after its last word.
        name: the name found, folded, without spaces.
        errors: typing errors in it; 0 is exact.
        items: what bears this name.
    """

    start: int
    end: int
    name: str
    errors: int
    items: tuple[T, ...]

    def overlaps(self, other: Match[T]) -> bool:
        """Whether both use one and the same word."""
        return self.start < other.end and other.start < self.end


class NameIndex(Generic[T]):
    """Names with what bears them.

    Args:
        entries: a name and what bears it; a name may come more than once.
        never: ordinary words (folded) that are not a name with a typing error in it.
        shortest: names with fewer letters have to be typed without error.
    """

    def __init__(
        self, entries: Iterable[tuple[str, T]], never: Collection[str] = frozenset(), shortest: int = 5
    ) -> None:
        self._items: dict[str, list[T]] = defaultdict(list)
        self._parts: dict[str, tuple[str, ...]] = {}
        for name, item in entries:
            parts = tuple(word.text for word in words_of(name))
            joined = "".join(parts)
            if item not in self._items[joined]:
                self._items[joined].append(item)
            self._parts[joined] = max(self._parts.get(joined, ()), parts, key=len)
        self._never = never
        self._shortest = shortest
        self._by_sound: dict[str, list[str]] = defaultdict(list)
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for name in self._items:
            self._by_sound[sound(name)].append(name)
            self._by_length[len(name)].append(name)
        self._longest = max((len(parts) for parts in self._parts.values()), default=1) + 1

    def find(self, words: Sequence[Word]) -> list[Match[T]]:
        """The names in a message, none overlapping, in order.

        Longer goes before shorter, and a typing error costs three letters. Names that fit equally well in one place
        come together in one match.
        """
        found: list[Match[T]] = []
        for match in sorted(self._all(words), key=lambda m: 3 * m.errors - len(m.name)):
            rivals = [other for other in found if other.overlaps(match)]
            if not rivals:
                found.append(match)
            elif len(rivals) == 1 and _equally_good(rivals[0], match):
                found[found.index(rivals[0])] = _both(rivals[0], match)
        return sorted(found, key=lambda match: match.start)

    def _all(self, words: Sequence[Word]) -> Iterable[Match[T]]:
        for start in range(len(words)):
            for end in range(start + 1, min(len(words), start + self._longest) + 1):
                parts = tuple(word.text for word in words[start:end])
                for name, errors in self._names_like(parts):
                    yield Match(start, end, name, errors, tuple(self._items[name]))

    def _names_like(self, parts: tuple[str, ...]) -> Iterable[tuple[str, int]]:
        typed = "".join(parts)
        if typed in self._items:
            if self._may_be_split(typed, parts):
                yield typed, 0
            return
        if len(typed) < self._shortest or typed in self._never:
            return
        for name, errors in self._misspelt(typed):
            long_enough = len(name) >= self._shortest and _digits(name) == _digits(typed)
            if long_enough and self._may_be_split(name, parts) and self._fits_by_word(name, parts):
                yield name, errors

    def _misspelt(self, typed: str) -> Iterable[tuple[str, int]]:
        """The names this may be, with the number of typing errors; what sounds alike counts as one."""
        typed_sound = sound(typed)
        alike = self._by_sound.get(typed_sound, [])
        yield from ((name, 1) for name in alike)
        margin = tolerance(len(typed) + 3)
        for length in range(len(typed) - margin, len(typed) + margin + 1):
            for name in self._by_length.get(length, ()):
                if name in alike:
                    continue
                errors = OSA.distance(typed, name, score_cutoff=margin)
                # The first letter is seldom wrong; another one makes another word (baken, maken).
                same_start = sound(name[:2])[0] == typed_sound[0]
                if errors <= (tolerance(min(length, len(typed))) if same_start else length >= MIN_SPLIT):
                    yield name, errors

    def _may_be_split(self, name: str, parts: tuple[str, ...]) -> bool:
        return len(parts) <= len(self._parts[name]) or len(name) >= MIN_SPLIT

    def _fits_by_word(self, name: str, parts: tuple[str, ...]) -> bool:
        """No word of a name of several words may be another word: Park Lyceum is not Poort Lyceum."""
        own = self._parts[name]
        if len(own) == 1 or len(own) != len(parts):
            return True
        return all(
            OSA.distance(a, b) <= (max(1, tolerance(len(b))) if len(b) > 3 else 0)
            for a, b in zip(parts, own, strict=True)
        )


def _equally_good(best: Match[T], other: Match[T]) -> bool:
    return (best.start, best.end) == (other.start, other.end) and best.errors == other.errors > 0


def _both(best: Match[T], other: Match[T]) -> Match[T]:
    items = best.items + tuple(item for item in other.items if item not in best.items)
    return Match(best.start, best.end, best.name, best.errors, items)


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit())
