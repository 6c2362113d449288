"""Reads what a parent typed while the hand-off form was asking."""

import re
from collections.abc import Mapping
from typing import Any

from bot.topics import DANGER

_STOP = re.compile(
    r"^\W*(nee[, ]+)?(laat maar|stop(pen)?|annuleer|annuleren|toch niet|vergeet het|hou maar op|niet meer nodig"
    r"|ik wil (toch )?niet( meer)?|ik stop( ermee)?|cancel)\b",
    re.IGNORECASE,
)
_YES = re.compile(
    r"^\W*(ja+|jawel|jazeker|zeker|graag|ok+e?|oke|okee|oké|prima|goed|akkoord|doe maar|is goed|mag|yes)\b",
    re.IGNORECASE,
)
_NO = re.compile(r"^\W*(nee+|neen|niet|liever niet|no)\b", re.IGNORECASE)
_QUESTION_WORD = re.compile(
    r"^\W*(wat|wie|waar|wanneer|hoe|hoeveel|waarom|welke?|kan|kun|kunnen|mag|mogen|moet|moeten|is|zijn|heeft|heb"
    r"|geldt|wordt|worden|duurt)\b",
    re.IGNORECASE,
)


def stops(text: str) -> bool:
    """Whether the parent wants to stop ("laat maar")."""
    return bool(_STOP.search(text))


def agrees(text: str) -> bool | None:
    """True for yes, False for no, None when it is neither."""
    if _NO.search(text) or stops(text):
        return False
    return True if _YES.search(text) else None


def in_danger(message: Mapping[str, Any]) -> bool:
    """Whether Rasa's latest message is one of danger: then nothing of it fills a field."""
    intent = (message.get("intent") or {}).get("name", "")
    return intent == DANGER.replace("/", "__") or bool((message.get("metadata") or {}).get("nood"))


def interrupts(message: Mapping[str, Any], about_asked: bool) -> bool:
    """Whether a message is something to answer first: danger, a clicked topic, or a clear question.

    Args:
        message: Rasa's latest message with the classifier's ``onderwerpen``.
        about_asked: the form asks what it is about; then a story is the answer and only a question mark counts.
    """
    if in_danger(message):
        return True
    intent = (message.get("intent") or {}).get("name", "")
    if intent == "gesprek__mens_spreken":
        return False
    understood = (message.get("onderwerpen") or {}).get("besluit") == "answer"
    clicked = bool((message.get("metadata") or {}).get("keuze"))
    return understood and (clicked or _is_question(message.get("text") or "", about_asked))


def _is_question(text: str, about_asked: bool) -> bool:
    marked = text.rstrip().endswith("?")
    starts = bool(_QUESTION_WORD.search(text)) and len(text.split()) > 2
    return (marked and starts) if about_asked else (marked or starts)
