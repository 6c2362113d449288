"""Recognisable personal data never survives masking, whatever stands around it: generated examples."""

import phonenumbers
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.privacy.masking import Masked, find
from tests.privacy.tokens import TOKEN, digits, masked

# Text of any kind around a value, parted from it: what touches a number makes it another number.
around = st.text(st.characters(exclude_categories=("Cs", "Nd", "Nl", "No"), exclude_characters="+\ue000"), max_size=40)
words = st.lists(
    st.sampled_from(
        ["ik heet", "mijn zoon", "bsn", "geb.", "groep 7", "6 weken", "op 3 november", "bel", "[naam#1]", "@", "112"]
    )
).map(" ".join)
surrounding = st.one_of(around, words)
gap = st.sampled_from([" ", "\n", ": ", " (", ", ", "; ", " = "])
separator = st.sampled_from(["", " ", "-", ".", "/", " - "])


@st.composite
def phones(draw: st.DrawFn) -> tuple[str, str]:
    """A valid Dutch number as parents write it, with its national digits."""
    area = draw(st.sampled_from(["6", "36", "20", "88", "320", "85"]))
    national = area + draw(st.text("0123456789", min_size=9 - len(area), max_size=9 - len(area)))
    assume(phonenumbers.is_valid_number(phonenumbers.parse("0" + national, "NL")))
    lead = draw(st.sampled_from(["0", "+31", "0031", "+31 (0)", "+31 0", "0031 "]))
    step = draw(st.sampled_from([1, 2, 3, 4, 9]))
    mark = draw(separator)
    rest = national[len(area) :]
    groups = [rest[place : place + step] for place in range(0, len(rest), step)]
    return lead + area + draw(separator) + mark.join(groups), national


def bsn_of(start: int) -> str:
    """The first number from ``start`` that passes the elfproef."""
    for number in range(start, start + 200):
        text = f"{number:09d}"
        if sum(int(digit) * weight for digit, weight in zip(text, (9, 8, 7, 6, 5, 4, 3, 2, -1), strict=True)) % 11 == 0:
            return text
    raise AssertionError


bsns = st.integers(10_000_000, 999_999_000).map(bsn_of)


def iban_of(bban: str) -> str:
    number = int("".join(str(int(character, 36)) for character in f"{bban}NL00"))
    return f"NL{98 - number % 97:02d}{bban}"


ibans = st.from_regex(r"[A-Z]{4}[0-9]{10}", fullmatch=True).map(iban_of)


@settings(max_examples=150, deadline=None)
@given(surrounding, gap, phones(), gap, surrounding)
def test_no_telephone_number_survives(before: str, left: str, phone: tuple[str, str], right: str, after: str) -> None:
    written, national = phone
    result = masked(f"{before}{left}{written}{right}{after}")
    assert written not in result.text
    assert national not in digits(result.text)


@settings(max_examples=150, deadline=None)
@given(surrounding, gap, st.emails(), gap, surrounding)
def test_no_email_address_survives(before: str, left: str, email: str, right: str, after: str) -> None:
    result = masked(f"{before}{left}{email}{right}{after}")
    assert email not in result.text
    assert "email" in result.kinds


local = st.from_regex(r"[a-z][a-z0-9]{1,8}([._][a-z0-9]{1,8})?", fullmatch=True)
provider = st.sampled_from(["gmail punt com", "hotmail punt nl", "example (punt) org", "example.org"])
at_sign = st.sampled_from([" apenstaart ", " apenstaartje ", " (at) ", "[at]", " at "])


@settings(max_examples=100, deadline=None)
@given(around, local, at_sign, provider)
def test_no_spoken_email_address_survives(before: str, name: str, sign: str, domain: str) -> None:
    assume(not (sign == " at " and "(" in domain))
    written = f"{name}{sign}{domain}"
    result = masked(f"{before}, {written}")
    assert written not in result.text and "email" in result.kinds


@settings(max_examples=150, deadline=None)
@given(surrounding, gap, ibans, st.sampled_from(["", " ", "."]), st.booleans(), gap, surrounding)
def test_no_iban_survives(before: str, left: str, iban: str, mark: str, small: bool, right: str, after: str) -> None:
    written = mark.join(iban[place : place + 4] for place in range(0, len(iban), 4))
    written = written.lower() if small else written
    result = masked(f"{before}{left}{written}{right}{after}")
    assert written not in result.text
    assert iban[-10:] not in digits(result.text)


@settings(max_examples=150, deadline=None)
@given(surrounding, gap, bsns, st.sampled_from(["", " ", ".", "-"]), gap, surrounding)
def test_no_bsn_survives(before: str, left: str, bsn: str, mark: str, right: str, after: str) -> None:
    written = mark.join((bsn[:3], bsn[3:6], bsn[6:]))
    result = masked(f"{before}{left}{written}{right}{after}")
    assert written not in result.text
    assert bsn not in digits(result.text)


@settings(max_examples=100, deadline=None)
@given(st.text("0123456789", min_size=8, max_size=9), st.sampled_from(["bsn", "BSN-nummer", "Burgerservicenummer"]))
def test_a_number_called_a_bsn_never_survives(number: str, word: str) -> None:
    for text in (f"{word} {number}", f"{word} van mijn kind is {number}", f"{number} is mijn {word}"):
        assert number not in masked(text).text


PIECES = [
    "ik heet ",
    "Karim ",
    "karim",
    " en ",
    "mijn zoon ",
    "heet ",
    "van der ",
    "El ",
    "is van ",
    "12-3-2015",
    "3 mei ",
    "geb ",
    "geboren op ",
    "geboortedatum ",
    "06",
    "12345678",
    " ",
    "-",
    ".",
    ",",
    "\n",
    "1312 JZ ",
    "7 ",
    "Lierstraat ",
    "huisnummer ",
    "bsn ",
    "111222333",
    "[naam#1]",
    "[geboortedatum]",
    "[bsn]",
    "[",
    "]",
    "@",
    "gmail",
    ".com",
    " apenstaart ",
    " punt ",
    "nul ",
    "zes ",
    "groetjes ",
    "NL91ABNA0417164300",
]
fragments = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)


@settings(max_examples=300, deadline=None)
@given(st.one_of(fragments, st.text(max_size=80)))
def test_masking_again_changes_nothing(text: str) -> None:
    once = masked(text)
    assert masked(once.text) == Masked(once.text, ())
    assert masked(text) == once


@settings(max_examples=150, deadline=None)
@given(fragments)
def test_tokens_are_left_alone_and_the_rest_of_the_text_stays(text: str) -> None:
    findings = find(text)
    spots = [match.span() for match in TOKEN.finditer(text)]
    assert not any(one.start < end and start < one.end for one in findings for start, end in spots)
    assert all(0 <= finding.start < finding.end <= len(text) for finding in findings)
