"""What is remembered of the child in this conversation: to see, to change, to have forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.reply import Button, button, detail_of, say
from actions.school import SLOT as SCHOOL
from bot.knowledge import current
from bot.nlu.depends import SAID, VALUES
from bot.nlu.details import KIND_OF_SCHOOL, NO_LONGER, SITUATION
from bot.nlu.help_requests import FORGET, MEMORY_TOPIC
from bot.topics import HUMAN

_NAMES = {"po": "basisschool", "vo": "middelbare school", "thuis": "zit thuis", "ziek": "is ziek"}
_NOTHING = "Ik heb nog niets over uw kind onthouden. Dat doe ik ook alleen voor dit gesprek."
_FORGOTTEN = "Ik ben het vergeten. Wat u typte, staat nog wel in dit gesprek."
_END = "Alles weg? Kies **Wis mijn gesprek**. Meer over uw gegevens? Typ: *wat gebeurt er met dit gesprek*."


class Onthouden(Action):  # type: ignore[misc]
    """Tells what the slots hold; a button under it changes one, or empties them."""

    def name(self) -> str:
        """As in the domain."""
        return "action_onthouden"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        """Forget what was asked to be forgotten, then tell what is left."""
        known = {name: tracker.get_slot(name) for name in (KIND_OF_SCHOOL, SCHOOL, SITUATION)}
        if _wish(tracker) == FORGET:
            say(dispatcher, f"{_FORGOTTEN}\n\n{_END}", MEMORY_TOPIC, "answer")
            return [SlotSet(name, None) for name in known]
        say(dispatcher, describe(known), MEMORY_TOPIC, "answer", _buttons(known), vervolg=[HUMAN])
        return []


def _wish(tracker: Tracker) -> str:
    helped = (tracker.latest_message.get("onderwerpen") or {}).get("hulp") or {}
    return detail_of(tracker, MEMORY_TOPIC) or str(helped.get("wens") or "")


def describe(known: Mapping[str, str | None]) -> str:
    """What is known, in Markdown."""
    school = current().school(known.get(SCHOOL) or "")
    lines = [
        f"- Soort school: {_NAMES[known[KIND_OF_SCHOOL] or '']}" if known.get(KIND_OF_SCHOOL) else "",
        f"- School: {school.name}" if school else "",
        f"- Uw kind {_NAMES[known[SITUATION] or '']}" if known.get(SITUATION) in _NAMES else "",
    ]
    if not any(lines):
        return f"{_NOTHING}\n\n{_END}"
    told = "\n".join(filter(None, lines))
    return f"Dit heb ik onthouden, alleen voor dit gesprek:\n{told}\n\nKlopt het niet? Kies wat past. {_END}"


def _buttons(known: Mapping[str, str | None]) -> list[Button]:
    """The other values, and one to forget; none when there is nothing to change."""
    other = {"po": "vo", "vo": "po", "thuis": NO_LONGER, "ziek": NO_LONGER}
    values = [other[value] for value in known.values() if value in other]
    changes = [button(SAID[VALUES[value]][value], f"{MEMORY_TOPIC}:{value}") for value in values]
    known_at_all = any(value and value != NO_LONGER for value in known.values())
    return [*changes, button("Vergeet dit", f"{MEMORY_TOPIC}:{FORGET}")] if known_at_all else []
