"""In which language a message is, when it is clearly not Dutch. No Rasa import.

Short messages are judged by word lists, longer ones by lingua in low-accuracy mode with a margin: a message is Dutch
unless it clearly is not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from lingua import Language, LanguageDetector, LanguageDetectorBuilder

OTHER = "xx"
"""The code of a language that is not Dutch and has no text of its own."""

FEW_WORDS = 3
"""Up to this many words lingua guesses wildly: then only the word lists count."""

_CERTAIN, _CERTAIN_OTHER = 0.9, 0.97
_MOST_DUTCH, _MOST_DUTCH_OTHER = 0.34, 0.15
_NAMED: tuple[Language, ...] = (
    Language.ENGLISH,
    Language.TURKISH,
    Language.ARABIC,
    Language.POLISH,
    Language.UKRAINIAN,
    Language.FRENCH,
    Language.SPANISH,
    Language.GERMAN,
)
_UNNAMED: tuple[Language, ...] = (
    Language.PORTUGUESE,
    Language.ITALIAN,
    Language.ROMANIAN,
    Language.RUSSIAN,
    Language.BULGARIAN,
    Language.SOMALI,
    Language.PERSIAN,
    Language.CHINESE,
    Language.HINDI,
    Language.VIETNAMESE,
)
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_MASKED = re.compile(r"\[[a-z]+(#\d+)?\]")


@dataclass(frozen=True)
class Tongue:
    """One language of ``knowledge/talen.yml``: ISO 639-1 code, Dutch name, what to say, and how to know it."""

    code: str
    name: str
    text: str
    names: frozenset[str]
    words: frozenset[str]


@dataclass(frozen=True)
class Tongues:
    """The languages with a text of their own.

    Attributes:
        by_code: in the order of the file.
        dutch: common Dutch words.
        sign: pictograms for every other language.
    """

    by_code: Mapping[str, Tongue]
    dutch: frozenset[str]
    sign: str

    def text(self, code: str) -> str:
        """What a parent who writes in ``code`` reads; without a text of its own the English one with pictograms."""
        if code in self.by_code:
            return self.by_code[code].text
        return f"{self.sign}\n\n{self.by_code['en'].text}"

    def name(self, code: str) -> str:
        """The Dutch name of the language, for the ouderadviseur."""
        return self.by_code[code].name if code in self.by_code else "andere taal"

    def asked_for(self, text: str) -> str | None:
        """The language that a Dutch message names ("kan dit in het Turks"), or None."""
        words = set(_words(text))
        return next((code for code, tongue in self.by_code.items() if words & tongue.names), None)

    def recognise(self, text: str) -> str | None:
        """The code of the language, :data:`OTHER`, or None for Dutch and for what cannot be told."""
        words = _words(text)
        if not words:
            return None
        dutch = self._share_of_dutch(words)
        if len(words) <= FEW_WORDS and _latin(text):
            return self._by_words(words) if dutch < 1 else None
        return _by_letters(text, dutch)

    def in_danger(self, text: str) -> str | None:
        """The language of who writes of danger; where no word is Dutch a guess will do: the text says to call 112."""
        words = _words(text)
        if not words:
            return None
        share = self._share_of_dutch(words)
        code = self.recognise(text) or _by_letters(text, share)
        if code or share:
            return code
        known = {tongue.code: len(tongue.words.intersection(words)) for tongue in self.by_code.values()}
        likeliest = max(known, key=lambda one: known[one])
        return likeliest if known[likeliest] else _guess(text)

    def _share_of_dutch(self, words: list[str]) -> float:
        return sum(word in self.dutch for word in words) / len(words)

    def _by_words(self, words: list[str]) -> str | None:
        return next((code for code, tongue in self.by_code.items() if set(words) <= tongue.words), None)


@lru_cache(maxsize=2)
def load_tongues(knowledge_dir: Path) -> Tongues:
    """Read ``talen.yml``.

    Raises:
        KeyError: an entry lacks something.
    """
    raw: dict[str, Any] = yaml.safe_load((knowledge_dir / "talen.yml").read_text(encoding="utf-8"))
    tongues = [
        Tongue(
            entry["code"],
            entry["naam"],
            entry["tekst"],
            frozenset(_fold(name) for name in entry["namen"]),
            frozenset(_fold(word) for word in entry["woorden"]),
        )
        for entry in raw["talen"]
    ]
    dutch = frozenset(raw["nederlandse_woorden"].split())
    return Tongues({tongue.code: tongue for tongue in tongues}, dutch, raw["andere_taal"]["teken"])


@lru_cache(maxsize=1)
def _detector() -> LanguageDetector:
    languages = (Language.DUTCH, *_NAMED, *_UNNAMED)
    return LanguageDetectorBuilder.from_languages(*languages).with_low_accuracy_mode().build()


def _by_letters(text: str, dutch_words: float) -> str | None:
    values = _detector().compute_language_confidence_values(_MASKED.sub(" ", text))
    best = values[0]
    if not _latin(text):
        return _code(best.language) if best.language in _NAMED and best.value else OTHER
    if best.language == Language.DUTCH:
        return None
    if best.language in _NAMED and best.value >= _CERTAIN and dutch_words <= _MOST_DUTCH:
        return _code(best.language)
    return OTHER if best.value >= _CERTAIN_OTHER and dutch_words <= _MOST_DUTCH_OTHER else None


def _guess(text: str) -> str | None:
    """The named language that the letters look like most, or None when they look most like Dutch."""
    best = _detector().compute_language_confidence_values(_MASKED.sub(" ", text))[0].language
    return _code(best) if best in _NAMED else None


def _code(language: Language) -> str:
    return str(language.iso_code_639_1.name).lower()


def _latin(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return sum("LATIN" in unicodedata.name(char, "") for char in letters) * 2 >= len(letters)


def _fold(word: str) -> str:
    return word.lower()


def _words(text: str) -> list[str]:
    return [_fold(word) for word in _WORD.findall(_MASKED.sub(" ", text))]
