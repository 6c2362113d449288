"""What is known: facts per topic, terms, schools, boards, help lines, the organisation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.knowledge.deadlines import Deadlines
from bot.knowledge.route import Route
from bot.knowledge.talk_card import TalkCard

KINDS: Mapping[str, str] = {
    "bo": "basisschool",
    "sbo": "school voor speciaal basisonderwijs (sbo)",
    "so": "school voor speciaal onderwijs (so)",
    "so/vso": "school voor (voortgezet) speciaal onderwijs (so of vso)",
    "vo": "middelbare school",
    "pro": "school voor praktijkonderwijs",
}
"""The kinds of school in ``scholen.csv`` with the words for a parent."""


@dataclass(frozen=True)
class Fact:
    """One fact an answer may rest on.

    Attributes:
        text: the fact, in Dutch.
        source: name of the page or law.
        url: its address, or None.
        certainty: ``hoog``, ``middel`` or ``laag``; a fact with ``laag`` is not used without a check.
        seen: False when no page was seen that says so.
        reach: where the source comes from: ``almere``, ``landelijk``, ``andere_regio``, or None when not looked into.
        remark: why to be careful, or None.
    """

    text: str
    source: str
    url: str | None
    certainty: str
    seen: bool
    reach: str | None
    remark: str | None = None


@dataclass(frozen=True)
class Reference:
    """A place to send a parent to."""

    name: str
    url: str | None
    phone: str | None


@dataclass(frozen=True)
class Sheet:
    """What is known about one topic.

    Attributes:
        topic: the topic id.
        core: what a parent has to hear first.
        facts: in the order of the file.
        caution: what an answer has to be careful with, or None.
        references: places to send a parent to.
        missing: looked for and not found.
    """

    topic: str
    core: str
    facts: tuple[Fact, ...]
    caution: str | None = None
    references: tuple[Reference, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Term:
    """A word of the field.

    Attributes:
        names: the term, its abbreviation, and other spellings; each once, the term first.
        explanation: one or two sentences.
        topic: the topic id with an answer about it, or None.
        source: where the explanation comes from.
        seen: False when it is not from a page.
        abbreviation: as it is written, or None.
    """

    names: tuple[str, ...]
    explanation: str
    topic: str | None
    source: str
    seen: bool
    abbreviation: str | None = None


@dataclass(frozen=True)
class Board:
    """A school board (bevoegd gezag); ``short`` is the name parents hear."""

    number: str
    name: str
    short: str
    coc_number: str


@dataclass(frozen=True)
class School:
    """One location of a school. The key is ``brin``: neither names nor addresses are unique.

    Attributes:
        brin: six characters, institution and location.
        name: the name parents know.
        registered_name: as DUO has it.
        names: all names a parent may type, ``name`` first.
        kind: a key of ``KINDS``.
        ordinary: the name is also an ordinary word, such as De Ruimte.
        denomination: as DUO has it.
        board: number of the board.
        street: street and number.
        postcode: ``1234 AB``.
        town: name of the town.
        district: part of Almere, or None when the postcode is in none.
        phone: ten digits, or None when there is none or it may not be shown.
        website: full address, or None.
        year: of the DUO file.
        cluster: of special education, or None.
        levels: what DUO says of the education given, or None.
        remark: for staff.
    """

    brin: str
    name: str
    registered_name: str
    names: tuple[str, ...]
    kind: str
    denomination: str
    board: str
    street: str
    postcode: str
    town: str
    district: str | None
    phone: str | None
    website: str | None
    year: str
    ordinary: bool = False
    cluster: str | None = None
    levels: str | None = None
    remark: str | None = None


@dataclass(frozen=True)
class District:
    """A part of Almere: its name, other names, and its four-digit postcodes."""

    name: str
    names: tuple[str, ...]
    postcodes: frozenset[str]


@dataclass(frozen=True)
class HelpLine:
    """Who to call in danger.

    Attributes:
        name: of the organisation.
        numbers: as a parent dials them, the shortest first.
        for_whom: when to call, one or two sentences.
        website: or None.
        source: address of the page where the number was seen.
        confirmed: True once the organisation checked it.
    """

    name: str
    numbers: tuple[str, ...]
    for_whom: str
    website: str | None
    source: str
    confirmed: bool


@dataclass(frozen=True)
class OpenPoint:
    """Something only the organisation can say.

    Attributes:
        key: name of the field in ``organisatie.yml``.
        topic: the topic id it matters to.
        question: what is asked.
        why: what depends on it.
        whom: who can say it.
        value: the answer, or None.
        confirmed: True once the organisation stands for the value.
    """

    key: str
    topic: str
    question: str
    why: str
    whom: str
    value: str | None
    confirmed: bool


@dataclass(frozen=True)
class Organisation:
    """The Oudersteunpunt itself, with the points that wait for its confirmation."""

    name: str
    website: str
    points: Mapping[str, OpenPoint]

    def confirmed(self, key: str) -> str | None:
        """The value of a point that may be told as certain, else None."""
        point = self.points.get(key)
        return point.value if point and point.confirmed else None


@dataclass(frozen=True, eq=False)  # compared and hashed by identity: what is derived from it can be kept with it
class Knowledge:
    """Everything in ``knowledge/``, at one moment."""

    facts: Mapping[str, Sheet]
    terms: tuple[Term, ...]
    schools: tuple[School, ...]
    boards: Mapping[str, Board]
    help_lines: tuple[HelpLine, ...]
    organisation: Organisation
    districts: tuple[District, ...]
    other_towns: tuple[str, ...] = ()
    """Towns that are not Almere."""
    topics: Mapping[str, str] = field(default_factory=dict)
    """Topic id to the text on its button."""
    deadlines: Deadlines = field(default_factory=Deadlines)
    """The terms of the law that a parent's own days are worked out from."""
    route: Route = field(default_factory=Route)
    """The way of a child, from worry to a place."""
    talk_card: TalkCard = field(default_factory=TalkCard)
    """Questions to take to a talk at school."""

    def school(self, brin: str) -> School | None:
        """The school with this location code."""
        return next((school for school in self.schools if school.brin == brin), None)
