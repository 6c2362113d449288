"""What a message says in passing that an answer may depend on: primary or secondary school. No Rasa import."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PRIMARY = re.compile(
    r"\b(basisschool|basisscholen|basisonderwijs|primair onderwijs|(?<!-)po|sbo|kleuters?|kleuterklas|juf"
    r"|groep ?[1-8]|groep (een|twee|drie|vier|vijf|zes|zeven|acht))\b"
)
_SECONDARY = re.compile(
    r"\b(middelbare( school)?|middelbare scholen|voortgezet( onderwijs)?|(?<!-)vo|vso|brugklas\w*|vmbo\w*|havo\w*"
    r"|vwo\w*|mavo|gymnasium|atheneum|praktijkonderwijs|[1-6]e? (vmbo|havo|vwo|mavo)|mentor)\b"
)


@dataclass(frozen=True)
class Found:
    """``value`` is ``po`` or ``vo``; the positions are those of the words that say so."""

    value: str
    start: int
    end: int


def kind_of_school(text: str) -> Found | None:
    """Primary or secondary school, when the message names one of the two and not both."""
    lowered = text.lower()
    primary, secondary = _PRIMARY.search(lowered), _SECONDARY.search(lowered)
    if bool(primary) == bool(secondary):
        return None
    match, value = (primary, "po") if primary else (secondary, "vo")
    assert match is not None
    return Found(value, match.start(), match.end())
