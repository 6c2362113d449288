"""Names are recognised after fixed phrases, and ordinary words after the same phrases are not taken for names."""

import pytest

from bot.privacy.names import NameFinder, proper
from bot.privacy.rules import load


def names(text: str) -> list[str]:
    return [text[start:end] for start, end in NameFinder(load().names, text).find()]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ik heet samira van der berg", ["samira van der berg"]),
        ("ik heet samira jansen.", ["samira jansen"]),
        ("IK HEET SAMIRA EN IK BEN BOOS", ["SAMIRA"]),
        ("ik heet samira en ik ben boos", ["samira"]),
        ("mijn naam is El Amrani", ["El Amrani"]),
        ("Naam: A.B. de Vries", ["A.B. de Vries"]),
        ("mijn zoon Karim el Idrissi-Jansen zit thuis", ["Karim el Idrissi-Jansen"]),
        ("mevrouw Van der Meer", ["Van der Meer"]),
        ("mw. Klein", ["Klein"]),
        ("mijn dochter Lisa de Groot", ["Lisa de Groot"]),
        ("ik ben Jan-Willem", ["Jan-Willem"]),
        ("mijn zoon O'Neill heeft", ["O'Neill"]),
    ],
)
def test_surnames_particles_and_double_names_belong_to_a_name(text: str, found: list[str]) -> None:
    assert names(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "ik ben Moeder",
        "ik ben IB-er",
        "mijn zoon TOS",
        "mijn zoon ADHD-kind",
        "mijn zoon. Hij is boos",
        "mijn dochter, Kunt u helpen",
        "mevrouw van De Tjotter",
        "de ouders van Helen Parkhurst",
        "mijn zoon Gilles de la Tourette",
        "hij heet geen Karim",
        "zijn naam is OVC",
        "mijn dochter Montessorischool",
        "wij zijn Nederlanders",
        "A. en B.",
    ],
)
def test_ordinary_words_are_no_names(text: str) -> None:
    assert names(text) == []


def test_several_names_are_found_one_by_one() -> None:
    assert names("mijn kinderen Ali, Omar & Lisa en ik") == ["Ali", "Omar", "Lisa"]


def test_a_name_is_found_again_without_a_phrase() -> None:
    text = "Mijn zoon Karim Jansen is 8. Karim leest niet, Karim Jansen rekent wel. De Karimstraat."
    assert names(text) == ["Karim Jansen", "Karim", "Karim Jansen"]


def test_a_particle_is_not_found_again_by_itself() -> None:
    assert names("mevrouw De Vries zei: De school belt mevrouw De Vries") == ["De Vries", "De Vries"]


def test_a_possessive_s_is_not_part_of_a_name() -> None:
    assert names("mijn zoon Karim's juf en Karim's school") == ["Karim", "Karim"]


def test_in_capitals_only_common_first_names_count() -> None:
    assert names("MIJN ZOON KARIM WORDT GEPEST") == ["KARIM"]
    assert names("MIJN ZOON STRUIKELT VAAK") == []


def test_where_every_word_is_capitalised_only_common_first_names_count() -> None:
    assert names("Mijn Zoon Karim Wordt Gepest") == ["Karim"]
    assert names("Mijn Zoon Struikelt Heel Vaak") == []


def test_common_first_names_need_no_capital() -> None:
    assert names("mijn zoon karim zit thuis, mijn dochter struikelt") == ["karim"]


def test_a_greeting_ends_the_message() -> None:
    assert names("groetjes samira") == ["samira"]
    assert names("Groetjes Samira, nog een vraag") == []


@pytest.mark.parametrize(
    ("written", "usual"),
    [
        ("samira van dijk", "Samira van Dijk"),
        ("KARIM", "Karim"),
        ("van der berg", "Van der Berg"),
        ("Anne-Marie de Vries", "Anne-Marie de Vries"),
    ],
)
def test_a_name_is_kept_as_one_usually_writes_it(written: str, usual: str) -> None:
    assert proper(load().names, written) == usual
