"""Points to the support that a school offers: its website and school guide."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.reply import detail_of, say
from actions.school import ABOUT as ABOUT_SCHOOLS
from actions.school import NATIONAL_SITE, question, remembered, school_buttons, website
from bot.knowledge import School, current
from bot.knowledge.schools import find_schools
from bot.topics import response_of

TOPIC = "sop/vinden"
ABOUT: dict[str, Any] = {
    "bronnen": [
        {"naam": "WVO 2020, artikel 2.92", "url": "https://wetten.overheid.nl/BWBR0044212"},
        {"naam": "DUO Open Onderwijsdata", "url": "https://duo.nl/open_onderwijsdata/"},
    ],
    "eigenaar": "Redactie Passend Onderwijs Almere",
    "gecontroleerd": "nog niet",
    "gecontroleerd_door": "nog niet",
    "vervolg": ["sop/uitleg", "sop/vergelijken"],
}


class SopVinden(Action):  # type: ignore[misc]
    """Answers for the school that is named, else in general."""

    def name(self) -> str:
        """As in the domain."""
        return "action_sop_vinden"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        """Look up the school; several are offered, and without one the general answer is given."""
        knowledge = current()
        chosen = knowledge.school(detail_of(tracker, TOPIC))
        found = find_schools(tracker.latest_message.get("text") or "", knowledge)
        if chosen or found.outcome == "one":
            school = chosen or found.schools[0]
            say(dispatcher, describe(school), TOPIC, "answer", **ABOUT)
            return remembered(school)
        if found.outcome == "several":
            buttons = school_buttons(found.schools, TOPIC)
            say(dispatcher, question(found.schools), TOPIC, "answer", buttons, **ABOUT_SCHOOLS)
        else:
            dispatcher.utter_message(response=response_of(TOPIC))
        return []


def describe(school: School) -> str:
    """Where the support of this school can be read, in Markdown."""
    link = website(school)
    where = f"Zoek de schoolgids op de website van de school: {link}." if link else "Vraag de school om de schoolgids."
    source = f"\n\nHet webadres komt van DUO, {school.year}. Het kan veranderd zijn." if link else ""
    return (
        f"Welke hulp **{school.name}** biedt, hoort in de schoolgids te staan. "
        "Een los SOP (schoolondersteuningsprofiel) bestaat in de wet niet meer.\n\n"
        f"- {where}\n"
        f"- Kijk ook op {NATIONAL_SITE}.\n"
        f"- Niet gevonden? Vraag de directeur of de intern begeleider naar het *ondersteuningsaanbod*.{source}"
    )
