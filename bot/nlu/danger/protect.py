"""Writes ``protected.txt``: existing words that look like a pattern word and must not be taken for it."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.nlu.danger.corpus import Example
from bot.nlu.danger.patterns import Patterns
from bot.nlu.danger.words import clean, fold, split

_COMMON = 3
"""A word that ordinary messages use this often needs no spelling help: leaving it out saves time."""


def protected_words(patterns: Patterns, examples: Iterable[Example]) -> list[str]:
    """Words that exist or are common, near enough to a pattern word to be mistaken for it; sorted."""
    ordinary = Counter(word.text for example in examples if not example.danger for word in split(example.text))
    common = {word for word, count in ordinary.items() if count >= _COMMON}
    near = {word for word in ordinary.keys() | set(dutch_words()) if patterns.spelling.meant(word)}
    return sorted(word for word in common | near if word.isalpha())


def dutch_words() -> Iterator[str]:
    """Dutch words with their inflected forms, from the word list that spaCy's lookups bring."""
    import spacy_lookups_data

    path = Path(spacy_lookups_data.__file__).parent / "data" / "nl_lemma_lookup.json.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for form, lemma in json.load(file).items():
            yield clean(fold(form))
            yield clean(fold(lemma))


def write(words: Iterable[str], path: Path) -> None:
    """One word per line."""
    path.write_text("".join(f"{word}\n" for word in words), encoding="utf-8")
