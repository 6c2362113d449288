import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.handoff.fields import Contact, FieldError, parse_about, parse_contact, parse_name, within_limit


@pytest.mark.parametrize(
    ("text", "contact"),
    [
        ("06-12345678", Contact("telefoon", "+31612345678")),
        ("0612345678", Contact("telefoon", "+31612345678")),
        ("06 12 34 56 78", Contact("telefoon", "+31612345678")),
        ("0031 6 12345678", Contact("telefoon", "+31612345678")),
        ("(036) 123 45 67", Contact("telefoon", "+31361234567")),
        ("bel me op 06-12345678 na vijven", Contact("telefoon", "+31612345678")),
        ("+32 470 12 34 56", Contact("telefoon", "+32470123456")),
        ("ouder@example.org", Contact("email", "ouder@example.org")),
        ("Mijn mail is <Ouder.Van@EXAMPLE.org>, graag.", Contact("email", "Ouder.Van@example.org")),
        ("mail ouder@example.org of bel 06-12345678", Contact("email", "ouder@example.org")),
    ],
)
def test_a_contact_is_understood_however_it_is_written(text: str, contact: Contact) -> None:
    assert parse_contact(text) == contact


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Vul een telefoonnummer of een e-mailadres in"),
        ("06-1234567", "U schreef 9 cijfers"),
        ("06-123456789", "U schreef 11 cijfers"),
        ("1", "U schreef 1 cijfer."),
        ("bel maar", "geen telefoonnummer of e-mailadres"),
        ("ouder@example", "e-mailadres klopt niet"),
        ("ouder @example.org", "e-mailadres klopt niet"),
        ("@", "e-mailadres klopt niet"),
        ("0" * 255, "te lang"),
    ],
)
def test_a_wrong_contact_gets_a_friendly_correction(text: str, message: str) -> None:
    with pytest.raises(FieldError, match=message):
        parse_contact(text)


@given(st.text(max_size=60))
def test_any_text_is_a_contact_or_gets_a_correction(text: str) -> None:
    try:
        assert parse_contact(text).value
    except FieldError as error:
        assert str(error).endswith((".", "?"))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Samira", "Samira"),
        ("  Samira el Amrani. ", "Samira el Amrani"),
        ("ik heet Samira", "Samira"),
        ("Mijn naam is Samira", "Samira"),
        ("Met Samira", "Samira"),
        ("Metin", "Metin"),
        ("'t Hart", "'t Hart"),
        ("liever niet", None),
        ("Dat zeg ik liever niet.", None),
        ("anoniem", None),
        ("niet opgegeven", None),
        ("Nee", None),
    ],
)
def test_a_name_is_taken_as_it_is_and_may_be_withheld(text: str, name: str | None) -> None:
    assert parse_name(text) == name


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "liever niet"),
        ("  .  ", "liever niet"),
        ("ik heet", "liever niet"),
        ("06-12345678", "geen naam"),
        ("ouder@example.org", "geen naam"),
        ("x" * 101, "te lang"),
    ],
)
def test_a_name_is_asked_for_again(text: str, message: str) -> None:
    with pytest.raises(FieldError, match=message):
        parse_name(text)


def test_what_it_is_about_must_be_said_but_not_at_length() -> None:
    assert parse_about(" Mijn kind zit thuis. ") == "Mijn kind zit thuis."
    with pytest.raises(FieldError, match="waar het over gaat"):
        parse_about("  ")
    with pytest.raises(FieldError, match="2000 tekens"):
        parse_about("x" * 2001)


def test_other_fields_may_be_empty_but_not_endless() -> None:
    assert within_limit("preferred", "") == ""
    with pytest.raises(FieldError, match="200 tekens"):
        within_limit("preferred", "x" * 201)
