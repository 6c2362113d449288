"""What a parent says about the schools sought: kind, district, postcode, denomination, board, or another town."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from bot.knowledge.matching import Word, fold, words_of
from bot.knowledge.model import Knowledge, School

_SCHOOL = r"sch?o+l(?:en|tje|tjes)?"
_KINDS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (r"sbo|speciaa?l basis ?onderwijs|speciale bas+is? ?" + _SCHOOL, "speciaal basisonderwijs", ("sbo",)),
    (r"vso|voor?tgezet speciaa?l(?: onderwijs)?", "voortgezet speciaal onderwijs", ("so/vso",)),
    (r"speciaa?l onderwijs|so", "speciaal onderwijs", ("so", "so/vso")),
    (r"speciale " + _SCHOOL, "speciaal (basis)onderwijs", ("sbo", "so", "so/vso")),
    (r"pra[ck]tijk ?(?:onderwijs|" + _SCHOOL + r")|pro", "praktijkonderwijs", ("pro",)),
    (
        r"bas+is* ?(?:onderwijs|" + _SCHOOL + r")|lagere " + _SCHOOL + r"|primair onderwijs"
        r"|bo|obs|kbs|cbs|pcbs?|rkbs",
        "basisonderwijs",
        ("bo",),
    ),
    (
        r"mid+el+ba+re? ?(?:onderwijs|" + _SCHOOL + r")|middelbaar onderwijs|voor?tgezet onderwijs|vo|brugklas(?:sen)?",
        "voortgezet onderwijs",
        ("vo",),
    ),
)
_LEVELS = {"vmbo": ("VBO", "MAVO"), "mavo": ("MAVO",), "havo": ("HAVO",), "vwo": ("VWO",), "gymnasium": ("VWO",)}
_LEVEL = re.compile(r"\b(vmbo|mavo|havo|vwo|gymnasium|atheneum)\w{0,9}\b")
_DENOMINATIONS: tuple[tuple[str, str, str], ...] = (
    (r"openbare?", "openbaar", "Openbaar"),
    (r"(?:rooms |rk )?kath?oli?e?ke?", "katholiek", r"Katholiek|\bRK\b"),
    (
        r"(?:protestants? )?christelijke?|protestantse?|gereformeerde?",
        "christelijk",
        r"Christelijk|\bPC\b|Interconfessioneel|Gereformeerd",
    ),
    (r"islam\w*|moslim\w*", "islamitisch", "Islamitisch"),
    (r"hindoe\w*", "hindoeïstisch", "Hindoe"),
    (r"vrije ?" + _SCHOOL + r"|antroposofi\w+|steiner\w*", "vrijeschool", "Antroposofisch|Waldorf"),
    (r"algemeen bijzondere?", "algemeen bijzonder", "Algemeen bijzonder"),
    (r"montes+or+i\w*", "montessori", "Montessori"),
    (r"jenaplan\w*", "jenaplan", "Jenaplan"),
    (r"dalton\w*", "dalton", "Dalton"),
)
_CLUSTER = re.compile(r"\bcluster ?([1-4])\b")
_POSTCODE = re.compile(r"\b([1-9]\d{3})(?: ?([a-z]{2}))?\b")
_LEADS = r"(?:in|te|naar|uit|rond|rondom|bij|vanuit|wijk|stadsdeel|almere|onderwijs|" + _SCHOOL + r"|bas+is\w*)"
_UNKNOWN_PLACE = re.compile(r"\b([a-z]{3,}(?:wijk|buurt|kwartier))\b")
_ALMERE = re.compile(r"\balmee?re?\b")


@dataclass(frozen=True)
class Filters:
    """What the schools sought have in common; empty fields say nothing.

    Attributes:
        kinds: keys of ``KINDS``.
        kind_words: the kinds in words.
        levels: as in ``School.levels``, with the word for it.
        traits: denominations and concepts, each with the pattern to look for.
        cluster: digit.
        district: name.
        postcodes: of four digits.
        boards: numbers.
        board_words: the boards by their short names.
        elsewhere: a town that is not Almere.
        unknown_place: a part of Almere that we do not know.
    """

    kinds: frozenset[str] = frozenset()
    kind_words: tuple[str, ...] = ()
    levels: tuple[tuple[str, tuple[str, ...]], ...] = ()
    traits: tuple[tuple[str, str], ...] = ()
    cluster: str | None = None
    district: str | None = None
    postcodes: tuple[str, ...] = ()
    boards: frozenset[str] = frozenset()
    board_words: tuple[str, ...] = ()
    elsewhere: str | None = None
    unknown_place: str | None = None
    rest: str = field(default="", compare=False)
    """The words that said none of this."""

    @property
    def selects(self) -> bool:
        """Whether they make a selection of schools in Almere."""
        return bool(
            self.kinds or self.levels or self.traits or self.cluster or self.district or self.postcodes or self.boards
        )

    def words(self) -> tuple[str, ...]:
        """Everything but the place, in words that would be read as the same again."""
        traits = tuple(label for label, _ in self.traits)
        cluster = (f"cluster {self.cluster}",) if self.cluster else ()
        return (*traits, *self.kind_words, *(level for level, _ in self.levels), *cluster, *self.board_words)

    def select(self, schools: Iterable[School]) -> tuple[School, ...]:
        """The schools that fit everything."""
        return tuple(s for s in schools if self.fits_place_and_kind(s) and self._fits_character(s))

    def fits_place_and_kind(self, school: School) -> bool:
        """Whether it is of this kind and in this place."""
        return (
            (not self.kinds or school.kind in self.kinds)
            and (not self.district or school.district == self.district)
            and (not self.postcodes or school.postcode[:4] in self.postcodes)
        )

    def _fits_character(self, school: School) -> bool:
        levels = (school.levels or "").split("/")
        described = f"{school.denomination} {school.registered_name}"
        return (
            (not self.cluster or self.cluster in (school.cluster or ""))
            and (not self.boards or school.board in self.boards)
            and all(school.kind == "vo" and set(codes) & set(levels) for _, codes in self.levels)
            and (not self.traits or any(re.search(pattern, described) for _, pattern in self.traits))
        )


def read_filters(words: Sequence[Word | None], knowledge: Knowledge) -> Filters:
    """What a message says about the schools sought.

    Args:
        words: the message; None where the name of a school was found.
        knowledge: districts, boards and towns.
    """
    text = " ".join(word.text if word else "|" for word in words)
    almere = bool(_ALMERE.search(text))
    found, text = _place(Filters(), text, knowledge)
    found, text = _kinds(found, text)
    found, text = _character(found, text, knowledge)
    if not almere and not found.district and not any(code.startswith("13") for code in found.postcodes):
        found = replace(found, elsewhere=found.elsewhere or _town(text, knowledge))
    return replace(found, rest=_ALMERE.sub(" ", text))


def _place(found: Filters, text: str, knowledge: Knowledge) -> tuple[Filters, str]:
    for district in knowledge.districts:
        pattern = _district_pattern(district.names)
        if pattern.search(text):
            found, text = replace(found, district=district.name), pattern.sub(r"\1 ", text)
            break
    known = {code for district in knowledge.districts for code in district.postcodes}
    codes = tuple(code for code, letters in _POSTCODE.findall(text) if code in known or letters)
    if codes:
        text = _POSTCODE.sub(" ", text)
        inside = tuple(code for code in codes if code in known)
        found = replace(found, postcodes=inside, elsewhere=None if inside else f"postcode {codes[0]}")
    unknown = _UNKNOWN_PLACE.search(text)
    return replace(found, unknown_place=unknown[1] if unknown else None), text


def _district_pattern(names: Sequence[str]) -> re.Pattern[str]:
    """A full name anywhere; a short one ("haven") only where a place is expected, for it may be an ordinary word."""
    full, *short = [fold(name) for name in names]
    part = re.escape(full.removeprefix("almere "))
    bare = "|".join(re.escape(name) for name in short)
    alone = rf"|(^|\||\b{_LEADS}) ?\b(?:{bare})\b(?! almere)" if bare else ""
    return re.compile(rf"\balmee?re? ?{part}\b{alone}")


def _kinds(found: Filters, text: str) -> tuple[Filters, str]:
    kinds: set[str] = set()
    said: list[str] = []
    for pattern, label, codes in _KINDS:
        text, count = re.subn(rf"\b(?:{pattern})\b", " ", text)
        if count:
            kinds.update(codes)
            said.append(label)
    levels = tuple(dict.fromkeys(level.replace("atheneum", "vwo") for level in _LEVEL.findall(text)))
    found = replace(found, levels=tuple((level, _LEVELS[level]) for level in levels))
    return replace(found, kinds=frozenset(kinds), kind_words=tuple(said)), _LEVEL.sub(" ", text)


def _character(found: Filters, text: str, knowledge: Knowledge) -> tuple[Filters, str]:
    traits: list[tuple[str, str]] = []
    for pattern, label, looked_for in _DENOMINATIONS:
        text, count = re.subn(rf"\b(?:{pattern})(?:{_SCHOOL})?\b", " ", text)
        if count:
            traits.append((label, looked_for))
    cluster = _CLUSTER.search(text)
    found = replace(found, traits=tuple(traits), cluster=cluster[1] if cluster else None)
    return _boards(found, _CLUSTER.sub(" ", text), knowledge)


def _boards(found: Filters, text: str, knowledge: Knowledge) -> tuple[Filters, str]:
    spoken = {
        board.number: " ".join(word.text for word in words_of(board.short)) for board in knowledge.boards.values()
    }
    named = [board for board in knowledge.boards.values() if re.search(rf"\b{spoken[board.number]}\b", text)]
    for board in named:
        text = re.sub(rf"\b{spoken[board.number]}\b", " ", text)
    numbers = frozenset(board.number for board in named)
    return replace(found, boards=numbers, board_words=tuple(board.short for board in named)), text


def _town(text: str, knowledge: Knowledge) -> str | None:
    return next((town for town in knowledge.other_towns if re.search(rf"\b{fold(town)}\b", text)), None)
