"""A parent who corrects us: "nee, ik bedoel de TLV", "de tweede", "geen van deze". No Rasa import."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.topics import SOMETHING_ELSE

_CORRECTION = re.compile(
    r"^\W*(nee+|neen|sorry|oh?|ja maar|maar|niet dat)?[, .]*(dat bedoel(de)? ik niet|dat vroeg ik niet|niet dat)?[, .]*"
    r"(maar )?ik (bedoel|bedoelde|vroeg|vraag)( eigenlijk| alleen| juist)?( naar| over| of)?[, :]+(?=\S)",
    re.IGNORECASE,
)
_NONE = re.compile(
    r"^\W*(nee[, ]*)?(geen van (deze|die|de|alle)?( ?(drie|vragen|opties|allen|alle))?|geen enkele|niets? hiervan"
    r"|(iets|een) anders|een andere vraag|(dat|dit) (is|zijn) het niet|staat er niet bij)\W*$",
    re.IGNORECASE,
)
_REJECTED = re.compile(
    r"^\W*(nee+[, ]*|maar |sorry )*((dat|dit) (bedoel(de)? ik( helemaal)? niet|vroeg ik( helemaal)? niet|klopt niet)"
    r"|(dat|dit) (is|was) niet (wat ik (vroeg|bedoel(de)?|zoek|wil weten)|mijn vraag|het antwoord)"
    r"|niet wat ik (vroeg|bedoel(de)?|zoek)|verkeerd( antwoord)?|fout antwoord)\W*$",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^\W*(?:de|het|een) (?=\S+$)", re.IGNORECASE)
_GREETINGS = re.compile(
    r"^\W*(?:(?:hallo|hoi|hey|hi|hello|dag|merhaba|selam|salaam?|selamun|aleykum|aleikum|alaikum|bonjour|hola|ciao|czesc"
    r"|cześć|привіт|مرحبا|السلام عليكم|good (?:morning|afternoon|evening)"
    r"|goede ?(?:morgen|middag|avond|dag))\b[\s,.!:;-]*)+",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"[\s,.!]+(?:thanks|thank you|thx|merci|danke|gracias|te[sş]ekk[uü]rler|dzi[eę]kuj[eę])\W*$", re.IGNORECASE
)
_LEAST_WORDS = 5
_PLACES = (
    re.compile(r"^\W*(de |nummer |nr\.? ?|optie )?(1|een|één|eerste)( graag| aub| vraag)?\W*$", re.IGNORECASE),
    re.compile(r"^\W*(de |nummer |nr\.? ?|optie )?(2|twee|tweede)( graag| aub| vraag)?\W*$", re.IGNORECASE),
    re.compile(r"^\W*(de |nummer |nr\.? ?|optie )?(3|drie|derde)( graag| aub| vraag)?\W*$", re.IGNORECASE),
)
_LAST = re.compile(r"^\W*de laatste( graag| aub| vraag)?\W*$", re.IGNORECASE)
_YES = re.compile(r"^\W*(ja+|klopt|ja (dat|die)|precies|inderdaad|die)\W*$", re.IGNORECASE)


def without_correction(text: str) -> str:
    """What is meant after all: the message without "nee, ik bedoel"."""
    return _CORRECTION.sub("", text, count=1) or text


def without_article(text: str) -> str:
    """One word without the article in front of it: "de TLV" asks what "TLV" asks."""
    return _ARTICLE.sub("", text.strip())


def without_greeting(text: str) -> str:
    """The message without a greeting in front or a foreign word of thanks behind, where a question is left."""
    rest = _THANKS.sub("", _GREETINGS.sub("", text))
    return rest if len(rest.split()) >= _LEAST_WORDS else text


def rejects(text: str) -> bool:
    """Whether a message only says that the answer before it was not what was asked."""
    return bool(_REJECTED.search(text) or (_NONE.search(text) and not re.search(r"\banders?\b|andere", text.lower())))


def picked(text: str, options: Sequence[str]) -> str | None:
    """The option that a typed message picks by its place ("de tweede", "ja" for the only one), or "anders" for none.

    Args:
        text: the message.
        options: the topic ids that were offered just before; empty when there were none.
    """
    if not options:
        return None
    if _NONE.search(text):
        return SOMETHING_ELSE
    if _LAST.search(text) or (len(options) == 1 and _YES.search(text)):
        return options[-1]
    return next((option for option, place in zip(options, _PLACES, strict=False) if place.search(text)), None)
