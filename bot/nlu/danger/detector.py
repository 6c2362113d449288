"""The detector itself: patterns first, then the linear model."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple, cast

from bot.nlu.danger.patterns import Patterns
from bot.nlu.danger.words import split

Kind = Literal["zelfdoding", "mishandeling", "geweld", "gevaar"]
FOLDER = Path(__file__).resolve().parent
_PATTERN_SCORE = 0.99


class Danger(NamedTuple):
    """A message of acute need.

    Attributes:
        kind: what it is about; it decides the order of the help lines.
        score: how sure, between 0 and 1.
        reason: the name of the pattern, or ``model``; never words of the message.
    """

    kind: Kind
    score: float
    reason: str


class Detector:
    """Recognises messages of acute need; recall comes first."""

    def __init__(self, patterns: Patterns) -> None:
        """See :meth:`load`."""
        self._patterns = patterns

    @classmethod
    def load(cls, path: Path | None = None) -> Detector:
        """The detector of a folder, read once.

        Args:
            path: folder with ``patterns.yml`` and ``model.json``; default: the ones that come with this package.

        Raises:
            PatternError: a phrase in the file cannot be read.
        """
        return _load(path or FOLDER)

    def check(self, text: str) -> Danger | None:
        """Whether ``text`` speaks of acute need; ``None`` for an ordinary message."""
        phrase = self._patterns.find(split(text))
        if phrase:
            return Danger(cast(Kind, phrase.kind), _PATTERN_SCORE, phrase.name)
        return None


@lru_cache(maxsize=4)
def _load(folder: Path) -> Detector:
    return Detector(Patterns.read(folder / "patterns.yml"))
