"""Which word of the field a parent asks about. An unknown word gives nothing, not the nearest known one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from bot.knowledge.matching import Match, NameIndex, Word, words_of
from bot.knowledge.model import Knowledge, Term
from bot.knowledge.words import ARTICLES, ASKS_MEANING, FILLERS, NOT_TERMS, ORDINARY_TERMS, SMALL, VAGUE

MAX_TERMS = 3
_SHORTEST_WITH_ERROR = 6
_IS = ("is", "zijn", "was", "betekent", "betekenen", "betekend", "doet", "doen", "houdt", "houd", "inhoudt")
_WHAT_IS_THAT = re.compile(
    r"^(wat (is|zijn|houdt|was|betekent|betekenen|betekend)|betekent|betekend) (dat|die|deze|dit|het|t)\b"
)
_LETTERS = ("letters", "afkorting", "afkortingen", "afgekort")
_CAPITALS = re.compile(r"(?=.*[A-Z].*[A-Z0-9])[A-Za-z0-9]{2,6}").fullmatch


def find_term(text: str, knowledge: Knowledge) -> Term | None:
    """The term asked about, or None when there is none that we know."""
    return next(iter(find_terms(text, knowledge)), None)


def find_terms(text: str, knowledge: Knowledge) -> tuple[Term, ...]:
    """The terms asked about: one, or those of "een MDO en een OPP", or two that share an abbreviation.

    The word that the question is about goes first ("wat is een ..."). Without such a word abbreviations go before
    words, and the longest name wins. Names of two or three letters count only as whole words without typing error.
    """
    words = words_of(text)
    matches = _index(knowledge).find(words)
    asked = _asked_about(words)
    if any(word.text in _LETTERS for word in words) and any(map(_is_abbreviation, matches)):
        best = _most_telling(_clear(matches, words), words)
    else:
        best = _at(asked, matches) if asked else _most_telling(_clear(matches, words), words)
    if best is None:
        return ()
    together = _with_its_companions(best, matches, words)
    return tuple(dict.fromkeys(term for match in together for term in match.items))[:MAX_TERMS]


def only_asks(text: str) -> bool:
    """Whether a message asks for an explanation without saying of what: "ik snap een woord niet"."""
    known = FILLERS | SMALL | VAGUE | ASKS_MEANING | {"snap", "begrijp", "moeilijk", "moeilijke", "weet", "leg"}
    return all(word.text in known for word in words_of(text))


@lru_cache(maxsize=2)
def _index(knowledge: Knowledge) -> NameIndex[Term]:
    entries = [(name, term) for term in knowledge.terms for name in term.names]
    return NameIndex(entries, never=NOT_TERMS | FILLERS, shortest=_SHORTEST_WITH_ERROR)


def _asked_about(words: Sequence[Word]) -> list[int]:
    """The places of the words that the message asks the meaning of."""
    texts = [word.text for word in words]
    places: list[int] = []
    for place in range(len(texts)):
        places += _asked_after(texts, place)
        places += _asked_before(texts, place)
    return [place for place in dict.fromkeys(places) if texts[place] not in VAGUE]


def _asked_after(texts: Sequence[str], place: int) -> Iterable[int]:
    """The word after "wat is een", "betekenis van", "bedoelen ze met", "waar staat"."""
    word, ahead = texts[place], texts[place + 1 : place + 6]
    asks = (
        (word == "wat" and any(verb in ahead for verb in _IS))
        or word in ASKS_MEANING
        or (word == "met" and any(text.startswith("bedoel") for text in texts[:place]))
        or (word == "waar" and ahead[:1] == ["staat"] and "voor" in texts[place:])
    )
    return _first(texts, place + 1) if asks else ()


def _first(texts: Sequence[str], start: int) -> tuple[int, ...]:
    """The place of the first word from ``start`` that may be the one asked about."""
    return tuple(index for index in range(start, len(texts)) if texts[index] not in SMALL)[:1]


def _asked_before(texts: Sequence[str], place: int) -> Iterable[int]:
    """The word before "wat is dat", "betekent dat", "betekenis", "afkorting"."""
    if not place or texts[place - 1] in SMALL | FILLERS:
        return ()
    rest = " ".join(texts[place:])
    return (place - 1,) if _WHAT_IS_THAT.match(rest) or texts[place] in ASKS_MEANING or rest == "wat is" else ()


def _at(places: Iterable[int], matches: Sequence[Match[Term]]) -> Match[Term] | None:
    """The name at one of these places, or right after it ("een individueel ontwikkelingsperspectief")."""
    for distance in (0, 1):
        for place in places:
            found = [match for match in matches if match.start <= place + distance < match.end]
            if found:
                return found[0]
    return None


def _clear(matches: Sequence[Match[Term]], words: Sequence[Word]) -> list[Match[Term]]:
    """Without names that may be ordinary words here ("mee", "so"), unless they are in capitals or are all there is."""
    return [m for m in matches if not _is_ordinary(m) or _in_capitals(m, words) or _is_all_there_is(m, words)]


def _is_ordinary(match: Match[Term]) -> bool:
    return len(match.name) <= 2 or match.name in ORDINARY_TERMS


def _in_capitals(match: Match[Term], words: Sequence[Word]) -> bool:
    shouting = all(not word.typed.islower() for word in words)
    return not shouting and any(_CAPITALS(word.typed) for word in words[match.start : match.end])


def _is_all_there_is(match: Match[Term], words: Sequence[Word]) -> bool:
    others = [*words[: match.start], *words[match.end :]]
    return all(word.text in SMALL | ASKS_MEANING for word in others)


def _most_telling(matches: Sequence[Match[Term]], words: Sequence[Word]) -> Match[Term] | None:
    """An abbreviation, else the longest name; none when the only abbreviation in the message is unknown."""
    short = [match for match in matches if _is_abbreviation(match)]
    taken = {place for match in matches for place in range(match.start, match.end)}
    mixed = any(word.typed.islower() for word in words)
    unknown = mixed and any(_CAPITALS(word.typed) for place, word in enumerate(words) if place not in taken)
    if unknown and not short:
        return None
    return max(short or matches, key=lambda match: (len(match.name), -match.start), default=None)


def _is_abbreviation(match: Match[Term]) -> bool:
    short = {"".join(word.text for word in words_of(term.abbreviation or "")) for term in match.items}
    return match.name in short


def _with_its_companions(best: Match[Term], matches: Sequence[Match[Term]], words: Sequence[Word]) -> list[Match[Term]]:
    """The name, and those joined to it by "en" or "of" or standing right beside it."""
    joined = [match for match in matches if match is not best and _are_joined(best, match, words)]
    return [best, *joined]


def _are_joined(one: Match[Term], other: Match[Term], words: Sequence[Word]) -> bool:
    first, last = sorted((one, other), key=lambda match: match.start)
    between = [word.text for word in words[first.end : last.start]]
    return not between or (between[0] in ("en", "of") and all(text in ARTICLES for text in between[1:]))
