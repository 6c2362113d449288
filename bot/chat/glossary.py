"""Words of the field in an answer, with their explanation behind a button: ``knowledge/begrippen.yml``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import escape

from bot.knowledge import current
from bot.knowledge.model import Term
from bot.knowledge.reading import KnowledgeError
from bot.knowledge.words import ORDINARY_TERMS

MOST = 4
"""Words that are explained in one message; the rest would be noise."""

_TAGS = re.compile(r"(<[^>]*>)")
_CAPITAL = re.compile(r" [A-ZÀ-Þ]")
_CLOSED_TAGS = ("a", "code")
"""No button within a link."""

Terms = tuple[Term, ...]


def explained(html: str, topic: str | None = None) -> str:
    """The HTML of an answer with a button around the first place of each word that we can explain.

    Args:
        html: sanitised.
        topic: of the answer; the word that the answer itself is about needs no button.
    """
    try:
        terms = current().terms
    except KnowledgeError:
        return html
    return _explained(html, topic, terms)


@lru_cache(maxsize=1024)
def _explained(html: str, topic: str | None, terms: Terms) -> str:
    pattern, by_name = _index(terms)
    left = MOST
    done: set[Term] = {term for term in terms if topic and term.topic == topic}
    parts: list[str] = []
    for part, is_text in _parts(html):
        if is_text and left:
            part, marked = _mark(part, pattern, by_name, done, left)
            left -= marked
        parts.append(part)
    return "".join(parts)


def _parts(html: str) -> Iterator[tuple[str, bool]]:
    """Tags and texts in order; True for a text in which a button may stand."""
    closed = 0
    for part in _TAGS.split(html):
        name = re.match(r"</?(\w+)", part)
        if name is None:
            yield part, not closed
            continue
        if name[1] in _CLOSED_TAGS:
            closed += -1 if part.startswith("</") else 1
        yield part, False


def _mark(text: str, pattern: re.Pattern[str], by_name: dict[str, Term], done: set[Term], most: int) -> tuple[str, int]:
    marked = 0

    def button(match: re.Match[str]) -> str:
        nonlocal marked
        term = by_name.get(match[0]) or by_name.get(match[0].lower())
        if term is None or term in done or marked == most or _is_in_name(match):
            return match[0]
        done.add(term)
        marked += 1
        explanation = escape(term.explanation, quote=True)
        # Not a <button>: that cannot be broken over two lines, as the words of a sentence must be.
        return f'<span class="term" role="button" tabindex="0" data-uitleg="{explanation}">{match[0]}</span>'

    return pattern.sub(button, text), marked


@lru_cache(maxsize=2)
def _index(terms: Terms) -> tuple[re.Pattern[str], dict[str, Term]]:
    """A pattern for whole words, and the term by name: abbreviations as they are written, words in any case."""
    by_name: dict[str, Term] = {}
    for term in terms:
        name = term.names[0]
        by_name.setdefault(escape(name if _as_written(name) else name.lower()), term)
        if term.abbreviation:
            by_name.setdefault(escape(term.abbreviation), term)
    # Two words may share an abbreviation: then it says nothing.
    shared = [term.abbreviation for term in terms if term.abbreviation]
    for name in {name for name in shared if shared.count(name) > 1}:
        by_name.pop(escape(name), None)
    names = sorted(by_name, key=len, reverse=True)
    alternatives = (re.escape(name) if name != name.lower() else f"(?i:{re.escape(name)})" for name in names)
    return re.compile(rf"(?<![\w&-])(?:{'|'.join(alternatives)})(?![\w-])"), by_name


def _is_in_name(match: re.Match[str]) -> bool:
    """Whether the words are the beginning of a name: "Passend Onderwijs Almere"."""
    last = match[0].rpartition(" ")[2]
    return " " in match[0] and last[:1].isupper() and _CAPITAL.match(match.string, match.end()) is not None


def _as_written(name: str) -> bool:
    """Whether the same letters in small are another word: MEE, Halt, PO."""
    return name == name.upper() or name.lower() in ORDINARY_TERMS or len(name) < 3
