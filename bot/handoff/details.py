"""What a parent says of themselves in passing: name, how and when to reach them, interpreter, what it is about.

Works on masked text, so that names, numbers and addresses stand in it as tokens of the vault.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.privacy.vault import tokens_in

INTERPRETER_WANTED = "ja, taal niet genoemd"
"""What stands in the field of the interpreter when one is wanted and no language was named."""
NO_PREFERENCE = "maakt niet uit"

_NAMES_OF_LANGUAGES = (
    "Arabisch Turks Pools Engels Frans Duits Spaans Portugees Papiaments Somalisch Tigrinya Farsi Perzisch=Farsi Dari "
    "Pasjtoe Koerdisch Berbers Tamazight=Berbers Roemeens Bulgaars Russisch Chinees Mandarijn=Chinees Urdu Hindi "
    "Sranan=Sranantongo Italiaans Amhaars Oekraïens Oekraiens=Oekraïens Gebarentaal"
)
_LANGUAGES = {name.split("=")[0].lower(): name.split("=")[-1] for name in _NAMES_OF_LANGUAGES.split()}
"""By how the word begins: "Turkse tolk", "in het Turks"."""
_LANGUAGE = "|".join(sorted(_LANGUAGES, key=len, reverse=True))
_LANGUAGE_WORD = re.compile(rf"\b({_LANGUAGE})\w{{0,3}}\b", re.IGNORECASE)
_INTERPRETER = re.compile(
    rf"\b(?:(?:met|en|ik|heb|wil|graag|een|ook|liefst|voor)\s+){{0,5}}(?:(?:{_LANGUAGE})\w{{0,3}}\s+)?tolk\b"
    rf"(?:\s+(?:nodig|graag|erbij|alstublieft|aub|mee))*(?:\s*[:(,]?\s*(?:(?:voor|in|het|naar|de|taal|is)\s+){{0,3}}(?:{_LANGUAGE})\w{{0,3}}\)?)?"
    rf"|\bik spreek (?:alleen|maar|enkel|beter) (?:maar )?(?:{_LANGUAGE})\b",
    re.IGNORECASE,
)
_NO_INTERPRETER = re.compile(r"\b(?:geen|zonder) tolk\b(?: nodig)?", re.IGNORECASE)

_HOUR = (
    r"(?:\d{1,2}[:.]\d{2}(?:\s*uur)?|\d{1,2}\s*(?:uur|u\b)|half \w+|kwart (?:voor|over) \w+|"
    r"(?:een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf)(?:en)? uur|"
    r"(?:tweeën|drieën|vieren|vijven|zessen|zevenen|achten|negenen|tienen|elven|twaalven))"
)
_NUMBER = r"(?:\d{1,2}(?:[:.]\d{2})?|" + _HOUR + ")"
_DAY = r"(?:maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag)(?:en|s|ochtend|middag|avond|morgen)?"
_TIME = (
    rf"(?:(?:op|elke|iedere|alleen|behalve|niet op|volgende|aanstaande)\s+)?{_DAY}"
    rf"|(?:na|vanaf|voor|tot|om|rond|pas na|pas vanaf)\s+{_HOUR}(?!\s*(?:weken|week|maanden|jaar|dagen))"
    rf"|tussen\s+{_NUMBER}\s+en\s+{_NUMBER}"
    r"|(?:'s|‘s|’s|s)\s?(?:morgens|ochtends|middags|avonds)"
    r"|in de (?:vroege |late )?(?:ochtend|middag|avond)(?:en)?"
    r"|(?:na|onder|tijdens|buiten) (?:school(?:tijd)?|werk(?:tijd)?|kantooruren)|overdag|doordeweeks"
    r"|door de week|in het weekend"
    r"|morgen(?:ochtend|middag|avond)?|overmorgen|vanmiddag|vanavond|zo snel mogelijk|elk moment|altijd"
)
_AND = r"(?:\s*,\s*|\s+(?:en|of|maar)\s+|\s+)"
_WHEN = re.compile(
    rf"(?:(?:het )?liefst |graag |alleen |bij voorkeur )?(?:\b|(?='))(?:{_TIME})\b(?:{_AND}(?:{_TIME})\b)*",
    re.IGNORECASE,
)
_WHATEVER = re.compile(
    r"^\W*(?:(?:dat|het) )?(?:maakt? (?:mij |me )?niet(?:s)? uit|geen voorkeur|weet ik (?:nog )?niet|"
    r"nee+|neen|geen|niets|liever niet|sla over|overslaan|elk moment|altijd)\b"
    r"|^\W*(?:ja+|jazeker|ok[eé]?|oké|prima|goed|is goed|graag|ja graag)\W*$",
    re.IGNORECASE,
)
_REACH = re.compile(
    r"\b(?:bel|belt|bellen|gebeld|terugbel\w*|opbellen|mail|mailt|mailen|gemaild|e-mail\w*|app|appen|appt|sms\w*|bereik\w*|contact|telefonisch|nummer|bereikbaar)\b",
    re.IGNORECASE,
)
_ASKS_CONTACT = re.compile(
    r"\b(?:bel|mail|app) (?:mij|me|ons)\b|\b(?:mij|me|ons) (?:\w+ ){0,3}(?:terug)?(?:bellen|mailen|appen)\b"
    r"|\b(?:terug|op)(?:gebeld|bellen)\b|\b(?:gebeld|teruggebeld|gemaild) worden\b"
    r"|\bcontact (?:met (?:mij|me|ons) )?op\w*"
    r"|\bbel (?:maar )?(?:op |naar )?\[telefoon|\bmail (?:maar )?(?:op |naar )?\[email"
    r"|\b(?:mij|me|ons) (?:\w+ ){0,2}bereiken\b|\bbereikbaar (?:op|via)\b",
    re.IGNORECASE,
)
_OWN_NAME = re.compile(
    r"(?:^|[.,;!?\n]\s*|\b(?:en|hallo|hoi|dag|beste|goedendag|goedemorgen|goedemiddag|goedenavond)[, ]+)?"
    r"\b(?:(?:hier|u spreekt) (?:is|met)|ik ben|ik heet|mijn naam is|m'n naam is|mijn naam:|"
    r"naam:|met|groet(?:en|jes)?,?(?: van)?)\s+"
    r"(\[naam#\d+\])",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"\b(?:(?:het|dit) gaat (?:om|over)|gaat over|over|vanwege|omdat|want)\s+(?P<about>[^\n]+)", re.IGNORECASE
)
_HUMAN_ASKED = re.compile(
    r"\b(?:(?:ik )?(?:wil|zou) (?:\w+ ){0,3}(?:ouderadviseur|mens|medewerker|iemand)"
    r"(?: \w+)?(?:spreken|praten)?|kunt u|kan iemand|wilt u|alstublieft|aub|graag)\b",
    re.IGNORECASE,
)
_REACHED_ON = re.compile(
    r"(?:\b(?:bel|mail|app)\w* (?:mij|me|ons)?\s*(?:maar )?)?(?:op |naar )?\[(?:telefoon|email)#\d+\]", re.IGNORECASE
)
# Without a number where the browser masked it already.
_REACHABLE = re.compile(r"\[(?:telefoon|email)(?:#\d+)?\]")
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]?")
_CLAUSES = re.compile(r"[.;!?\n]+|,(?!\d)")
_EDGES = " \t\n.,;:!?-"
_TRAILING = re.compile(r"\s*\b(?:en|of|maar|graag|bel|mail|app|want|dus)\s*$", re.IGNORECASE)
_FEWEST_WORDS = 3
"""Words that are left over must be at least this many to count as what it is about."""


@dataclass(frozen=True)
class Details:
    """What a message holds; what it does not hold is empty.

    Attributes:
        contact: token of a phone number or e-mail address.
        name: token of the parent's own name, not of the child's.
        preferred: when to reach the parent, in their words.
        interpreter: a language, or :data:`INTERPRETER_WANTED`.
        about: what it is about, in their words.
    """

    contact: str = ""
    name: str = ""
    preferred: str = ""
    interpreter: str = ""
    about: str = ""


def read_details(text: str) -> Details:
    """What a message tells, in whatever order.

    Args:
        text: masked.
    """
    contact = next((token for token in tokens_in(text) if not token.startswith("[naam")), "")
    name = match.group(1) if (match := _OWN_NAME.search(text)) else ""
    preferred, interpreter = _preferred(text, contact), read_interpreter(text)
    return Details(contact, name, preferred, interpreter, _about(text, preferred, bool(contact)))


def asks_contact(text: str) -> bool:
    """Whether a masked message gives a number or address and asks to be reached on it: that is asking for a human.

    Not when it also asks something else: that is answered.
    """
    given = bool(_REACHABLE.search(text))
    questions = [sentence for sentence in _SENTENCE.findall(text) if sentence.endswith("?")]
    return given and bool(_ASKS_CONTACT.search(text)) and all(_ASKS_CONTACT.search(question) for question in questions)


def read_moment(text: str) -> tuple[str, str]:
    """The answer to "when can we reach you, and do you need an interpreter?": the moment and the language.

    Returns:
        :data:`NO_PREFERENCE` for the moment when any will do; an empty language when no interpreter is wanted.
    """
    interpreter = read_interpreter(text)
    moment = without(text, (_NO_INTERPRETER, _INTERPRETER))
    if not moment or _WHATEVER.search(moment) or (interpreter and not _WHEN.search(moment)):
        return NO_PREFERENCE, interpreter
    return moment[:200], interpreter


def read_interpreter(text: str) -> str:
    """The language of the interpreter that is asked for, or "" when none is."""
    if _NO_INTERPRETER.search(text):
        return ""
    match = _INTERPRETER.search(text)
    if match is None:
        return ""
    language = _LANGUAGE_WORD.search(match.group())
    return _LANGUAGES[language.group(1).lower()] if language else INTERPRETER_WANTED


def without(text: str, patterns: Iterable[re.Pattern[str]]) -> str:
    """The text without what the patterns find, and without what is left dangling at its ends."""
    for pattern in patterns:
        text = pattern.sub(" ", text)
    text = " ".join(text.split()).strip(_EDGES)
    return _TRAILING.sub("", text).strip(_EDGES)


def _preferred(text: str, contact: str) -> str:
    """The times named in a clause about being reached; elsewhere they belong to the story."""
    found = []
    for clause in _CLAUSES.split(text):
        match = _WHEN.search(clause)
        if match is None:
            continue
        rest = (clause[: match.start()] + clause[match.end() :]).strip(_EDGES)
        alone = len(rest.split()) <= 1 and bool(contact)
        if (contact and contact in clause) or _REACH.search(clause) or alone:
            found.append(re.sub(r"^(?:graag|het liefst|liefst|bij voorkeur)\s+", "", match.group().strip(_EDGES)))
    return ", ".join(found)


def _about(text: str, preferred: str, with_contact: bool) -> str:
    match = _ABOUT.search(text)
    if match:
        about = _trimmed(match.group("about"), preferred)
        if len(about.split()) > 1:
            return about
    if not with_contact:
        return ""
    clauses = [clause.strip(_EDGES) for clause in re.split(r"(?<=[.;!?\n])|,(?!\d)", text)]
    left = [_introduced(clause) for clause in clauses if clause and not _is_about_reaching(clause)]
    about = _trimmed(", ".join(left), preferred)
    return about if len(about.split()) >= _FEWEST_WORDS else ""


def _introduced(clause: str) -> str:
    """A clause without the words with which somebody introduces themselves."""
    return re.sub(r"^(?:en|dat|maar)\s+", "", _OWN_NAME.sub("", clause).strip(_EDGES), flags=re.IGNORECASE)


def _is_about_reaching(clause: str) -> bool:
    """Whether a clause only says who asks and how to reach them."""
    return bool(
        _REACH.search(clause)
        or _OWN_NAME.fullmatch(clause)
        or _INTERPRETER.search(clause)
        or _HUMAN_ASKED.search(clause)
        or any(not token.startswith("[naam") for token in tokens_in(clause))
        or _WHEN.fullmatch(clause)
    )


def _trimmed(about: str, preferred: str) -> str:
    """A story without a clause at its end that says how to reach the parent."""
    kept: list[str] = []
    for clause in re.split(r"(?<=[.;!?])\s+|,\s*(?=(?:en )?(?:bel|mail|app|liefst|graag|ik ben)\b)", about):
        if kept and _is_about_reaching(clause):
            break
        kept.append(clause)
    text = " ".join(kept)
    text = _REACHED_ON.sub("", text)
    for part in filter(None, preferred.split(", ")):
        text = re.sub(rf"\s*{re.escape(part)}\s*$", "", text)
    return without(text, (_INTERPRETER,))
