"""Checks that have the last word on what a pattern found: checksums, telephone numbers, postcodes.

Each takes the folded text and the place of a candidate, and returns where what is masked ends with its normalised
value, or None when it is something else. They are called by the names that ``rules.json`` uses.
"""

import re
from collections.abc import Callable, Mapping

import phonenumbers

from bot.privacy.rules import CheckRules

Found = tuple[int, str] | None
"""The end and the normalised value, or None: not personal data after all."""

_WORD = re.compile(r"[^ ,.\-]+")
_GROUP = re.compile("[0-9]+")
_YEARS = ("19", "20")


def email(rules: CheckRules, text: str, start: int, end: int) -> Found:
    """An address, without the sentence that follows its full stop ("naam@gmail.com.Bel mij")."""
    local, _, domain = text[start:end].rpartition("@")
    labels = domain.rstrip("-").split(".")
    labels = labels[: _domain_length(rules, labels)]
    while labels and not re.search(r"[^0-9\-].", labels[-1]):
        labels.pop()
    if len(labels) < 2:
        return None
    domain = ".".join(labels)
    return start + len(local) + 1 + len(domain), f"{local}@{domain.lower()}"


def email_words(rules: CheckRules, text: str, start: int, end: int) -> Found:
    """An address in words or with spaces ("naam apenstaart gmail punt com")."""
    value = text[start:end]
    for pattern, replacement in rules.email_words:
        value = pattern.sub(replacement, value)
    local, _, domain = value.rpartition("@")
    return (end, f"{local}@{domain.lower()}") if local else None


def iban(rules: CheckRules, text: str, start: int, end: int) -> Found:
    """An account number: of the right form for its country, and with a right checksum unless it is Dutch.

    The Dutch form is so particular that a typing error must not let it through.
    """
    places = [place for place in range(start, end) if text[place].isascii() and text[place].isalnum()]
    compact = "".join(text[place] for place in places).upper()
    form = rules.iban.get(compact[:2])
    match = form.match(compact, 4) if form else None
    if match is None:
        return None
    compact = compact[: match.end()]
    if not compact.startswith("NL") and int("".join(str(int(c, 36)) for c in compact[4:] + compact[:4])) % 97 != 1:
        return None
    return places[match.end() - 1] + 1, compact


def elfproef(rules: CheckRules, text: str, start: int, end: int) -> Found:
    """Nine digits that pass the elfproef of the burgerservicenummer."""
    digits = _digits(text[start:end])
    total = sum(int(digit) * weight for digit, weight in zip(digits, (9, 8, 7, 6, 5, 4, 3, 2, -1), strict=True))
    return (end, digits) if total % 11 == 0 and digits.strip("0") else None


def bsn_said(rules: CheckRules, text: str, start: int, end: int) -> Found:
    """Eight or nine digits with the word bsn close by, before or after; not a date."""
    # What masking put into the text counts for one character, so that the distance does not depend on its length.
    before = re.sub("\ue000+", "\ue000", text[max(0, start - 400) : start])[-rules.bsn_reach :]
    after = re.sub("\ue000+", "\ue000", text[end : end + 400])[: rules.bsn_reach]
    said = rules.bsn_words.search(before) or rules.bsn_words.search(after)
    if said is None or rules.not_bsn.match(text, start):
        return None
    return end, _digits(text[start:end])


def phone(rules: CheckRules, text: str, start: int, end: int) -> Found:
    """A valid telephone number as E.164; the longest one when groups of other digits follow it."""
    if rules.not_phone.match(text, start):
        return None
    for stop in _group_ends(text, start, end):
        value = _e164(rules, _dialled(text[start:stop]))
        if value:
            return stop, value
    # An impossible number after a plus sign is most likely a number with a typing error.
    dialled = _dialled(text[start:end])
    meant = text.startswith("+", start) and len(dialled) > 9 and not rules.free_numbers.match(dialled)
    return (end, dialled) if meant else None


