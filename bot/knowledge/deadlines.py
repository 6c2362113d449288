"""The legal terms of ``knowledge/termijnen.yml``, and the days they come to for one parent."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from string import Formatter

from bot.knowledge.reading import Entry, read_yaml
from bot.knowledge.sources import (
    KINDS_OF_SCHOOL,
    REVIEW_FIELDS,
    Review,
    Source,
    known_topic,
    number,
    read_review,
    read_sources,
)

UNKNOWN = "onbekend"
_PLACES = {"begin", "dag", "eerder"}


@dataclass(frozen=True)
class Deadline:
    """One term.

    Attributes:
        kind: its name, the key in the file.
        weeks: that it lasts.
        after: the kind of the term that it follows; None when it counts from the day the parent named.
        text: with ``{begin}``, ``{dag}`` and ``{eerder}`` to fill in.
        past: the text when that day is past.
        calendar: its title in a calendar, or None to keep it out.
        sources: where it stands.
    """

    kind: str
    weeks: int
    after: str | None
    text: str
    past: str
    calendar: str | None
    sources: tuple[Source, ...]

    def holds_for(self, school: str | None) -> bool:
        """Whether it may be told: not where it is uncertain (``laag``)."""
        sources = self.sources_for(school)
        return bool(sources) and all(source.certainty != "laag" for source in sources)

    def sources_for(self, school: str | None) -> list[Source]:
        """Where it stands for one kind of school, or for both when it is not known."""
        return [source for source in self.sources if school not in KINDS_OF_SCHOOL or school in source.schools]


@dataclass(frozen=True)
class Occasion:
    """Something a parent names the day of, with the terms that begin then.

    Attributes:
        key: as in the file.
        topic: the topic id that the answer belongs to.
        button: the text that chooses it; None when it is never offered.
        question: for the day.
        start: says from which day is counted.
        deadlines: in the order in which they are told.
        reservations: ``altijd``, and by kind of school or ``onbekend`` where there is one.
        advice: what to do now.
        advice_past: what to do when all days are past.
    """

    key: str
    topic: str
    button: str | None
    question: str
    start: str
    deadlines: tuple[Deadline, ...]
    reservations: Mapping[str, str]
    advice: str
    advice_past: str


@dataclass(frozen=True)
class Deadlines:
    """All occasions by key, the question which of them it is, and who answers for them."""

    occasions: Mapping[str, Occasion] = field(default_factory=dict)
    question: str = ""
    review: Review = field(default_factory=Review)

    def offered(self) -> list[Occasion]:
        """The occasions a parent can choose from."""
        return [occasion for occasion in self.occasions.values() if occasion.button]

    def calendar_titles(self) -> dict[str, str]:
        """The titles that a calendar may hold, by occasion and term: ``aangemeld_besluit``."""
        return {
            f"{occasion.key}_{deadline.kind}": deadline.calendar
            for occasion in self.occasions.values()
            for deadline in occasion.deadlines
            if deadline.calendar
        }


@dataclass(frozen=True)
class Due:
    """A term with the day it comes to.

    Attributes:
        deadline: the term.
        day: its last day.
        earlier: the last day of the term that it follows, or None.
    """

    deadline: Deadline
    day: date
    earlier: date | None = None

    def is_past(self, today: date) -> bool:
        """Whether the day, or the one that this term waits for, is over."""
        return (self.earlier or self.day) < today


def due_days(occasion: Occasion, start: date, school: str | None = None) -> list[Due]:
    """The terms that may be told for this kind of school, each with its last day.

    A term of six weeks that begins on a Tuesday ends on a Tuesday: the day itself does not count, the last day does
    (fact sheet ``zorgplicht/termijn``).
    """
    found: dict[str, Due] = {}
    for deadline in occasion.deadlines:
        earlier = found[deadline.after].day if deadline.after in found else None
        if deadline.holds_for(school) and (deadline.after is None or earlier is not None):
            found[deadline.kind] = Due(deadline, (earlier or start) + timedelta(weeks=deadline.weeks), earlier)
    return list(found.values())


def load_deadlines(file: Path, topics: Collection[str] | None = None) -> Deadlines:
    """The terms.

    Args:
        file: ``knowledge/termijnen.yml``.
        topics: the known topic ids; None to take them as they are.

    Raises:
        KnowledgeError: something is wrong; names file and line.
    """
    fields = read_yaml(file).fields((*REVIEW_FIELDS, "vraag_gebeurtenis", "gebeurtenissen"))
    listed = fields["gebeurtenissen"].fields(others=True)
    return Deadlines(
        {key: _occasion(key, entry, topics) for key, entry in listed.items()},
        fields["vraag_gebeurtenis"].text(),
        read_review(fields),
    )


def _occasion(key: str, entry: Entry, topics: Collection[str] | None) -> Occasion:
    fields = entry.fields(
        ("onderwerp", "vraag", "begin", "termijnen", "voorbehoud", "doen", "doen_voorbij"),
        ("knop",),
    )
    deadlines = tuple(_deadlines(fields["termijnen"]))
    return Occasion(
        key,
        known_topic(fields["onderwerp"], topics),
        fields["knop"].text() if "knop" in fields else None,
        fields["vraag"].text(),
        _text(fields["begin"], {"begin"}),
        deadlines,
        _reservations(fields["voorbehoud"], deadlines),
        fields["doen"].text(),
        fields["doen_voorbij"].text(),
    )


def _deadlines(entry: Entry) -> Iterator[Deadline]:
    kinds: set[str] = set()
    for kind, term in entry.fields(others=True).items():
        fields = term.fields(("weken", "tekst", "voorbij", "bron"), ("na", "agenda"))
        after = fields["na"].text() if "na" in fields else None
        if after is not None and after not in kinds:
            raise fields["na"].error(f"de termijn '{after}' staat niet hierboven.")
        kinds.add(kind)
        yield Deadline(
            kind,
            number(fields["weken"], 52),
            after,
            _text(fields["tekst"], _PLACES if after else _PLACES - {"eerder"}),
            _text(fields["voorbij"], _PLACES if after else _PLACES - {"eerder"}),
            fields["agenda"].text() if "agenda" in fields else None,
            read_sources(fields["bron"]),
        )


def _reservations(entry: Entry, deadlines: Collection[Deadline]) -> dict[str, str]:
    """The reservations; each kind of school with a term seen in an older text only has one."""
    fields = entry.fields(("altijd",), (*KINDS_OF_SCHOOL, UNKNOWN))
    for school in (*KINDS_OF_SCHOOL, UNKNOWN):
        sources = [source for deadline in deadlines for source in deadline.sources_for(school)]
        if school not in fields and any(source.certainty == "middel" for source in sources):
            raise entry.error(f"een bron heeft zekerheid middel; zet hier een voorbehoud bij {school}.")
    return {name: value.text() for name, value in fields.items()}


def _text(entry: Entry, places: Collection[str]) -> str:
    """A text with only these gaps to fill in."""
    text = entry.text()
    try:
        gaps = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError as error:
        raise entry.error("een accolade staat los; schrijf {dag}.") from error
    if unknown := sorted(gaps - set(places)):
        allowed = ", ".join(f"{{{name}}}" for name in sorted(places))
        raise entry.error(f"{{{unknown[0]}}} is onbekend; hier kan: {allowed}.")
    return text
