"""The patterns of ``patterns.yml``: a small notation for phrases that staff can read and extend.

A phrase is a row of words: ``a|b`` is a or b, ``{groep}`` one of a group, ``woord*`` any word that begins so, ``..`` at
most three words of anything, ``...`` at most seven. With ``+`` between them the words may come in any order, close
together. ``^`` and ``$`` stand for the beginning and the end of a sentence. Filler words (``vulwoorden``) are ignored.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import reduce
from operator import or_
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from bot.nlu.danger.spelling import Spelling, Vocabulary
from bot.nlu.danger.words import SENTENCE_JUMP, Word, clean, fold

KINDS = ("zelfdoding", "mishandeling", "geweld", "gevaar")
_GAPS = {"..": 3, "...": 7}
_NEAR = 7
_SHORTEST_PREFIX, _LONG_FOREIGN = 3, 7
_BEGIN, _END = "^", "$"
_Reached = dict[int, tuple[int, ...]]
_Where = dict[int, list[int]]


class PatternError(ValueError):
    """A phrase in the file that cannot be read; the message says which and why."""


class Step(NamedTuple):
    """One place in a phrase: which set of words fits there, and how many other words may come before it."""

    place: int
    gap: int


class Phrase(NamedTuple):
    """A phrase ready to be matched, with the line of the file that it was."""

    kind: str
    name: str
    line: str
    always: bool
    steps: tuple[Step, ...]
    any_order: bool
    needs: int


class Patterns:
    """All phrases of a file.

    Attributes:
        made_with: the writers whose messages were at hand when the phrases were made.
        spelling: looks through typing errors.
    """

    def __init__(self, content: dict[str, Any], protected: Iterable[str] = ()) -> None:
        """Compile the file's content; ``protected`` are existing words that are no typing errors.

        Raises:
            PatternError: a phrase uses an unknown group or kind, or is empty.
        """
        self._exact: dict[str, set[int]] = {}
        self._prefixes: dict[str, set[int]] = {}
        self._forgiving: set[str] = set()
        self._places: dict[frozenset[str], int] = {}
        self.made_with: frozenset[str] = frozenset(content.get("gemaakt_met", ()))
        self._fillers = frozenset(_word(filler) for filler in content.get("vulwoorden", ()))
        self._groups: dict[str, list[str]] = content.get("groepen", {})
        harmless = {"soort": "", "naam": "onschuldig", "zinnen": content.get("onschuldig", ())}
        self._harmless = [self._phrase(harmless, line) for line in harmless["zinnen"]]
        phrases = [self._phrase(block, line) for block in content["patronen"] for line in block["zinnen"]]
        self._always = [phrase for phrase in phrases if phrase.always]
        self._phrases = [phrase for phrase in phrases if not phrase.always]
        words = frozenset(self._exact) | self._fillers
        self.spelling = Spelling(Vocabulary(words, frozenset(self._prefixes), frozenset(self._forgiving)), protected)

    @classmethod
    def read(cls, path: Path, protected: Iterable[str] = ()) -> Patterns:
        """The patterns in ``path``."""
        with path.open(encoding="utf-8") as file:
            return cls(yaml.load(file, getattr(yaml, "CSafeLoader", yaml.SafeLoader)), protected)

    def find(self, words: list[Word]) -> Phrase | None:
        """The first phrase found: those that always count, then the others outside the harmless phrases."""
        where = self._where(self._counted(self.spelling.unglue(words)))
        phrase = _first(self._always, where)
        if phrase:
            return phrase
        struck = {
            place for found in _possible(self._harmless, where) for row in _matches(found, where) for place in row
        }
        _strike(where, struck)
        return _first(self._phrases, where)

    def _counted(self, words: list[Word]) -> list[tuple[Word, int]]:
        """The words, with borders, and the positions that gaps are counted in: a filler shares the next word's."""
        counted = []
        skipped = 0
        for word in _with_borders(words):
            counted.append((word, word.position - skipped))
            skipped += word.text in self._fillers
        return counted

    def _where(self, counted: list[tuple[Word, int]]) -> _Where:
        """For each place that some word fits: the positions of those words; fillers fit nowhere."""
        where: _Where = {}
        for word, position in counted:
            if word.text not in self._fillers:
                for place in self._fits(word.text):
                    where.setdefault(place, []).append(position)
        return where

    def _fits(self, text: str) -> set[int]:
        places = self._exact.get(text, set()) | self._begins(text)
        if not places:
            for meant in self.spelling.meant(text):
                places = places | self._exact.get(meant, set()) | self._begins(meant)
        return places

    def _begins(self, text: str) -> set[int]:
        places: set[int] = set()
        for end in range(_SHORTEST_PREFIX, len(text) + 1):
            found = self._prefixes.get(text[:end])
            if found:
                places |= found
        return places

    def _phrase(self, block: dict[str, Any], line: str) -> Phrase:
        kind, name = block["soort"], block["naam"]
        if kind and kind not in KINDS:
            raise PatternError(f"patroon '{name}': onbekende soort '{kind}'")
        steps: list[Step] = []
        gap = 0
        for part in line.split():
            if part in _GAPS or part == "+":
                gap = _GAPS.get(part, 0)
                continue
            words = self._alternatives(part, name)
            steps.append(Step(self._place(words), gap))
            self._forgiving.update(word.rstrip("*") for word in words if _forgiven(word, block))
            gap = 0
        if not steps:
            raise PatternError(f"patroon '{name}': lege zin '{line}'")
        always = bool(block.get("altijd"))
        return Phrase(kind, name, line, always, tuple(steps), " + " in line, _bits(step.place for step in steps))

    def _alternatives(self, part: str, name: str) -> frozenset[str]:
        words: set[str] = set()
        for choice in part.split("|"):
            if choice.startswith("{"):
                if choice[1:-1] not in self._groups:
                    raise PatternError(f"patroon '{name}': onbekende groep '{choice}'")
                words.update(word for member in self._groups[choice[1:-1]] for word in self._alternatives(member, name))
            elif len(choice.rstrip("*")) < _SHORTEST_PREFIX and choice.endswith("*"):
                raise PatternError(f"patroon '{name}': '{choice}' is te kort voor een begin van een woord")
            else:
                words.add(_word(choice))
        if words <= self._fillers:
            raise PatternError(f"patroon '{name}': '{part}' is een vulwoord en telt niet mee")
        return frozenset(words - self._fillers)

    def _place(self, words: frozenset[str]) -> int:
        if words not in self._places:
            place = self._places[words] = len(self._places)
            for word in words:
                table = self._prefixes if word.endswith("*") else self._exact
                table.setdefault(word.rstrip("*"), set()).add(place)
        return self._places[words]


