import pytest

from bot.handoff.details import (
    INTERPRETER_WANTED,
    NO_PREFERENCE,
    Details,
    asks_contact,
    read_details,
    read_interpreter,
    read_moment,
)

PHONE, MAIL, NAME, CHILD = "[telefoon#1]", "[email#1]", "[naam#1]", "[naam#2]"


@pytest.mark.parametrize(
    ("text", "details"),
    [
        (
            f"ik ben {NAME}, bel me op {PHONE} na vijven over de TLV van mijn zoon",
            Details(PHONE, NAME, "na vijven", "", "de TLV van mijn zoon"),
        ),
        (
            f"Mijn zoon {CHILD} zit thuis. Bel me op {PHONE} tussen 9 en 12. Ik heet {NAME}. Tolk Turks graag",
            Details(PHONE, NAME, "tussen 9 en 12", "Turks", f"Mijn zoon {CHILD} zit thuis"),
        ),
        (
            f"mail me op {MAIL} over de verwijdering van mijn dochter",
            Details(MAIL, "", "", "", "de verwijdering van mijn dochter"),
        ),
        (
            f"mijn naam is {NAME}, ik heb een arabische tolk nodig, bel {PHONE} liefst maandagochtend",
            Details(PHONE, NAME, "maandagochtend", "Arabisch", ""),
        ),
        (
            f"hallo met {NAME}, mijn dochter is maandag geschorst, mijn nummer is {PHONE}, liefst na 17:00 uur",
            Details(PHONE, NAME, "na 17:00 uur", "", "mijn dochter is maandag geschorst"),
        ),
        (f"{PHONE} na 5 uur", Details(PHONE, "", "na 5 uur", "", "")),
        (
            f"ik ben {NAME} en mijn zoon mag niet meer naar school, bel {PHONE}",
            Details(PHONE, NAME, "", "", "mijn zoon mag niet meer naar school"),
        ),
        (
            "ik wil een ouderadviseur spreken over de tlv van mijn zoon",
            Details("", "", "", "", "de tlv van mijn zoon"),
        ),
        ("ik wil een ouderadviseur spreken", Details()),
        ("school werkt niet mee met de tlv van mijn zoon", Details()),
        # What happened on a day is no wish to be called on it.
        ("mijn zoon is maandag geschorst", Details()),
    ],
)
def test_each_detail_is_found_wherever_it_stands(text: str, details: Details) -> None:
    assert read_details(text) == details


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (f"bel me op {PHONE}", True),
        (f"kunt u mij terugbellen op {PHONE}? het gaat over school", True),
        (f"neem contact met mij op: {MAIL}", True),
        (f"de school belde mij vanaf {PHONE}", False),
        ("bel me op [telefoon]", True),
        ("bel me", False),
        (f"mail mij op {MAIL}. wie vraagt een tlv aan?", False),
    ],
)
def test_a_number_with_the_wish_to_be_reached_on_it_asks_for_a_human(text: str, asked: bool) -> None:
    assert asks_contact(text) is asked


@pytest.mark.parametrize(
    ("text", "moment", "language"),
    [
        ("na vijven", "na vijven", ""),
        ("maakt niet uit", NO_PREFERENCE, ""),
        ("ja", NO_PREFERENCE, ""),
        ("Oké!", NO_PREFERENCE, ""),
        ("ja, na vijven", "ja, na vijven", ""),
        ("na vijven, en een tolk Arabisch", "na vijven", "Arabisch"),
        ("ik heb een tolk nodig", NO_PREFERENCE, INTERPRETER_WANTED),
        ("dinsdag of woensdagochtend, geen tolk", "dinsdag of woensdagochtend", ""),
        ("als de kinderen op school zijn", "als de kinderen op school zijn", ""),
    ],
)
def test_moment_and_interpreter_come_in_one_answer(text: str, moment: str, language: str) -> None:
    assert read_moment(text) == (moment, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ik spreek alleen Pools", "Pools"),
        ("tolk voor Tigrinya", "Tigrinya"),
        ("een tolk in gebarentaal graag", "gebarentaal"),
        ("zonder tolk graag", ""),
        ("mijn zoon leert Engels", ""),
    ],
)
def test_the_language_of_the_interpreter_is_understood(text: str, language: str) -> None:
    assert read_interpreter(text).lower() == language.lower()
