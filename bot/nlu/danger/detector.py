"""The detector itself: a linear model, for which a pattern that was found is one more sign."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple, cast

from bot.nlu.danger.linear import Model
from bot.nlu.danger.patterns import Patterns
from bot.nlu.danger.words import split

Kind = Literal["zelfdoding", "mishandeling", "geweld", "gevaar"]
FOLDER = Path(__file__).resolve().parent
PATTERNS, MODEL, PROTECTED = "patterns.yml", "model.json", "protected.txt"
_PATTERN_ALONE = 0.99
_LONG, _CLOSE, _STEP = 60, 8, 2
"""In more words than the first, a pattern is also judged with the few words around it: a story cannot hide it."""
_FEW, _DOUBT_OF_FEW = 8, 0.35
"""So few words are mostly an answer to the chat ("maakt niet uit"): they must resemble need more to be doubted."""


class Danger(NamedTuple):
    """A message of acute need, or one that may be.

    Attributes:
        kind: what it is about.
        score: how sure, between 0 and 1.
        reason: the name of the pattern, or ``model``; never words of the message.
        sure: the help lines come first; otherwise they stand below the answer, and nobody is alarmed.
    """

    kind: Kind
    score: float
    reason: str
    sure: bool = True


def need(danger: Danger | None) -> str:
    """The kind of acute need when it is sure, otherwise empty."""
    return danger.kind if danger is not None and danger.sure else ""


class Detector:
    """Recognises messages of acute need; recall comes first."""

    def __init__(self, patterns: Patterns, model: Model | None = None) -> None:
        """Patterns alone, or with the linear model; see :meth:`load`."""
        self.patterns = patterns
        self._model = model

    @classmethod
    def load(cls, path: Path | None = None) -> Detector:
        """The detector of a folder, read once per process.

        Args:
            path: folder with ``patterns.yml``, ``model.json`` and ``protected.txt``; without the last two the patterns
                work alone and forgive typing errors more freely. Default: the files that come with this package.

        Raises:
            PatternError: a phrase in the file cannot be read.
        """
        return _load(path or FOLDER)

    def check(self, text: str) -> Danger | None:
        """Whether ``text`` speaks of acute need, or may; ``None`` for an ordinary message."""
        words = split(text)
        phrase = self.patterns.find(words)
        if self._model is None:
            return Danger(cast(Kind, phrase.kind), _PATTERN_ALONE, phrase.name) if phrase else None
        score = self._model.probability(words, bool(phrase))
        if phrase and len(words) > _LONG:
            close = (self._model.probability(words[at : at + _CLOSE], True) for at in range(0, len(words), _STEP))
            score = max(score, *close)
        if score < (self._model.doubt if len(words) > _FEW else max(self._model.doubt, _DOUBT_OF_FEW)):
            return None
        kind, reason = (phrase.kind, phrase.name) if phrase else (self._model.kind(words), "model")
        return Danger(cast(Kind, kind), round(score, 3), reason, score >= self._model.threshold)


@lru_cache(maxsize=4)
def _load(folder: Path) -> Detector:
    protected, model = folder / PROTECTED, folder / MODEL
    known = protected.read_text(encoding="utf-8").split() if protected.exists() else []
    return Detector(Patterns.read(folder / PATTERNS, known), Model.read(model) if model.exists() else None)
