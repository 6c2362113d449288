"""How readable a Dutch text is: sentences, syllables, and the score of Flesch as Douma adapted it to Dutch.

Source: W.H. Douma, De leesbaarheid van landbouwbladen (Wageningen, 1960): ``206.84 - 0.93 * words per sentence - 77 *
syllables per word``. Higher is easier; 60 to 70 is called ordinary language. The level of a word cannot be looked up:
the lists behind the language levels are not free. So a word counts as too hard when it stands in a list of our own
(:data:`HARD_WORDS_FILE`), or is long and is no word that a parent ever typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MEASURE = "Flesch-Douma"
LONGEST_SENTENCE = 15
"""Words."""
HARD_WORDS_FILE = Path(__file__).with_name("moeilijke_woorden.yml")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"[*_`#>]+")
# A list item, a heading and an empty line end a sentence too; so does a colon before a list.
_LINE_START = re.compile(r"^\s*(?:-|\d+\.)\s+", re.MULTILINE)
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"')\]]*\s+(?=[^a-z])|\n+|(?<=:)\s*\n")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+(?:[.,:]\d+)*")
# One sound: written with one to three vowels. A trema begins a new one.
_SOUND = re.compile(
    r"aai|ooi|oei|ëi|eeu|ieu|aau|eau|aa|ee|oo|uu|ie|oe|eu|ui|ei|ij|ou|au|ai|oi|[aeiouyàáâèéêìíòóôùúûäëïöü]"
)
_SHORTENED = re.compile(r"\b(?:bijv|blz|enz|dhr|mevr|nr|tel|art|m\.b\.t|o\.a|d\.w\.z|t/m)\.", re.IGNORECASE)


@dataclass(frozen=True)
class Readability:
    """Figures about one text; ``score`` is Flesch-Douma, 0 to about 120."""

    words: int
    sentences: int
    syllables: int

    @property
    def score(self) -> float:
        """The score of Flesch-Douma; 100 for a text without words."""
        if not self.words:
            return 100.0
        return 206.84 - 0.93 * self.words / self.sentences - 77.0 * self.syllables / self.words


def plain(markdown: str) -> str:
    """The text as a parent reads it: names of links, no marks."""
    return _MARKS.sub("", _LINE_START.sub("", _LINK.sub(r"\1", markdown)))


def sentences(markdown: str) -> list[str]:
    """The sentences of a text, without marks; an item of a list is one."""
    text = _SHORTENED.sub(lambda found: found[0].replace(".", "\u2024"), plain(markdown))
    return [part.replace("\u2024", ".").strip() for part in _SENTENCE_END.split(text) if _WORD.search(part)]


def words(text: str) -> list[str]:
    """The words and numbers of a text."""
    return _WORD.findall(text)


def syllables(word: str) -> int:
    """How many syllables a Dutch word has, by its vowels; a number counts as one."""
    return max(1, len(_SOUND.findall(word.lower())))


def long_sentences(markdown: str, most: int = LONGEST_SENTENCE) -> Iterator[tuple[str, int]]:
    """The sentences with more than ``most`` words, with how many they have."""
    for sentence in sentences(markdown):
        count = len(words(sentence))
        if count > most:
            yield sentence, count


def readability(markdown: str) -> Readability:
    """The figures of a text."""
    found = words(plain(markdown))
    return Readability(len(found), max(1, len(sentences(markdown))), sum(syllables(word) for word in found))
