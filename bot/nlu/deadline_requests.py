"""Messages that name the day of an application or a decision, or ask for the days that follow. No Rasa import."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from bot.nlu.dutch_dates import Mention, find_dates, plain
from bot.nlu.help_requests import DEADLINE_INTENT, DEADLINE_TOPIC, Heard, HelpRequest, as_typed
from bot.topics import ACTION_TOPICS

APPLIED = "aangemeld"
DECISION, DECISION_SCHOOL, DECISION_TLV = "besluit", "besluit_school", "besluit_tlv"
"""Keys of ``knowledge/termijnen.yml``."""

_APPLIED_WORDS = "aangemeld|aanmelding|aanmeldformulier|aanmeldbrief|ingeschreven|inschrijving|opgegeven|meldden?"
_DECISION_WORDS = (
    "besluit|tlv-besluit|beslissing|besloten|besloot|beschikking|afwijzing|afgewezen|weigering|geweigerd|weigerden?"
    "|toegekend|afgegeven"
)
_APPLIED = re.compile(rf"\b({_APPLIED_WORDS})\b")
# Whoever objects to "de tlv van 12 oktober" has a decision.
_DECIDED = re.compile(rf"\b({_DECISION_WORDS}|tlv)\b")
_NOT_YET = re.compile(rf"\b(geen|niet|nooit|zonder) (\w+ )?({_DECISION_WORDS}|{_APPLIED_WORDS})\b")
_HAPPENED = re.compile(r"\b(aangemeld|ingeschreven|opgegeven|ingeleverd|besluit|afgewezen|geweigerd)\b")
_ASKS_TIME = re.compile(
    r"\b(bezwaar\w*|hoe ?lang|termijn\w*|tot wanneer|wanneer|te laat|op tijd|uiterlijk|deadline|laatste dag|hoe snel"
    r"|hoeveel (tijd|weken|dagen)|welke dag(en)?|welke datum)\b"
)
_OTHER_TERM = re.compile(
    r"\b(schors\w*|geschorst|verwijder\w*|van school (gestuurd|af)|opp|ontwikkelingsperspectief|vervoer\w*|gemeente"
    r"|leerlingenvervoer|leerplicht\w*|boete|jeugdhulp|vrijstelling|bijeenkomst\w*|koffieochtend|cursus|schooladvies"
    r"|zwemles|bso|opvang|wachtlijst)\b"
    r"|\bbezwaar(schrift)? (al )?(gemaakt|ingediend|verstuurd|gestuurd|ingestuurd|aangetekend)\b"
)
"""Terms that are not ours to work out, and objections that were made already."""
_OBJECTS = re.compile(
    r"\b(bezwaar\w*|beroep|oneens|niet (mee )?eens|geschil\w*|tot wanneer|te laat|op tijd|laatste dag)\b"
)
_TLV = re.compile(r"\b(tlv\w*|toelaatbaarheid\w*|samenwerkingsverband)\b")
_SCHOOL = re.compile(
    r"\b(schoolbestuur|geweigerd|weigering|weigerden?|aanmelding|aangemeld|toegelaten|toe te laten|niet toelaten)\b"
)
_APPLICATION = re.compile(r"\b(aanvraag|aanvragen|aangevraagd)\b")
_TERM_WORDS = r"(termijn\w*|datums?|bezwaar|besluit|beslissing|uiterlijk|aangemeld|aanmelding)"
_WORK = r"(uitreken(en|t)?|uit te rekenen|bereken(en|t)?|reken (mijn|onze|de|het|dat|dit|eens|even|voor))"
_WORK_OUT = re.compile(
    rf"\btermijnhulp\b|\breken mijn (laatste )?dag(en)? uit\b"
    rf"|\b{_WORK}\b.*\b{_TERM_WORDS}\b|\b{_TERM_WORDS}\b.*\b{_WORK}\b"
)
# A day that lies ahead of what happened, or is today: "aangemeld voor 1 februari", "het is nu 9 april".
_OTHER_DAY = re.compile(r"\b(voor|tot|vanaf|per|tegen|tussen|begint|start|het is( nu)?|is het( nu)?) (de )?$")
_FILLER = re.compile(
    r"\b(op|dat|was|is|het|de|denk|ik|geloof|volgens|mij|ongeveer|rond|rondom|dus|ja|nee|oh|sorry|bedoel|bedoelde|van|dit"
    r"|jaar|en|datum|dag|die|klopt|niet|maar|of)\b|\W+"
)
_NO_IDEA = re.compile(
    r"^\W*(sorry )?((dat|de datum|die datum|de dag) )?weet ik ((dat|het|die|echt|zo|nu|even) )*niet"
    r"( (meer|precies|zeker|uit mijn hoofd))*\W*$"
    r"|^\W*(ik heb )?geen idee( meer)?\W*$|^\W*ik weet (het|dat|de datum|de dag) niet( meer| precies)?\W*$"
)
_THEMES = frozenset({"zorgplicht", "tlv", "overgang", "speciaal", "klacht"})
_TOPICS = frozenset({"zorgplicht/termijn", "zorgplicht/aanmelden", "zorgplicht/wanneer", "tlv/oneens"})
_NO_TERM = "tlv/duur_aanvraag"
"""How long an application for a TLV takes is not known (fact sheet)."""
_MOST_WORDS_OF_ANSWER = 8
_MOST_WORDS_OF_VAGUE = 15


def asks_for_days(heard: Heard) -> HelpRequest | None:
    """The term that a message asks for, with the words that name the day."""
    lowered, dates = plain(heard.text), find_dates(heard.text)
    if _is_only_date(lowered, dates):
        return _about(None, heard.text)
    if _OTHER_TERM.search(lowered):
        return None
    return _happened(heard, lowered, dates) or _to_work_out(heard, lowered) or _maybe_answer(heard, lowered, dates)


def typed_occasion(text: str, buttons: Mapping[str, str]) -> HelpRequest | None:
    """The occasion whose button is typed.

    Args:
        text: of the message.
        buttons: by :func:`bot.nlu.help_requests.as_typed` of the text on each button, the occasion it chooses.
    """
    occasion = buttons.get(as_typed(text))
    return _about(occasion, None) if occasion else None


def _about(occasion: str | None, date: str | None) -> HelpRequest:
    about = {name: value for name, value in (("gebeurtenis", occasion), ("datum", date)) if value}
    topic = "tlv/oneens" if occasion in (DECISION, DECISION_TLV) else DEADLINE_TOPIC
    return HelpRequest(DEADLINE_INTENT, topic, about)


def _is_only_date(lowered: str, dates: Sequence[Mention]) -> bool:
    rest = lowered
    for date in reversed(dates):
        rest = f"{rest[: date.start]} {rest[date.end :]}"
    return bool(dates) and not _FILLER.sub("", rest)


def _happened(heard: Heard, lowered: str, dates: Sequence[Mention]) -> HelpRequest | None:
    """The application or decision that a date in the message belongs to."""
    dates = [date for date in dates if not _OTHER_DAY.search(lowered[: date.start])]
    named = "bezwaar" in lowered and bool(_TLV.search(lowered) or _SCHOOL.search(lowered))
    if not dates or not (named or _leaves_room(heard, bool(_ASKS_TIME.search(lowered)))):
        return None
    positive = _NOT_YET.sub(lambda match: " " * len(match[0]), lowered)
    applied = _nearest(_APPLIED.finditer(positive), dates)
    decided = _nearest(_DECIDED.finditer(positive), dates) if _about_decision(heard, lowered) else None
    # Two days: the decision came last. One day: it belongs to the nearest word.
    if decided and applied and decided[1] == applied[1] and applied[0] < decided[0]:
        decided = None
    found = decided or applied
    if found is None or (found[1].form == "vaag" and not _worth_asking(heard, lowered)):
        return None
    words = heard.text[found[1].start : found[1].end]
    return _about(_which_decision(heard, lowered) if decided else APPLIED, words)


def _about_decision(heard: Heard, lowered: str) -> bool:
    """Whether the time after a decision is asked for, and not the time until there is one."""
    return bool(_OBJECTS.search(lowered)) or heard.topic in ("tlv/oneens", "klacht/geschillencommissie")


def _worth_asking(heard: Heard, lowered: str) -> bool:
    """Whether to ask for the day where only a month or week is named: not when there is an answer without it."""
    short = len(lowered.split()) <= _MOST_WORDS_OF_VAGUE
    return not heard.sure and short and bool(_HAPPENED.search(lowered))


def _nearest(words: Iterable[re.Match[str]], dates: Sequence[Mention]) -> tuple[int, Mention] | None:
    """The date that stands nearest to one of the words, with the number of characters between."""
    gaps = [
        (max(date.start - word.end(), word.start() - date.end, 0), index)
        for word in words
        for index, date in enumerate(dates)
    ]
    return (min(gaps)[0], dates[min(gaps)[1]]) if gaps else None


def _which_decision(heard: Heard, lowered: str) -> str:
    if _TLV.search(lowered):
        return DECISION_TLV
    if _SCHOOL.search(lowered):
        return DECISION_SCHOOL
    # The classifier knows no more of it than the words do; what was spoken of before does.
    last_theme = (heard.last_topic or "").split("/")[0]
    return {"tlv": DECISION_TLV, "zorgplicht": DECISION_SCHOOL}.get(last_theme, DECISION)


def _leaves_room(heard: Heard, asks_time: bool) -> bool:
    """Whether the classifier leaves room: not when it is sure of something that has no term of ours."""
    if heard.topic is None or heard.topic == _NO_TERM:
        return heard.topic is None
    if not heard.sure:
        return True
    return heard.topic in _TOPICS or (asks_time and heard.topic.split("/")[0] in _THEMES)


def _to_work_out(heard: Heard, lowered: str) -> HelpRequest | None:
    """A request to work days out, without a day."""
    theme = (heard.topic or "").split("/")[0]
    if not _WORK_OUT.search(lowered) or _APPLICATION.search(lowered) or (heard.sure and theme not in _THEMES):
        return None
    if _DECIDED.search(lowered) or "bezwaar" in lowered:
        return _about(_which_decision(heard, lowered), None)
    return _about(APPLIED if _APPLIED.search(lowered) else None, None)


def _maybe_answer(heard: Heard, lowered: str, dates: Sequence[Mention]) -> HelpRequest | None:
    """What makes sense when a date was asked for: a date in a few words, or that the parent does not know it."""
    short = len(lowered.split()) <= _MOST_WORDS_OF_ANSWER and "?" not in lowered
    dated = bool(dates) and short and not heard.sure
    if heard.topic in ACTION_TOPICS or not (dated or _NO_IDEA.search(lowered)):
        return None
    about = {"misschien": "ja", **({"datum": heard.text} if dated else {})}
    return HelpRequest(DEADLINE_INTENT, DEADLINE_TOPIC, about)
