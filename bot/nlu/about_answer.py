"""Messages about the answer that was just given: plainer, more, its source, how sure. No Rasa import."""

from __future__ import annotations

import re
from typing import Literal

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
_OTHER_SCHOOL = re.compile(
    r"^\W*(en|nee|maar)?,? ?(en|maar)? ?(geldt (dat|dit|het) ook|hoe (zit|is|gaat) (dat|dit|het) dan"
    r"|ik bedoel|ik bedoelde|het gaat om|dat is|mijn (kind|zoon|dochter) zit)? ?(op|in|voor|bij|van)? ?(de|het|een)? ?"
    r"(basisschool|basisonderwijs|middelbare( school)?|voortgezet onderwijs|vo|po|brugklas)( dan| ook)?\W*$"
)
"""Only another kind of school: the same answer again, in the variant for it ("en op de middelbare?")."""

_COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in _PATTERNS)


def about_answer(text: str) -> Kind | None:
    """What a short message asks about the last answer, or None when it is about something else."""
    lowered = text.lower().strip()
    if _OTHER_SCHOOL.search(lowered):
        return "opnieuw"
    if len(lowered.split()) > _MOST_WORDS or _OWN_SUBJECT.search(lowered):
        return None
    return next((kind for kind, pattern in _COMPILED if pattern.search(lowered)), None)
