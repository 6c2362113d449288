"""The case sheet: what stands at the top of a case, made by rule from what the parent handed over and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from bot.handoff.cases import Content, Line
from bot.handoff.clock import dutch_date, local
from bot.handoff.lines import DISSATISFIED, REASONS, terms
from bot.knowledge import Knowledge
from bot.knowledge.schools import find_schools
from bot.nlu.details import kind_of_school

_ROUTE = "ondersteuning/route:"
_KINDS = {"po": "primair onderwijs", "vo": "voortgezet onderwijs"}


ROWS = {
    "open_question": "Open vraag",
    "phase": "Fase",
    "school_kind": "Onderwijs",
    "schools": "School genoemd",
    "terms": "Termijnen",
    "answered": "De chatbot gaf antwoord op",
}
"""The rows that a parent may strike, each with its title; in their order on the sheet."""


@dataclass(frozen=True)
class Row:
    """One row as people read it; ``name`` as in :data:`ROWS`."""

    name: str
    title: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Term:
    """A day that Termijnhulp worked out; ``days`` from today, negative when it has passed."""

    title: str
    day: date
    days: int


@dataclass(frozen=True)
class Answered:
    """What the bot answered.

    Attributes:
        topic: topic id.
        seq: the line of the last answer on it.
        rejected: the parent was not satisfied with it.
    """

    topic: str
    seq: int
    rejected: bool


@dataclass(frozen=True)
class Sheet:
    """What an ouderadviseur wants to know first; what is not known is empty.

    Attributes:
        topic: topic id of the case.
        phase: where the child is on the way of ``route.yml``.
        phase_is_guess: it follows from the topic, the parent did not choose it.
        school_kind: primary or secondary education.
        schools: names of schools that the parent named.
        urgency: the reasons, in words.
        terms: running ones first, then those that have passed.
        answered: by topic, in order.
        open_question: what the parent still wants to know.
        reach: how, and when if the parent said so.
        interpreter: language.
    """

    topic: str
    phase: str
    phase_is_guess: bool
    school_kind: str
    schools: tuple[str, ...]
    urgency: tuple[str, ...]
    terms: tuple[Term, ...]
    answered: tuple[Answered, ...]
    open_question: str
    reach: str
    interpreter: str


def make_sheet(content: Content, knowledge: Knowledge, now: datetime) -> Sheet:
    """The sheet of a case.

    Args:
        content: what was handed over; lines that the parent struck are not in it, rows that were struck stay empty.
        knowledge: schools and the way from worry to a place.
        now: naive UTC; decides which terms are running.
    """
    said = [content.about, *(line.text for line in content.lines if line.author == "ouder")]
    phase, guess = _phase(content, knowledge)
    made = Sheet(
        topic=content.topic,
        phase=phase,
        phase_is_guess=guess,
        school_kind=_school_kind(said),
        schools=_schools(said, knowledge),
        urgency=tuple(REASONS[reason] for reason in content.urgency),
        terms=_terms(content.lines, local(now).date()),
        answered=answers(content.lines),
        open_question=open_question(content),
        reach=f"{content.contact}, {content.preferred}" if content.preferred else content.contact,
        interpreter=content.interpreter,
    )
    empty: dict[str, Any] = {name: type(getattr(made, name))() for name in _struck(content)}
    return replace(made, **empty)


def rows(sheet: Sheet, label: Callable[[str], str], now: datetime) -> tuple[Row, ...]:
    """What stands on the sheet, the same for the parent who agrees to it and for the ouderadviseur; no empty rows.

    Args:
        sheet: of the case.
        label: a topic in words.
        now: naive UTC; decides how days are written.
    """
    today = local(now).date()
    texts: dict[str, tuple[str, ...]] = {
        "open_question": (sheet.open_question,),
        "phase": (f"{sheet.phase} (volgt uit het onderwerp)" if sheet.phase and sheet.phase_is_guess else sheet.phase,),
        "school_kind": (sheet.school_kind,),
        "schools": sheet.schools,
        "terms": tuple(f"{term.title}: {dutch_date(term.day, today)} ({_days(term.days)})" for term in sheet.terms),
        "answered": tuple(label(it.topic) + (" – niet geholpen" if it.rejected else "") for it in sheet.answered),
    }
    return tuple(Row(name, title, texts[name]) for name, title in ROWS.items() if any(texts[name]))


def passed_on(content: Content, knowledge: Knowledge, now: datetime) -> tuple[Row, ...]:
    """The rows for a parent who still has to agree: those that were struck too, so that they can be put back.

    Args:
        content: what would be handed over.
        knowledge: as for :func:`make_sheet`; has the topics in words.
        now: naive UTC.
    """
    made = make_sheet(replace(content, struck_rows=frozenset()), knowledge, now)
    return rows(made, lambda topic: knowledge.topics.get(topic, topic), now)


def open_question(content: Content) -> str:
    """The last line of the parent without an answer, or with one that was rejected; else what it is about."""
    rejected = {answer.seq for answer in answers(content.lines) if answer.rejected}
    replies: Mapping[object, list[Line]] = _by_question(content.lines)
    for line in reversed(content.lines):
        if line.author != "ouder" or line.meta.get("keuze"):
            continue
        if line.meta.get("later") or any(_leaves_open(reply, rejected) for reply in replies.get(line.seq, [])):
            return line.text
    return content.about


def answers(lines: Iterable[Line]) -> tuple[Answered, ...]:
    """What was answered, once per topic, and whether the parent rejected it: said so, or gave it a thumb down."""
    found: dict[str, Answered] = {}
    last = ""
    for line in lines:
        topic, meta = str(line.meta.get("onderwerp", "")), line.meta
        if line.author != "bot":
            continue
        if topic == DISSATISFIED and last:
            found[last] = Answered(last, found[last].seq, rejected=True)
        elif topic and meta.get("besluit", "answer") == "answer" and not topic.startswith("gesprek/"):
            found[topic] = Answered(topic, line.seq, meta.get("oordeel") == "niet_goed")
            last = topic
    return tuple(found.values())


def _struck(content: Content) -> set[str]:
    """What the parent struck; a question that came after that was not struck."""
    asked_later = any(line.meta.get("later") for line in content.lines)
    return {name for name in content.struck_rows & ROWS.keys() if name != "open_question" or not asked_later}


def _days(days: int) -> str:
    if days == 0:
        return "vandaag"
    return "voorbij" if days < 0 else f"nog {days} {'dag' if days == 1 else 'dagen'}"


def _phase(content: Content, knowledge: Knowledge) -> tuple[str, bool]:
    """The step that the parent chose last in "Waar sta ik?"; else the one that names the topic first."""
    steps = knowledge.route.steps
    chosen = [str(line.meta.get("keuze", "")) for line in content.lines if line.author == "ouder"]
    keys = [choice.removeprefix(_ROUTE) for choice in chosen if choice.startswith(_ROUTE)]
    for key in reversed(keys):
        if key in steps:
            return steps[key].where, False
    leads = [(step.topics.index(content.topic), step.where) for step in steps.values() if content.topic in step.topics]
    return min(leads, key=lambda found: found[0], default=(0, ""))[1], bool(leads)


def _school_kind(said: Iterable[str]) -> str:
    kinds = {found.value for text in said if (found := kind_of_school(text))}
    return " en ".join(_KINDS[kind] for kind in sorted(kinds))


def _schools(said: Iterable[str], knowledge: Knowledge) -> tuple[str, ...]:
    """Schools that are surely meant; of several that may be meant none, since a wrong one does harm."""
    found: dict[str, None] = {}
    for text in said:
        matches = find_schools(text, knowledge)
        if matches.outcome == "one":
            found[matches.schools[0].name] = None
    return tuple(found)


def _terms(lines: Iterable[Line], today: date) -> tuple[Term, ...]:
    found = [Term(title, day, (day - today).days) for title, day in terms(lines)]
    return tuple(sorted(found, key=lambda term: (term.days < 0, term.day)))


def _by_question(lines: Iterable[Line]) -> dict[object, list[Line]]:
    found: dict[object, list[Line]] = {}
    for line in lines:
        if line.author == "bot" and "vraag" in line.meta:
            found.setdefault(line.meta["vraag"], []).append(line)
    return found


def _leaves_open(reply: Line, rejected: set[int]) -> bool:
    return reply.seq in rejected or reply.meta.get("besluit") in ("none", "ask")
