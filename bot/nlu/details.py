"""What a message says in passing that an answer may depend on: which kind of school, at home or ill. No Rasa import."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

KIND_OF_SCHOOL, SITUATION = "schoolsoort", "situatie"
"""Names of the slots, and of the entities that fill them."""
NO_LONGER = "op_school"
"""The situation of a child that goes to school (again): nothing depends on it."""

_PRIMARY = re.compile(
    r"\b(basisschool|basisscholen|basisonderwijs|primair onderwijs|(?<!-)po|sbo|kleuters?|kleuterklas|juf"
    r"|groep ?[1-8]|groep (een|twee|drie|vier|vijf|zes|zeven|acht))\b"
)
_SECONDARY = re.compile(
    r"\b(middelbare( school)?|middelbare scholen|voortgezet( onderwijs)?|(?<!-)vo|vso|brugklas\w*|vmbo\w*|havo\w*"
    r"|vwo\w*|mavo|gymnasium|atheneum|praktijkonderwijs|[1-6]e? (vmbo|havo|vwo|mavo)|mentor)\b"
)
_CHILD = r"(?:hij|zij|ze|die|kind|zoon|dochter|zoontje|dochtertje|jongen|meisje|klein(?:kind|zoon|dochter)|leerling)"
_NOT_REAL = re.compile(r"\b(als|wanneer|stel|indien|voor als)\b")
"""In front of it, "is ziek" is a case to ask about and says nothing of this child."""
_BACK = re.compile(
    rf"\b{_CHILD} (?:\w+ ){{0,3}}?(?:is|gaat|zit) (?:nu |al |gelukkig )?(?:weer|inmiddels) (?:gewoon )?"
    rf"(?:op|naar) school\b|\b{_CHILD} is (?:nu |al |gelukkig )?(?:weer beter|niet meer ziek)\b"
    r"|\b(?:zit|is) niet (?:meer )?thuis\b"
)
_AT_HOME = re.compile(
    rf"\b{_CHILD} (?:[\w,]+ ){{0,3}}?(?:zit|zat|blijft) (?:\w+ ){{0,6}}?thuis\b(?! (?:te|aan|op|achter|met) )"
    rf"|\bzit (?:mijn|onze|ons) {_CHILD} (?:\w+ ){{0,5}}?thuis\b"
)
_ILL = re.compile(
    rf"\b{_CHILD} (?:[\w,]+ ){{0,3}}?(?:is|ligt|blijft) (?:\w+ ){{0,4}}?(?:ziek|in het ziekenhuis)\b"
    rf"|\b(?:is|ligt) (?:mijn|onze|ons) {_CHILD} (?:\w+ ){{0,4}}?ziek\b"
)
_SITUATIONS = ((NO_LONGER, _BACK), ("ziek", _ILL), ("thuis", _AT_HOME))


@dataclass(frozen=True)
class Found:
    """The value of a slot; the positions are those of the words that say so."""

    value: str
    start: int
    end: int


def details(text: str) -> Mapping[str, Found]:
    """What a message says, by the name of the slot."""
    found = {KIND_OF_SCHOOL: kind_of_school(text), SITUATION: situation(text)}
    return {name: one for name, one in found.items() if one}


def kind_of_school(text: str) -> Found | None:
    """Primary (``po``) or secondary school (``vo``), when the message names one of the two and not both."""
    lowered = text.lower()
    primary, secondary = _PRIMARY.search(lowered), _SECONDARY.search(lowered)
    if bool(primary) == bool(secondary):
        return None
    match, value = (primary, "po") if primary else (secondary, "vo")
    assert match is not None
    return Found(value, match.start(), match.end())


def situation(text: str) -> Found | None:
    """Whether the child is at home (``thuis``), ill (``ziek``) or at school again (``op_school``), when it is said."""
    lowered = text.lower()
    for value, pattern in _SITUATIONS:
        match = pattern.search(lowered)
        if match and not _NOT_REAL.search(lowered[: match.start()]):
            return Found(value, match.start(), match.end())
    return None