def _with_borders(words: list[Word]) -> Iterator[Word]:
    """The words with a sign at the beginning and the end of each sentence."""
    last: int | None = None
    for word in words:
        if last is None or word.position - last >= SENTENCE_JUMP:
            if last is not None:
                yield Word(_END, last + 1)
            yield Word(_BEGIN, word.position - 1)
        yield word
        last = word.position
    if last is not None:
        yield Word(_END, last + 1)


def _word(raw: str) -> str:
    star = "*" if raw.endswith("*") else ""
    return clean(fold(str(raw).rstrip("*"))) + star


def _forgiven(word: str, block: dict[str, Any]) -> bool:
    """Whether typing errors in this word are looked through: in other languages only in a long word in our letters."""
    word = word.rstrip("*")
    return block.get("taal", "nl") == "nl" or (word.isascii() and len(word) >= _LONG_FOREIGN)


def _bits(places: Iterable[int]) -> int:
    return reduce(or_, (1 << place for place in places))


def _possible(phrases: list[Phrase], where: _Where) -> list[Phrase]:
    """Those of which every place is fitted by some word: one comparison per phrase, so most are ruled out fast."""
    missing = ~_bits(where) if where else -1
    return [phrase for phrase in phrases if not phrase.needs & missing]


def _first(phrases: list[Phrase], where: _Where) -> Phrase | None:
    return next((phrase for phrase in _possible(phrases, where) if _matches(phrase, where)), None)


def _matches(phrase: Phrase, where: _Where) -> list[tuple[int, ...]]:
    """The positions of the words of each occurrence of the phrase."""
    if any(step.place not in where for step in phrase.steps):
        return []
    if phrase.any_order:
        return _gathered([where[step.place] for step in phrase.steps])
    reached: _Reached = {position: (position,) for position in where[phrase.steps[0].place]}
    for step in phrase.steps[1:]:
        reached = _advance(reached, step.gap, where[step.place])
    return list(reached.values())


def _advance(reached: _Reached, gap: int, positions: list[int]) -> _Reached:
    """From the positions reached so far to those of the next word, at most ``gap`` words further."""
    onward: _Reached = {}
    for position in positions:
        for before in range(position - 1, position - gap - 2, -1):
            if before in reached:
                onward[position] = reached[before] + (position,)
                break
    return onward


def _gathered(lists: list[list[int]]) -> list[tuple[int, ...]]:
    """Occurrences in any order: from each position of the first word, the nearest of the others, no word used twice."""
    sets = [set(positions) for positions in lists[1:]]
    found = []
    for first in lists[0]:
        taken = [first]
        for others in sets:
            near = next((place for place in _around(first) if place in others and place not in taken), None)
            if near is None:
                break
            taken.append(near)
        else:
            found.append(tuple(taken))
    return found


def _around(position: int) -> Iterable[int]:
    """Positions near ``position``, nearest first."""
    for distance in range(1, _NEAR + 1):
        yield position + distance
        yield position - distance


def _strike(where: _Where, struck: set[int]) -> None:
    """Take the words of harmless phrases out of the message."""
    for place in list(where):
        left = [position for position in where[place] if position not in struck]
        if left:
            where[place] = left
        else:
            del where[place]
