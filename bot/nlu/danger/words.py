"""Words of a message as the detector sees them: lower case, no accents, masked names as ``[naam]``."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

MAX_CHARS = 8000
"""Longer messages are judged by their beginning and end: the time for one message stays bounded."""
SENTENCE_JUMP = 20
"""Added to the positions after the end of a sentence: more than any gap in a pattern, so no pattern crosses it."""
_LONGEST_WORD = 40

_WORD = re.compile(r"\[[a-z]+(?:#\d+)?\]|\w+(?:['’`´ʼ-]\w+)*|[.!?;…؟]+(?=[\s\"')]|$)|\n+|[🔪🔫🪢💊]")
_ENDS = re.compile(r"[.!?;…؟\n]")
_MASK = re.compile(r"\[([a-z]+)(?:#\d+)?\]")
_REPEATED = re.compile(r"(\w)\1{2,}")
_APOSTROPHES = re.compile(r"['’`´ʼ]")
_SPELLED_OUT = re.compile(r"(?<!\w)\w(?:[ .*_-]\w){3,}(?!\w)")
_NOT_A_LETTER = re.compile(r"\W")
_LETTERS = str.maketrans("łđøıةىґ’", "ldoiهيг'") | str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ـ": ""})
_DIGITS = str.maketrans("013457", "oieast")


class Word(NamedTuple):
    """A word with its position; the position jumps at the end of a sentence."""

    text: str
    position: int


def fold(text: str) -> str:
    """Lower case without accents; letters that Unicode does not take apart (ł, ı, ة) become their plain form."""
    text = unicodedata.normalize("NFKD", text.lower())
    return "".join(char for char in text if not unicodedata.combining(char)).translate(_LETTERS)


def clip(text: str) -> str:
    """At most :data:`MAX_CHARS` characters: three quarters from the beginning, the rest from the end."""
    if len(text) <= MAX_CHARS:
        return text
    return text[: MAX_CHARS * 3 // 4] + "\n" + text[-MAX_CHARS // 4 :]


def split(text: str) -> list[Word]:
    """The words of ``text`` in order, cleaned one by one; hyphens separate words, apostrophes do not.

    The same word over and over counts twice.
    """
    words: list[Word] = []
    position = 0
    for raw in _WORD.findall(_joined(fold(clip(text)))):
        if _ENDS.match(raw):
            position += SENTENCE_JUMP
            continue
        for word in map(clean, raw.split("-")):
            if [before.text for before in words[-2:]] != [word, word]:
                words.append(Word(word, position))
            position += 1
    return words


def clean(word: str) -> str:
    """One folded word: no apostrophes, no letter over twice in a row, ``d00d`` is ``dood``, masks lose their number."""
    masked = _MASK.fullmatch(word)
    if masked:
        return f"[{masked[1]}]"
    word = _APOSTROPHES.sub("", word)[:_LONGEST_WORD]
    if word[:1].isalpha() and not word.isalpha() and not word[-1:].isdigit():
        word = word.translate(_DIGITS)
    return _REPEATED.sub(r"\1\1", word)


def sentences(words: list[Word]) -> list[list[str]]:
    """The same words by sentence, without positions."""
    found: list[list[str]] = []
    last = -SENTENCE_JUMP
    for word in words:
        if word.position - last >= SENTENCE_JUMP:
            found.append([])
        found[-1].append(word.text)
        last = word.position
    return found


def _joined(text: str) -> str:
    """``z e l f m o o r d`` and ``d.o.o.d`` as one word."""
    return _SPELLED_OUT.sub(lambda match: _NOT_A_LETTER.sub("", match[0].replace("_", "")), text)
