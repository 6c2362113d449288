"""The fields that a parent fills in: what counts as right, and the friendly correction when it does not."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

import phonenumbers
from email_validator import EmailNotValidError, validate_email

FIELDS = ("about", "contact", "name", "preferred", "interpreter")
_LIMITS = {"about": 2000, "contact": 254, "name": 100, "preferred": 200, "interpreter": 100}
"""In characters. An e-mail address is never longer than 254 (RFC 5321)."""

_INTRODUCTION = re.compile(r"^\s*(?:hallo,?\s+)?(?:ik heet|mijn naam is|ik ben|met)(?:\s+|$)", re.IGNORECASE)
_ANONYMOUS = re.compile(
    r"\bliever niet\b|^(?:anoniem|geen|geen naam|nee|niet|niet opgegeven|n\.?v\.?t\.?)$", re.IGNORECASE
)
_CLOSING = ' \t\n.,;:!?<>()"'


@dataclass(frozen=True)
class Problem:
    """A field that has to be filled in again; the message is Dutch, for the parent."""

    field: str
    message_nl: str


class FieldError(Exception):
    """A field cannot be used; the text is Dutch, for the parent."""


@dataclass(frozen=True)
class Contact:
    """How to reach a parent: ``telefoon`` in E.164, or ``email`` with its domain in lower case."""

    kind: str
    value: str


def parse_contact(text: str) -> Contact:
    """The first usable phone number or e-mail address in what the parent wrote.

    Numbers are read as from the Netherlands (phonenumbers); a foreign one needs its country code. Whether an address
    exists is not looked up.

    Raises:
        FieldError: none is usable.
    """
    text = within_limit("contact", text)
    if not text:
        raise FieldError("Vul een telefoonnummer of een e-mailadres in. Dan kan een ouderadviseur u bereiken.")
    if "@" in text:
        return Contact("email", _email(text))
    return Contact("telefoon", _phone(text))


def parse_name(text: str) -> str | None:
    """The name, or None for somebody who would rather not say.

    Raises:
        FieldError: nothing was filled in, or it is no name.
    """
    text = _INTRODUCTION.sub("", within_limit("name", text)).strip(_CLOSING)
    if not text:
        raise FieldError("Hoe mogen wij u noemen? Wilt u dat niet zeggen? Schrijf dan: liever niet.")
    if _ANONYMOUS.search(text):
        return None
    if "@" in text or not any(sign.isalpha() for sign in text):
        raise FieldError(
            "Dit lijkt geen naam. Hoe mogen wij u noemen? Wilt u dat niet zeggen? Schrijf dan: liever niet."
        )
    return text


def parse_about(text: str) -> str:
    """What it is about.

    Raises:
        FieldError: nothing was filled in, or too much.
    """
    text = within_limit("about", text)
    if not text:
        raise FieldError("Schrijf in een paar woorden waar het over gaat.")
    return text


def within_limit(field: str, text: str) -> str:
    """The text without space around it.

    Raises:
        FieldError: it is too long for its field.
    """
    text = text.strip()
    if len(text) > _LIMITS[field]:
        raise FieldError(f"Dit is te lang. Er passen {_LIMITS[field]} tekens in. De rest kunt u later vertellen.")
    return text


def _email(text: str) -> str:
    for word in text.split():
        if "@" not in word:
            continue
        try:
            return str(validate_email(word.strip(_CLOSING), check_deliverability=False).normalized)
        except EmailNotValidError:
            continue
    raise FieldError("Dit e-mailadres klopt niet helemaal. Kijkt u het nog eens na? Staat er een spatie te veel in?")


def _phone(text: str) -> str:
    for number in _numbers(text):
        if phonenumbers.is_valid_number(number):
            return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
    digits = sum(sign.isdigit() for sign in text)
    if not digits:
        raise FieldError(
            "Dit is geen telefoonnummer of e-mailadres. Vul een van de twee in, dan kunnen wij u bereiken."
        )
    raise FieldError(
        "Dit telefoonnummer klopt niet helemaal. Een Nederlands nummer heeft 10 cijfers en begint met een 0. "
        f"U schreef {digits} {'cijfer' if digits == 1 else 'cijfers'}. Kijkt u het nog eens na?"
    )


def _numbers(text: str) -> Iterator[phonenumbers.PhoneNumber]:
    """The text as one number, then the numbers that stand among other words."""
    if not any(sign.isalpha() for sign in text):
        with suppress(phonenumbers.NumberParseException):
            yield phonenumbers.parse(text, "NL")
    yield from (match.number for match in phonenumbers.PhoneNumberMatcher(text, "NL"))
