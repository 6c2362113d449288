"""Which masked questions certainly hold nothing of a person.

The masking at the door takes out what can be recognised; a name that follows no fixed phrase cannot be. So a question
is only shown when every word of it is a word we know: from the messages that were written for training, the answers and
the glossary. A name, a street or a typing error is no such word, and the question is then only counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from bot.content.language import words
from bot.content.reading import read_content
from bot.evaluate.examples import training_messages
from bot.knowledge import load
from bot.nlu.evidence import from_answers, from_knowledge
from bot.privacy.masking import mask

_TOKEN = re.compile(r"\[[a-z]+(?:#\d+)?\]")
_DIGITS = re.compile(r"\d")
_KNOWN_NUMBERS = frozenset({"112", "113"})
_LONGEST_NUMBER = 2
_CAPITAL_INSIDE = re.compile(r"(?<=[\w,;:)] )[A-ZÀ-Þ][\w'-]*")
LONGEST = 300
"""Characters; a long story says who somebody is, also without a name."""


class Certainty:
    """Says of a masked text whether it may be shown."""

    def __init__(self, vocabulary: Iterable[str], names: Iterable[str] = ()) -> None:
        """``vocabulary``: words we know; ``names``: of schools and the like, which may have a capital."""
        self._known = {word.lower() for text in vocabulary for word in words(text)}
        self._capitals = {word for text in names for word in words(text)}

    @classmethod
    def of(cls, root: Path) -> Certainty:
        """With the words of a project."""
        content = read_content(root)[0]
        messages = [example.text for example in training_messages(root / "data" / "nlu")]
        knowledge = [item.text for item in from_knowledge(root / "knowledge", content.topics)]
        answers = [item.text for item in from_answers(root / "data" / "nlu")]
        terms = [name for term in load(root / "knowledge").terms for name in term.names]
        return cls([*messages, *knowledge, *answers, *terms], [*answers, *knowledge, *terms])

    def shows(self, text: str) -> bool:
        """Whether nothing in the text can be of a person, as far as can be known."""
        if len(text) > LONGEST or _TOKEN.search(text):
            return False
        if mask(text, lambda kind, _value: f"[{kind}]").kinds:
            return False
        return all(self._fits(word) for word in words(text)) and all(
            word in self._capitals for word in _CAPITAL_INSIDE.findall(text)
        )

    def _fits(self, word: str) -> bool:
        if _DIGITS.search(word):
            return len(word) <= _LONGEST_NUMBER or word in _KNOWN_NUMBERS
        return word.lower() in self._known
