"""Checks of the language of answers: long sentences, hard words, abbreviations, and a score for the whole text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from bot.content.blanks import BLANK
from bot.content.complaint import Complaint
from bot.content.language import (
    HARD_WORDS_FILE,
    LONGEST_SENTENCE,
    MEASURE,
    long_sentences,
    plain,
    readability,
    syllables,
    words,
)
from bot.content.model import Answer, Content, Variant
from bot.knowledge.reading import Loader

LOWEST_SCORE = 55.0
"""Below this score of Flesch-Douma a text is called hard; it says nothing of a text of a few words."""
ENOUGH_WORDS = 20
MANY_SYLLABLES = 5
"""A word with so many that no parent ever typed is too hard, unless it is explained."""
_ABBREVIATION = re.compile(r"(?<![\w.@/-])[A-Z][A-Za-z]*[A-Z][A-Z0-9]*(?![\w@/-]|\.\w)")
# In brackets behind a word stands what it means.
_EXPLANATION_FOLLOWS = r"\b[\"'*]*\s*\("


@dataclass(frozen=True)
class Vocabulary:
    """What parents understand, and what they do not.

    Attributes:
        typed: the words that parents used in the messages.
        full: what an abbreviation of the glossary stands for.
        hard: words too hard, with what to write instead.
    """

    typed: frozenset[str]
    full: Mapping[str, str]
    hard: Mapping[str, str]


def vocabulary(content: Content) -> Vocabulary:
    """The words of this project."""
    typed = frozenset(word.lower() for message in content.messages for word in words(message.text))
    return Vocabulary(typed, _abbreviations(content.root / "knowledge" / "begrippen.yml"), hard_words())


@lru_cache(maxsize=1)
def hard_words(file: Path = HARD_WORDS_FILE) -> Mapping[str, str]:
    """The words that are too hard, with a plain one for each."""
    found: dict[str, str] = yaml.load(file.read_text(encoding="utf-8"), Loader)["woorden"]
    return found


def _abbreviations(glossary: Path) -> dict[str, str]:
    """From the glossary; empty where it cannot be read, which is told elsewhere."""
    try:
        terms = yaml.load(glossary.read_text(encoding="utf-8"), Loader)["begrippen"]
        return {term["afkorting"]: term["term"] for term in terms if term.get("afkorting")}
    except (OSError, ValueError, TypeError, KeyError, yaml.YAMLError):
        return {}


def check_wording(content: Content) -> Iterator[Complaint]:
    """Every text of every answer; only a sentence that is too long must be mended, the rest is advice."""
    known = vocabulary(content)
    for answer in content.answers.values():
        for variant in answer.variants:
            yield from _check_text(answer, variant, known)


def _check_text(answer: Answer, variant: Variant, known: Vocabulary) -> Iterator[Complaint]:
    raw = variant.text.raw()
    if BLANK in raw:
        return
    for sentence, count in long_sentences(raw):
        shown = sentence if len(sentence) <= 60 else f"{sentence[:60].rsplit(' ', 1)[0]} ..."
        text = f"Deze zin heeft {count} woorden; {LONGEST_SENTENCE} is het meeste. Maak er twee zinnen van: {shown}"
        yield Complaint(answer.file, _line_of(variant, sentence), text)
    figures = readability(raw)
    if figures.words >= ENOUGH_WORDS and figures.score < LOWEST_SCORE:
        text = (
            f"Deze tekst leest moeilijk: {figures.score:.0f} op de schaal van {MEASURE}; {LOWEST_SCORE:.0f} is het "
            "minste. Gebruik kortere woorden en kortere zinnen."
        )
        yield _advice(answer, variant.line, text)
    for word, text in _hard(plain(raw), known):
        yield _advice(answer, _line_of(variant, word), text)
    for word in _unexplained(plain(raw), known):
        meaning = f" ({known.full[word].lower()})" if word in known.full else " (wat het is)"
        text = f"De afkorting {word} staat er zonder uitleg. Zet de uitleg er de eerste keer achter: {word}{meaning}."
        yield _advice(answer, _line_of(variant, word), text)


def _advice(answer: Answer, line: int, text: str) -> Complaint:
    return Complaint(answer.file, line, text, advice=True, topic=answer.topic)


def _line_of(variant: Variant, piece: str) -> int:
    """The line of the text where a piece begins; the line of the text itself when it cannot be found."""
    start = piece.split(" ")[0]
    return next(
        (line for line, text in variant.text.lines() if piece[:30] in plain(text) or start in text), variant.line
    )


def _hard(text: str, known: Vocabulary) -> Iterator[tuple[str, str]]:
    for word in dict.fromkeys(words(text)):
        plainer = known.hard.get(word.lower())
        if plainer:
            yield word, f"'{word}' is een moeilijk woord. Schrijf liever: {plainer}."
        elif _is_long(word, text, known):
            problem = f"'{word}' is een lang woord dat geen ouder zelf gebruikt."
            yield word, f"{problem} Kies een gewoner woord, of leg het uit: {word} (wat het is)."


def _is_long(word: str, text: str, known: Vocabulary) -> bool:
    # A capital inside a sentence is a name; an explained word may be as long as it is.
    if word.lower() in known.typed or syllables(word) < MANY_SYLLABLES or "-" in word:
        return False
    named = re.search(rf"[^.!?\n]\s+{re.escape(word)}", text) and word[0].isupper()
    explained = re.search(re.escape(word) + _EXPLANATION_FOLLOWS, text) or re.search(rf"\([^)]*{re.escape(word)}", text)
    address = re.search(rf"{re.escape(word)}\.\w|@{re.escape(word)}", text)
    return not (named or explained or address)


def _unexplained(text: str, known: Vocabulary) -> Iterator[str]:
    for word in dict.fromkeys(_ABBREVIATION.findall(text)):
        if re.search(re.escape(word) + _EXPLANATION_FOLLOWS, text) or re.search(rf"\([^)]*\b{re.escape(word)}\b", text):
            continue
        if not _needs_none(word, text, known):
            yield word


def _needs_none(word: str, text: str, known: Vocabulary) -> bool:
    """Whether the full name stands in the text too, or the abbreviation is the name (DUO, ADHD)."""
    name = known.full.get(word, "").lower()
    return bool(name) and (name == word.lower() or name in text.lower())
