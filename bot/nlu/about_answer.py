"""Messages about the answer that was just given: plainer, more, its source, how sure. No Rasa import."""

from __future__ import annotations

import re
from typing import Literal

from bot.nlu.details import kind_of_school

Kind = Literal["makkelijker", "meer", "bron", "zeker", "garantie", "opnieuw"]

_MOST_WORDS = 9
"""A longer message is a story or a question of its own."""

_OWN_SUBJECT = re.compile(
    r"\b(kind|zoon|dochter|zoontje|dochtertje|leerling|school|scholen|juf|meester|mentor|leraar|klas|toets|toetsen|les"
    r"|tlv|sop|opp|sbo|vso|zorgplicht|hij|zij|ze|jij|jullie|me niet|mij niet)\b"
)
"""With one of these the message is not about the answer but about something that the classifier knows."""

_PATTERNS: tuple[tuple[Kind, str], ...] = (
    (
        "garantie",
        r"\bgarand|\bgarantie\b|\bbeloo?f|\bbeloven\b|\bbeloofd\b"
        r"|\bdaar (echt )?(op|van) (aan|uit|op)|op rekenen",
    ),
    (
        "zeker",
        r"\bweet (je|u|jij) (dat|het|dit) (wel |echt |heel )*zeker|\bzeker weten\b"
        r"|\b(is|klopt) (dat|dit|het) (nou |nu )?(wel|echt|zo|waar|zeker)|^klopt (dat|dit|het)\W*$"
        r"|\bben (je|u) (daar )?zeker",
    ),
    (
        "bron",
        r"\bbron(nen)?\b|\bwie zegt (dat|dit)\b|\bwelke wet\b|\bwaar is (dat|dit) op gebaseerd"
        r"|^(en )?hoe weet (je|u|jij) (dat|dit|het)( allemaal| eigenlijk| zo)*\W*$"
        r"|\bwaar (staat|haal|komt|vind|lees) (dat|dit|je|u|ik) ?(dat|dit)? ?(vandaan|precies|allemaal)?\W*$",
    ),
    (
        "makkelijker",
        r"\b(makkelijker|gemakkelijker|eenvoudiger|simpeler|simpel|korter|kort)\b|\bjip en janneke"
        r"|\b(gewone|makkelijke|eenvoudige|simpele)r? (woorden|taal|nederlands)"
        r"|\bte (moeilijk|lang|ingewikkeld)\b|^(heel )?moeilijk\W*$"
        r"|\b(snap|begrijp|versta|volg) (ik )?(het|dit|dat|er|uw antwoord|je antwoord) ?(antwoord )?"
        r"(echt |nog |helemaal )?(niet|niks|niets)"
        r"|\bwat bedoelt? (je|u)\b|\bwat betekent (dat|dit)\W*$|\bleg (dat|dit|het) (eens |nog )*uit",
    ),
    (
        "meer",
        r"^\W*(vertel|weet|geef|zeg|ik wil|wil|kan ik|kunt u|kun je|mag ik)?( me| mij| u| je| ik)?( daar| hier)?( nog)?"
        r"( iets| wat)? ?meer( daarover| hierover| informatie| info| weten| uitleg| vertellen| lezen| graag)*\W*$"
        r"|^\W*(en )?(wat|en)? ?(nog meer|verder)\W*$|^ga (maar )?(door|verder)\W*$",
    ),
)
_ONLY = re.compile(
    r"\b(nee+|ja|oh|sorry|en|maar|of|ook|nog|al|nu|dan|wel|dus|hoe|als|hij|zij|ze|mijn|onze|ons|kind|zoon|dochter"
    r"|zit|zitten|gaat|is|het|dat|dit|die|geldt|om|op|in|naar|voor|bij|van|de|een|ik|bedoel|bedoelde|school|klas"
    r"|jaar|jarige?|straks|leerjaar|\d+)\b|\W+"
)
"""What may stand beside the words for a kind of school in a message that says nothing else."""
_TOPICS_OF_THEIR_OWN = ("sbo", "vso", "praktijkonderwijs")
_OTHER_SITUATION = re.compile(r"^\W*(nee+,? )?mijn (kind|zoon|dochter) (zit niet( meer)? thuis|is weer beter)\W*$")

_COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in _PATTERNS)


def about_answer(text: str) -> Kind | None:
    """What a short message asks about the last answer, or None when it is about something else."""
    lowered = text.lower().strip()
    if _says_only_what_it_depends_on(lowered):
        return "opnieuw"
    if len(lowered.split()) > _MOST_WORDS or _OWN_SUBJECT.search(lowered):
        return None
    return next((kind for kind, pattern in _COMPILED if pattern.search(lowered)), None)


def _says_only_what_it_depends_on(lowered: str) -> bool:
    """Only a kind of school, or that the child is not at home: the same answer again, in the variant for it."""
    kind = kind_of_school(lowered)
    named = kind is None or lowered[kind.start : kind.end] in _TOPICS_OF_THEIR_OWN
    if kind is None or named or len(lowered.split()) > _MOST_WORDS:
        return bool(_OTHER_SITUATION.search(lowered))
    return not _ONLY.sub("", f"{lowered[: kind.start]} {lowered[kind.end :]}")
