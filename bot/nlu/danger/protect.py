"""Writes ``protected.txt``: existing words that look like a pattern word and must not be taken for it."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bot.nlu.danger.corpus import ROOT, Example
from bot.nlu.danger.patterns import Patterns
from bot.nlu.danger.words import clean, fold, split

_WORD_LISTS = ("nl_lemma_lookup", "nl_lemma_index", "nl_lemma_exc")
_COMMON = 3
"""A word that ordinary messages use this often needs no spelling help: leaving it out saves time."""


def protected_words(patterns: Patterns, examples: Iterable[Example]) -> list[str]:
    """Words that exist or are common, near enough to a pattern word to be mistaken for it; sorted."""
    ordinary = Counter(word.text for example in examples if not example.danger for word in split(example.text))
    common = {word for word, count in ordinary.items() if count >= _COMMON}
    existing = ordinary.keys() | dutch_words() | knowledge_words()
    near = {word for word in existing if patterns.spelling.meant(word)}
    return sorted(word for word in common | near if word.isalpha())


def dutch_words() -> set[str]:
    """Dutch words with their inflected forms, from the word lists that spaCy's lookups bring."""
    import spacy_lookups_data

    folder = Path(spacy_lookups_data.__file__).parent / "data"
    found: set[str] = set()
    for name in _WORD_LISTS:
        with gzip.open(folder / f"{name}.json.gz", "rt", encoding="utf-8") as file:
            found.update(clean(fold(word)) for word in _strings(json.load(file)))
    return found


def knowledge_words(folder: Path = ROOT / "knowledge") -> set[str]:
    """The words of the knowledge files: terms, facts, names of schools."""
    texts = (path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.yml")))
    return {word.text for text in texts for line in text.splitlines() for word in split(line)}


def write(words: Iterable[str], path: Path) -> None:
    """One word per line."""
    path.write_text("".join(f"{word}\n" for word in words), encoding="utf-8")


def _strings(content: Any) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict):
        yield from content
        yield from (text for value in content.values() for text in _strings(value))
    else:
        yield from (text for value in content for text in _strings(value))