def phone_odd(rules: CheckRules, text: str, start: int, end: int) -> Found:
    """A mobile number with a digit too many or too few, a letter O for a zero, or no plus sign."""
    digits = _digits(re.sub("^[oO]", "0", text[start:end]))
    if rules.not_phone.match(text, start):
        return None
    return end, _e164(rules, digits if digits.startswith("0") else f"+{digits}") or digits


def phone_local(rules: CheckRules, text: str, start: int, end: int) -> Found:
    """A number without area code or zero, after a word such as "bel"; not a date or the number of a help line."""
    if rules.not_phone.match(text, start):
        return None
    digits = _digits(text[start:end])
    return end, (_e164(rules, f"+31{digits}") if len(digits) == 9 else None) or digits


def phone_spoken(rules: CheckRules, text: str, start: int, end: int) -> Found:
    """A valid number of which at least a part is written in words ("nul zes twaalf ...")."""
    words = list(_WORD.finditer(text, start, end))
    spoken = [rules.spoken.get(word.group().lower(), word.group()) for word in words]
    for count in range(len(words), 1, -1):
        dialled = "".join(spoken[:count]).replace("+310", "+31")
        value = _e164(rules, dialled) if len(dialled) == 10 or dialled.startswith("+31") else None
        if value and any(word.group().lower() in rules.spoken for word in words[:count]):
            return words[count - 1].end(), value
    return None


def address(rules: CheckRules, text: str, start: int, end: int) -> Found:
    """A postcode with a house number, perhaps with the street before it; not "in 2025 op 3 november"."""
    part = text[start:end]
    street = None if part[0].isdigit() else rules.street_word.search(part)
    if street and (street.group(1).lower() in rules.not_street or _is_year(street.group(2))):
        return None
    return (end, part) if any(_is_postcode(rules, match) for match in rules.postcode.finditer(part)) else None


CHECKS: Mapping[str, Callable[[CheckRules, str, int, int], Found]] = {
    check.__name__: check
    for check in (email, email_words, iban, elfproef, bsn_said, phone, phone_odd, phone_local, phone_spoken, address)
}
"""The checks by the name that ``rules.json`` uses."""


def _domain_length(rules: CheckRules, labels: list[str]) -> int:
    """How many labels belong to the domain: a known provider, or all up to one that begins a new sentence."""
    for count in range(2, len(labels)):
        if ".".join(labels[:count]).lower() in rules.providers:
            return count
        if labels[count].istitle() and labels[count - 1].islower() and len(labels[count - 1]) > 1:
            return count
    return len(labels)


def _digits(text: str) -> str:
    return re.sub("[^0-9]", "", text)


def _dialled(text: str) -> str:
    """What one dials: ``+31612345678`` for "+31 (0)6 ..." and "0031 6 ...", digits alone for a national number."""
    digits = _digits(text)
    if "+" in text:
        digits = f"+{digits}"
    elif digits.startswith("00"):
        digits = f"+{digits[2:]}"
    return digits.replace("+310", "+31", 1)


def _group_ends(text: str, start: int, end: int) -> list[int]:
    """The ends of the last groups of digits between ``start`` and ``end``, last one first.

    Few, since each is looked up in the table of numbers: more than four groups of other digits do not follow one.
    """
    return [match.end() for match in _GROUP.finditer(text, start, end)][:-6:-1]


def _e164(rules: CheckRules, dialled: str) -> str | None:
    """The number as E.164 when it is valid and not free or paid information (0800, 0900)."""
    if not 10 <= len(dialled) <= 17 or rules.free_numbers.match(dialled):
        return None
    try:
        number = phonenumbers.parse(dialled, "NL")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _is_postcode(rules: CheckRules, match: re.Match[str]) -> bool:
    """Whether four digits and two letters are a postcode and not a number before a short word."""
    digits, gap, letters = match.groups()
    if letters.lower() not in rules.not_postcode:
        return True
    return not _is_year(digits) and (not gap or letters.isupper())


def _is_year(digits: str) -> bool:
    return len(digits) == 4 and digits.startswith(_YEARS)
