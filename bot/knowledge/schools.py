"""Which schools a parent means. Never a wrong one: in doubt they are offered, below the threshold there is none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rapidfuzz.distance import OSA

from bot.knowledge.filters import Filters, read_filters
from bot.knowledge.matching import Match, NameIndex, Word, fold, words_of
from bot.knowledge.model import Knowledge, School
from bot.knowledge.words import ARTICLES, ASKED_FOR, FILLERS, NOT_SCHOOLS, PLACE_WORDS, PLACES, SCHOOL_WORDS

MAX_OFFERED = 6
MIN_MISSPELT = 7
"""A name that is also an ordinary word has to have this many letters to be known with a typing error."""
LETTERS_PER_ERROR = 8
"""With more than one typing error in fewer letters than this for each, the school is offered, not taken as meant."""
Outcome = Literal["one", "several", "list", "none", "unnamed"]


@dataclass(frozen=True)
class SchoolMatches:
    """What was found.

    Attributes:
        outcome: ``one``: this school is meant. ``several``: one of these may be meant. ``list``: all schools of a kind
            or in a place. ``none``: something was named that is not a school we know. ``unnamed``: nothing was named.
        schools: one, at most ``MAX_OFFERED``, all of the list, or empty.
        filters: what else the message says.
    """

    outcome: Outcome
    schools: tuple[School, ...]
    filters: Filters


def find_schools(text: str, knowledge: Knowledge) -> SchoolMatches:
    """The schools meant in a parent's message.

    Args:
        text: as typed; masked values are skipped.
        knowledge: what is known now.
    """
    words = words_of(text)
    named = [match for match in _index(knowledge).find(words) if _is_name(match, words)]
    filters = read_filters(_without(words, named), knowledge)
    if filters.elsewhere:
        return SchoolMatches("none", (), filters)
    if named:
        return _among(named, words, filters)
    strange = _strange_words(words, named, filters)
    if filters.selects and not _names_a_school(words, strange):
        return SchoolMatches("list", _sorted(filters.select(knowledge.schools)), filters)
    return SchoolMatches("none" if _names_something(words, strange, filters) else "unnamed", (), filters)


@lru_cache(maxsize=2)
def _index(knowledge: Knowledge) -> NameIndex[School]:
    entries = [(_core(name), school) for school in knowledge.schools for name in school.names]
    return NameIndex(entries, never=NOT_SCHOOLS | FILLERS)


def _core(name: str) -> str:
    """A name without its article."""
    words = [word.text for word in words_of(name)]
    return " ".join(words[1:] if len(words) > 1 and words[0] in ARTICLES else words)


def _is_name(match: Match[School], words: Sequence[Word]) -> bool:
    """Whether this is the school and not the ordinary word: "de ruimte", "Ruimte", not "is er nog ruimte"."""
    ordinary = [s for s in match.items if s.ordinary and match.name == _core(s.name).replace(" ", "")]
    if not ordinary or match.end - match.start == len([w for w in words if w.text not in ARTICLES]):
        return True
    if match.errors and len(match.name) < MIN_MISSPELT:
        return False
    typed = " ".join(word.typed for word in words[match.start : match.end])
    before = words[match.start - 1].text if match.start else ""
    alone = match.end - match.start == 1
    led = before in (_LEADS_ONE if alone else ASKED_FOR)
    return ordinary[0].name.endswith(typed) or led


_LEADS_ONE = (ARTICLES | SCHOOL_WORDS | ASKED_FOR) - {"school", "van", "bij"}


def _without(words: Sequence[Word], named: Iterable[Match[School]]) -> list[Word | None]:
    """The message with None where a name stands."""
    taken = {place for match in named for place in range(match.start, match.end)}
    return [None if place in taken else word for place, word in enumerate(words)]


def _among(named: Sequence[Match[School]], words: Sequence[Word], filters: Filters) -> SchoolMatches:
    """One school when the message leaves no other, else those that may be meant."""
    found = _meant_by_all(named) or tuple(dict.fromkeys(school for match in named for school in match.items))
    fitting = tuple(school for school in found if filters.fits_place_and_kind(school))
    fitting = _in_street(fitting or found, words)
    sure = len(named) == 1 or bool(_meant_by_all(named))
    contradicted = not any(filters.fits_place_and_kind(school) for school in fitting)
    strange = _strange_words(words, named, filters)
    another = any(_stands_in_another_name(m, words, strange) or _far_from(m) for m in named)
    doubtful = contradicted or filters.unknown_place or another
    if len(fitting) == 1 and sure and not doubtful:
        return SchoolMatches("one", fitting, filters)
    return SchoolMatches("several", fitting[:MAX_OFFERED], filters)


def _far_from(match: Match[School]) -> bool:
    """Whether it may be another name: Buitenhof has two letters that Buitenhout has not."""
    return match.errors > 1 and match.errors * LETTERS_PER_ERROR > len(match.name)


def _meant_by_all(named: Sequence[Match[School]]) -> tuple[School, ...]:
    """The schools that bear every name in the message: "het Baken, Trinitas"."""
    first, *others = named
    return tuple(school for school in first.items if all(school in other.items for other in others))


def _in_street(schools: tuple[School, ...], words: Sequence[Word]) -> tuple[School, ...]:
    """The schools whose street is named, or all of them when none is; a house number makes it more exact."""
    text = " ".join(word.text for word in words)
    for part in (None, -1):
        there = tuple(school for school in schools if " ".join(_street(school)[:part]) in text)
        if there:
            return there
    return schools


def _street(school: School) -> list[str]:
    """The words of the street, without initials, the house number last."""
    return [word.text for word in words_of(school.street) if len(word.text) > 2 or word.text[0].isdigit()]


def _strange_words(words: Sequence[Word], named: Sequence[Match[School]], filters: Filters) -> tuple[bool, ...]:
    """For each word whether it does not belong in a question about these schools; it may make another name."""
    places = {word.text for match in named for school in match.items for word in words_of(school.street)}
    unread = set(filters.rest.split()) - places
    return tuple(word is not None and word.text in unread and _is_strange(word.text) for word in _without(words, named))


def _stands_in_another_name(match: Match[School], words: Sequence[Word], strange: Sequence[bool]) -> bool:
    """Whether an unknown word beside the name makes it another one: "de rode ark", "de ark van noach"."""
    # "Op De Ark begint ...": a word in small letters is no part of a name with a capital.
    capital = words[match.start].typed[0].isupper()
    beside = [place for place in (match.start - 1, match.end) if 0 <= place < len(words)]
    if any(strange[place] and not (capital and words[place].typed.islower()) for place in beside):
        return True
    after = [place for place in range(match.end, len(words)) if words[place].text not in ARTICLES | SCHOOL_WORDS][:2]
    if after and after[0] > match.end and words[after[0] - 1].text in SCHOOL_WORDS and strange[after[0]]:
        return True
    return len(after) == 2 and words[after[0]].text in PLACE_WORDS | {"van"} and strange[after[1]]


def _is_strange(text: str) -> bool:
    if len(text) < 2 or text.isdigit() or text.startswith("school"):
        return False
    return not (text in _KNOWN or _is_almost_known(text))


_KNOWN = FILLERS | ARTICLES | SCHOOL_WORDS | PLACES


@lru_cache(maxsize=4096)
def _is_almost_known(text: str) -> bool:
    """Whether it is an ordinary word with one typing error."""
    alike = (known for known in _KNOWN if len(known) > 4 and known[0] == text[0])
    return len(text) >= 5 and any(OSA.distance(text, known, score_cutoff=1) <= 1 for known in alike)


def _names_a_school(words: Sequence[Word], strange: Sequence[bool]) -> bool:
    """Whether an unknown name follows the word school: "basisschool de toverlantaarn"."""
    texts = [word.text for word in words]
    starts = (
        place + 1 + (texts[place + 1 : place + 2] != [] and texts[place + 1] in ARTICLES)
        for place, text in enumerate(texts)
        if text in SCHOOL_WORDS
    )
    return any(strange[start] for start in starts if start < len(texts))


def _names_something(words: Sequence[Word], strange: Sequence[bool], filters: Filters) -> bool:
    """Whether a message without a known name does name something: "de toverlantaarn", "telefoonnummer klavertje"."""
    if filters.unknown_place:
        return True
    leads = ARTICLES | SCHOOL_WORDS | PLACE_WORDS | ASKED_FOR
    few = 0 < sum(strange) <= 2 and len(words) - sum(strange) <= 2
    return few or any(strange[place] and words[place - 1].text in leads for place in range(1, len(words)))


def _sorted(schools: Iterable[School]) -> tuple[School, ...]:
    return tuple(sorted(schools, key=lambda school: (fold(_core(school.name)), school.brin)))
