"""Looks up a school in Almere: kind, address, phone, website, from the register of DUO."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.reply import Button, button, choice_of, detail_of, say
from bot.knowledge import KINDS, Knowledge, School, current
from bot.knowledge.filters import Filters
from bot.knowledge.matching import words_of
from bot.knowledge.schools import MAX_OFFERED, SchoolMatches, find_schools
from bot.nlu.details import KIND_OF_SCHOOL
from bot.nlu.follow_up import points_back
from bot.topics import response_of

TOPIC = "school/zoeken"
SLOT = "school"
"""Holds the number of the school that was told about last."""
NATIONAL_SITE = "[scholenopdekaart.nl](https://scholenopdekaart.nl)"
MAX_NAMED = 20
"""A longer list is not given; the parent is asked for a part of Almere."""
ABOUT: dict[str, Any] = {
    "bronnen": [{"naam": "DUO Open Onderwijsdata", "url": "https://duo.nl/open_onderwijsdata/"}],
    "eigenaar": "Schoolbesturen via Passend Onderwijs Almere",
    "gecontroleerd": "nog niet",
    "gecontroleerd_door": "nog niet",
}
_DENOMINATIONS = {"Samenwerking PC, RK": "Protestants-Christelijk en Rooms-Katholiek samen", "Overige": "niet bekend"}
_CHECK = "Er kan iets veranderd zijn. Kijk dit na bij de school of op " + NATIONAL_SITE + "."


class SchoolZoeken(Action):  # type: ignore[misc]
    """Answers with one school, offers several, or says that there is none."""

    def name(self) -> str:
        """As in the domain."""
        return "action_school_zoeken"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        """Look up what was typed, or the school on the clicked button; that school is remembered."""
        knowledge = current()
        detail = detail_of(tracker, TOPIC)
        if choice_of(tracker) == TOPIC:
            dispatcher.utter_message(response=response_of(TOPIC))
            return []
        typed = detail.replace("_", " ") or tracker.latest_message.get("text") or ""
        found = find_schools(typed, knowledge)
        school = knowledge.school(detail) or _meant(found, typed, knowledge, tracker.get_slot(SLOT))
        if school is None:
            _answer(dispatcher, found, knowledge)
            return []
        _tell(dispatcher, school, knowledge)
        return remembered(school)


def _meant(found: SchoolMatches, typed: str, knowledge: Knowledge, last: str | None) -> School | None:
    """The one school that is named, or the last one that was told about ("welk bestuur hoort daarbij?")."""
    if found.outcome == "one":
        return found.schools[0]
    return knowledge.school(last) if last and found.outcome == "unnamed" and points_back(typed) else None


def remembered(school: School) -> list[dict[str, Any]]:
    """The slots that a school fills: itself, and its kind where that is one of the two that answers depend on."""
    kind = {"bo": "po", "sbo": "po", "vo": "vo", "pro": "vo"}.get(school.kind)
    return [SlotSet(SLOT, school.brin), *([SlotSet(KIND_OF_SCHOOL, kind)] if kind else [])]


def _answer(dispatcher: CollectingDispatcher, found: SchoolMatches, knowledge: Knowledge) -> None:
    if found.outcome == "unnamed":
        dispatcher.utter_message(response=response_of(TOPIC))
    elif found.outcome == "several":
        say(dispatcher, question(found.schools), TOPIC, "answer", school_buttons(found.schools, TOPIC), **ABOUT)
    elif found.schools:
        _list(dispatcher, found, knowledge)
    else:
        say(dispatcher, not_found(found, knowledge), TOPIC, "answer", **ABOUT)


def _tell(dispatcher: CollectingDispatcher, school: School, knowledge: Knowledge) -> None:
    support = button("Welke extra hulp biedt deze school?", f"sop/vinden:{school.brin}", f"sop {school.name}")
    about = {**ABOUT, "vervolg": ["zorgplicht/aanmelden"]}
    say(dispatcher, describe(school, knowledge), TOPIC, "answer", [support], **about)


def describe(school: School, knowledge: Knowledge) -> str:
    """What is known of one school, in Markdown."""
    place = f" in {school.district}" if school.district else ""
    lines = [
        f"**{school.name}** is een {KINDS[school.kind]}{place}.\n",
        f"- Adres: {school.street}, {school.postcode} {school.town}",
        f"- Telefoon: {phone(school) or 'ik heb geen nummer dat zeker klopt'}",
        f"- Website: {website(school) or 'niet bekend'}",
        f"- Richting: {_DENOMINATIONS.get(school.denomination, school.denomination)}",
        f"- Bestuur: {knowledge.boards[school.board].short}",
        f"\nBron: DUO, {school.year}. {_CHECK}",
    ]
    return "\n".join(lines)


def phone(school: School) -> str | None:
    """The number as it is written in the Netherlands: area code, then the rest."""
    return f"{school.phone[:3]}-{school.phone[3:]}" if school.phone else None


def website(school: School) -> str | None:
    """A link with the bare address as its text."""
    if not school.website:
        return None
    return f"[{school.website.split('//')[-1].removeprefix('www.')}]({school.website})"


def question(schools: Sequence[School]) -> str:
    """The question above the schools that are offered."""
    asked = "Bedoelt u deze school?" if len(schools) == 1 else "Welke school bedoelt u?"
    return f"{asked} Staat uw school er niet bij? Typ de hele naam, of kijk op {NATIONAL_SITE}."


def school_buttons(schools: Sequence[School], topic: str) -> list[Button]:
    """A button per school; where two would read the same, the street tells them apart."""
    titles = Counter(_title(school) for school in schools)
    return [
        button(
            _title(school) if titles[_title(school)] == 1 else f"{school.name} ({school.street})", _key(school, topic)
        )
        for school in schools
    ]


def _title(school: School) -> str:
    return f"{school.name} ({school.district})" if school.district else school.name


def _key(school: School, topic: str) -> str:
    return f"{topic}:{school.brin}"


def _list(dispatcher: CollectingDispatcher, found: SchoolMatches, knowledge: Knowledge) -> None:
    schools = found.schools
    heading = f"Ik ken {len(schools)} {'school' if len(schools) == 1 else 'scholen'} in {sought(found.filters)}."
    notes = [_unknown_place(found.filters, knowledge), f"Bron: DUO, {schools[0].year}. {_CHECK}"]
    buttons: list[Button] = []
    if len(schools) <= MAX_OFFERED:
        notes.insert(0, "Kies een school voor adres, telefoon en website.")
        buttons = school_buttons(schools, TOPIC)
    elif len(schools) <= MAX_NAMED:
        notes.insert(0, "\n".join(f"- {school.name}, {school.street}" for school in schools))
        notes.insert(1, "Typ de naam van een school voor telefoon en website.")
    else:
        notes.insert(0, "Dat zijn er veel. In welk deel van Almere zoekt u?")
        buttons = _narrower(found, knowledge)
    say(dispatcher, "\n\n".join([heading, *filter(None, notes)]), TOPIC, "answer", buttons, **ABOUT)


def _narrower(found: SchoolMatches, knowledge: Knowledge) -> list[Button]:
    """A button per district in which some of these schools are."""
    what = " ".join(found.filters.words())
    there = {school.district for school in found.schools}
    names = [district.name for district in knowledge.districts if district.name in there]
    searches = {name: f"{what} {name}".strip() for name in names}
    return [button(name, f"{TOPIC}:{_slug(search)}", search) for name, search in searches.items()]


def _slug(text: str) -> str:
    """The words of a search in the letters that may follow a topic on a button."""
    return "_".join(word.text for word in words_of(text))


def sought(filters: Filters) -> str:
    """What was looked for, in words, the place first."""
    postcode = f" met postcode {' of '.join(filters.postcodes)}" if filters.postcodes else ""
    words = filters.words()
    return f"{filters.district or 'Almere'}{postcode}{': ' if words else ''}{', '.join(words)}"


def not_found(found: SchoolMatches, knowledge: Knowledge) -> str:
    """That there is no such school in the list, and where to look."""
    filters = found.filters
    if filters.elsewhere:
        return f"Ik ken alleen scholen in Almere. Een school in een andere plaats vindt u op {NATIONAL_SITE}."
    if found.outcome == "list":
        return f"Ik vind in mijn lijst geen school in {sought(filters)}. Kijk ook op {NATIONAL_SITE}."
    place = _unknown_place(filters, knowledge)
    return (
        "Ik vind deze school niet in mijn lijst van scholen in Almere. "
        f"{place + ' ' if place else ''}Klopt de naam? U kunt ook zoeken op {NATIONAL_SITE}."
    )


def _unknown_place(filters: Filters, knowledge: Knowledge) -> str:
    if not filters.unknown_place:
        return ""
    names = ", ".join(district.name for district in knowledge.districts)
    return f"De buurt {filters.unknown_place} ken ik niet. Ik kan zoeken op postcode of op stadsdeel: {names}."
