"""Words of a message as the patterns see them: lower case, no accents, masked names as ``[naam]``."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

MAX_CHARS = 8000
"""Longer messages are judged by their beginning and end: the time for one message stays bounded."""
SENTENCE_JUMP = 20
"""Added to the positions after the end of a sentence: more than any gap in a pattern, so no pattern crosses it."""

_WORD = re.compile(r"\[[a-z]+(?:#\d+)?\]|\w+(?:['’`´]\w+)*|[.!?;…؟]+(?=\s|$)|\n+|[🔪🔫]")
_ENDS = re.compile(r"[.!?;…؟\n]")
_MASK = re.compile(r"\[([a-z]+)(?:#\d+)?\]")
_REPEATED = re.compile(r"(\w)\1{2,}")
_LETTERS = str.maketrans(
    {"ł": "l", "đ": "d", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ة": "ه", "ى": "ي", "ـ": "", "’": "'"}
)
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
    """The words of ``text`` in order, cleaned one by one."""
    words: list[Word] = []
    position = 0
    for raw in _WORD.findall(fold(clip(text))):
        if _ENDS.match(raw):
            position += SENTENCE_JUMP
        else:
            words.append(Word(clean(raw), position))
            position += 1
    return words


def clean(word: str) -> str:
    """One folded word: no apostrophes, a letter at most twice in a row, ``d00d`` as ``dood``, ``[naam#2]`` as ``[naam]``."""
    masked = _MASK.fullmatch(word)
    if masked:
        return f"[{masked[1]}]"
    word = word.replace("'", "").replace("`", "").replace("´", "")
    if not word.isdigit() and not word.isalpha():
        word = word.translate(_DIGITS) if word[0].isalpha() else word
    return _REPEATED.sub(r"\1\1", word)
