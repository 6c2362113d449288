"""The patterns of ``patterns.yml``: a small notation for phrases that staff can read and extend.

A phrase is a row of words: ``a|b`` is a or b, ``{groep}`` one of a group, ``woord*`` any word that begins so, ``..`` at
most three words of anything, ``...`` at most seven. Filler words (``vulwoorden``) are ignored on both sides.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from bot.nlu.danger.words import Word, clean, fold

KINDS = ("zelfdoding", "mishandeling", "geweld", "gevaar")
_GAPS = {"..": 3, "...": 7}
_Reached = dict[int, tuple[int, ...]]


class PatternError(ValueError):
    """A phrase in the file that cannot be read; the message says which and why."""


class Step(NamedTuple):
    """One place in a phrase: which set of words fits there, and how many other words may come before it."""

    place: int
    gap: int


class Phrase(NamedTuple):
    """A phrase ready to be matched."""

    kind: str
    name: str
    steps: tuple[Step, ...]
    needs: frozenset[int]


class Patterns:
    """All phrases of a file."""

    def __init__(self, content: dict[str, Any]) -> None:
        """Compile the file's content.

        Raises:
            PatternError: a phrase uses an unknown group or kind, or is empty.
        """
        self.exact: dict[str, set[int]] = {}
        self.prefixes: dict[str, set[int]] = {}
        self._places: dict[frozenset[str], int] = {}
        self._fillers = frozenset(_word(filler) for filler in content.get("vulwoorden", ()))
        self._groups: dict[str, list[str]] = content.get("groepen", {})
        self._harmless = [self._phrase("", "onschuldig", line) for line in content.get("onschuldig", ())]
        self._phrases = [
            self._phrase(block["soort"], block["naam"], line) for block in content["patronen"] for line in block["zinnen"]
        ]

    @classmethod
    def read(cls, path: Path) -> Patterns:
        """The patterns in ``path``."""
        with path.open(encoding="utf-8") as file:
            return cls(yaml.load(file, getattr(yaml, "CSafeLoader", yaml.SafeLoader)))

    def find(self, words: list[Word]) -> Phrase | None:
        """The first phrase that occurs in ``words`` outside the harmless phrases."""
        where = self._where(words)
        for phrase in self._harmless:
            for reached in self._matches(phrase, where):
                _strike(where, phrase, reached)
        present = where.keys()
        for phrase in self._phrases:
            if phrase.needs <= present and self._matches(phrase, where):
                return phrase
        return None

    def _where(self, words: list[Word]) -> dict[int, list[int]]:
        """For each place that some word fits: the positions, fillers not counted."""
        where: dict[int, list[int]] = {}
        skipped = 0
        for word in words:
            if word.text in self._fillers:
                skipped += 1
                continue
            for place in self._fits(word.text):
                where.setdefault(place, []).append(word.position - skipped)
        return where

    def _fits(self, text: str) -> Iterable[int]:
        places = self.exact.get(text, set())
        for end in range(3, min(len(text), 14) + 1):
            found = self.prefixes.get(text[:end])
            if found:
                places = places | found
        return places

    def _matches(self, phrase: Phrase, where: dict[int, list[int]]) -> list[tuple[int, ...]]:
        if not phrase.needs <= where.keys():
            return []
        reached: _Reached = {position: (position,) for position in where[phrase.steps[0].place]}
        for step in phrase.steps[1:]:
            reached = _advance(reached, step.gap, where[step.place])
            if not reached:
                return []
        return list(reached.values())

    def _phrase(self, kind: str, name: str, line: str) -> Phrase:
        if kind and kind not in KINDS:
            raise PatternError(f"patroon '{name}': onbekende soort '{kind}'")
        steps, gap = [], 0
        for part in line.split():
            if part in _GAPS:
                gap = _GAPS[part]
                continue
            words = self._alternatives(part, name)
            if words:
                steps.append(Step(self._place(words), gap))
                gap = 0
        if not steps:
            raise PatternError(f"patroon '{name}': lege zin '{line}'")
        return Phrase(kind, name, tuple(steps), frozenset(step.place for step in steps))

    def _alternatives(self, part: str, name: str) -> frozenset[str]:
        words: set[str] = set()
        for choice in part.split("|"):
            if choice.startswith("{"):
                if choice[1:-1] not in self._groups:
                    raise PatternError(f"patroon '{name}': onbekende groep '{choice}'")
                words.update(word for member in self._groups[choice[1:-1]] for word in self._alternatives(member, name))
            else:
                words.add(_word(choice))
        return frozenset(words - self._fillers)

    def _place(self, words: frozenset[str]) -> int:
        if words not in self._places:
            place = self._places[words] = len(self._places)
            for word in words:
                table = self.prefixes if word.endswith("*") else self.exact
                table.setdefault(word.rstrip("*"), set()).add(place)
        return self._places[words]


def _word(raw: str) -> str:
    star = "*" if raw.endswith("*") else ""
    return clean(fold(str(raw).rstrip("*"))) + star


def _advance(reached: _Reached, gap: int, positions: list[int]) -> _Reached:
    """From the positions reached so far to those of the next word, at most ``gap`` words further."""
    onward: _Reached = {}
    for position in positions:
        for before in range(position - 1, position - gap - 2, -1):
            if before in reached:
                onward[position] = reached[before] + (position,)
                break
    return onward


def _strike(where: dict[int, list[int]], phrase: Phrase, reached: tuple[int, ...]) -> None:
    """Take the words of a harmless phrase out of the message."""
    struck = set(reached)
    for place in list(where):
        left = [position for position in where[place] if position not in struck]
        if left:
            where[place] = left
        else:
            del where[place]
