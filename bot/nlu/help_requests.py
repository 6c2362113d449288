"""Messages that ask for one of the helps: own dates (Termijnhulp), Waar sta ik?, Gesprekskaart. No Rasa import."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.nlu.depends import VALUES
from bot.nlu.dutch_dates import plain

DEADLINE_INTENT, ROUTE_INTENT, CARD_INTENT = "termijnhulp", "waar_sta_ik", "gesprekskaart"
MEMORY_INTENT, MEMORY_TOPIC = "onthouden", "gesprek/privacy_chat"
DEADLINE_TOPIC, ROUTE_TOPIC, CARD_TOPIC = "zorgplicht/termijn", "ondersteuning/route", "oudersteunpunt/mee_naar_gesprek"
INTENT_OF_TOPIC: Mapping[str, str] = {
    DEADLINE_TOPIC: DEADLINE_INTENT,
    ROUTE_TOPIC: ROUTE_INTENT,
    CARD_TOPIC: CARD_INTENT,
    MEMORY_TOPIC: MEMORY_INTENT,
}
"""A button of a help sends one of these topics with a detail behind it: ``zorgplicht/termijn:aangemeld``."""

_OFFERS: Mapping[str, tuple[str, str]] = {
    "zorgplicht/termijn": ("Reken mijn dagen uit", f"{DEADLINE_TOPIC}:aangemeld"),
    "zorgplicht/weigering": ("Reken mijn laatste dag uit", f"{DEADLINE_TOPIC}:besluit_school"),
    "klacht/geschillencommissie": ("Reken mijn laatste dag uit", f"{DEADLINE_TOPIC}:besluit_school"),
    "tlv/oneens": ("Reken mijn laatste dag uit", f"{DEADLINE_TOPIC}:besluit_tlv"),
    "ondersteuning/route": ("Waar sta ik?", f"{ROUTE_TOPIC}:begin"),
    "ondersteuning/eerste_stap": ("Waar sta ik?", f"{ROUTE_TOPIC}:begin"),
    "oudersteunpunt/mee_naar_gesprek": ("Maak een kaart voor het gesprek", f"{CARD_TOPIC}:kaart"),
    "klacht/gesprek_vastgelopen": ("Maak een kaart voor het gesprek", f"{CARD_TOPIC}:kaart"),
}


def help_buttons(topic: str) -> list[dict[str, str]]:
    """The button of the help that goes on from the answer of a topic; none for most."""
    title, choice = _OFFERS.get(topic, ("", ""))
    return [{"title": title, "payload": title, "keuze": choice}] if title else []


@dataclass(frozen=True)
class Heard:
    """A message, and what is already known about it.

    Attributes:
        text: as it was typed.
        topic: the topic id that the classifier puts first, or None.
        sure: whether the classifier would answer that topic.
        last_topic: the topic id that was answered before, or None.
    """

    text: str
    topic: str | None = None
    sure: bool = False
    last_topic: str | None = None


@dataclass(frozen=True)
class HelpRequest:
    """What help is asked for.

    Attributes:
        intent: the intent that starts it.
        topic: the topic id it belongs to.
        about: for a term ``gebeurtenis`` (a key of ``termijnen.yml``) and ``datum`` (the words with the date), and
            ``misschien`` when it only makes sense as the answer to a question; for the route ``plaats``.
    """

    intent: str
    topic: str
    about: Mapping[str, str] = field(default_factory=dict)


_WHERE_AM_I = re.compile(
    r"\bwaar sta(an)? (ik|we|wij)\b"
    r"|\b(in|op|bij) welke (stap|fase) (zit|zitten|zijn|sta|staan|ben) (ik|we|wij)\b"
    r"|\bhoe ver (zijn|ben|zitten) (we|wij|ik)\b"
)
_OTHER_PLACE = re.compile(r"\b(wachtlijst|op de lijst|in de rij|recht\w*|juridisch|als ouders?|ingeschreven|sterk)\b")
_MOST_WORDS_OF_ROUTE = 20

_PREPARE = r"(voorbereid\w*|voor te bereiden)"
_CARD = re.compile(
    r"\bgespreks?kaart(je)?\b|\bkaart(je)? voor (het|mijn|ons|een) gesprek\b"
    rf"|\b(help|hulp|helpen|helpt|maak|kaart(je)?|lijst(je)?|vragen)\b.*\bgesprek\w*\b.*\b{_PREPARE}\b"
    rf"|\b{_PREPARE}\b.*\bgesprek\w*\b.*\b(help|hulp|helpen|kaart(je)?|vragen)\b"
    rf"|\b(help|helpen|hulp)\b.*\b{_PREPARE}\b.*\bgesprek\w*\b"
    r"|\bbereid\b.*\bgesprek\b.*\bvoor\b"
    r"|\bwelke vragen\b.*\b(stellen|vragen|meenemen)\b.*\bgesprek\w*\b"
    r"|\bgesprek\b.*\bwelke vragen\b"
    r"|\bwat (kan|moet|zal|ga) ik (allemaal )?vragen\b.*\bgesprek\b"
)
# Whether somebody comes along is a question that has its own answer.
_WITH_SOMEBODY = re.compile(
    r"\b(mee|meegaan|meekomen|meegaat|iemand|ouderadviseurs?|oudersteunpunt|jullie|medewerker)\b"
)


def asks_for_card(text: str) -> HelpRequest | None:
    """A request for questions to take to a talk at school."""
    lowered = plain(text)
    if not _CARD.search(lowered) or _WITH_SOMEBODY.search(lowered):
        return None
    return HelpRequest(CARD_INTENT, CARD_TOPIC)


def asks_where(text: str) -> HelpRequest | None:
    """The question where on the way the parent is."""
    lowered = plain(text)
    long = len(lowered.split()) > _MOST_WORDS_OF_ROUTE
    if long or not _WHERE_AM_I.search(lowered) or _OTHER_PLACE.search(lowered):
        return None
    return HelpRequest(ROUTE_INTENT, ROUTE_TOPIC)


_REMEMBERED = re.compile(
    r"\bwat (weet|weten|onthoudt?|onthouden) (u|je|jij|jullie|deze chat) ((nu|nog|al|allemaal|precies|eigenlijk) )*"
    r"(van|over) (mij|me|ons|mijn (kind|zoon|dochter)|onze (zoon|dochter)|ons kind)\W*$"
    r"|\bwat (heb|hebt|heeft) (u|je|jij) ((nu|van mij|over mij|over ons|over mijn kind|allemaal) )*onthouden\b"
)
_FORGET = re.compile(
    r"^\W*(nee )?vergeet (dat|dit|alles) ?(maar|weer)? ?(over|van)? ?(mij|mijn (kind|zoon|dochter)|de school)?\W*$"
    r"|\bvergeet wat (ik|u|je|jij) (zei|weet|heb gezegd|gezegd heb|net zei|onthouden hebt|hebt onthouden)\b"
)
_MOST_WORDS_OF_MEMORY = 10
FORGET = "vergeet"


def asks_memory(text: str) -> HelpRequest | None:
    """The question what is remembered of this conversation, or the wish that it is forgotten."""
    lowered = plain(text)
    if len(lowered.split()) > _MOST_WORDS_OF_MEMORY:
        return None
    forget = _FORGET.search(lowered)
    about = {"wens": FORGET} if forget else {}
    return HelpRequest(MEMORY_INTENT, MEMORY_TOPIC, about) if forget or _REMEMBERED.search(lowered) else None


def chosen_help(choice: str) -> HelpRequest | None:
    """The help that a clicked button asks for: the topic of a help with a detail behind it."""
    topic, _, detail = choice.partition(":")
    intent = INTENT_OF_TOPIC.get(topic)
    # What an answer depends on stands behind its topic too: then the answer itself is asked for.
    own = detail and (detail not in VALUES or topic == MEMORY_TOPIC)
    return HelpRequest(intent, topic) if intent and own else None


def is_only_date(request: HelpRequest) -> bool:
    """Whether the message was nothing but a date."""
    return request.intent == DEADLINE_INTENT and set(request.about) == {"datum"}


def as_typed(button: str) -> str:
    """The text of a button or message, to compare the two."""
    return " ".join(plain(button).strip(" .!?").split())


def typed_place(heard: Heard, buttons: Mapping[str, str]) -> HelpRequest | None:
    """The place on the route whose button is typed, right after the route was shown.

    Args:
        heard: the message.
        buttons: by :func:`as_typed` of the text on each button, the place it leads to.
    """
    place = buttons.get(as_typed(heard.text))
    if place is None or heard.last_topic != ROUTE_TOPIC:
        return None
    return HelpRequest(ROUTE_INTENT, ROUTE_TOPIC, {"plaats": place})
