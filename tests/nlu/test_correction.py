"""Corrections and picks."""

import pytest

from bot.nlu.correction import picked, without_correction

OPTIONS = ("tlv/uitleg", "tlv/aanvragen", "sop/uitleg")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("nee, ik bedoel de TLV", "de TLV"),
        ("Nee ik bedoelde hoe lang hij geldig is", "hoe lang hij geldig is"),
        ("ik bedoel eigenlijk het sop", "het sop"),
        ("dat bedoel ik niet, ik vroeg naar leerlingenvervoer", "leerlingenvervoer"),
        ("ik bedoel", "ik bedoel"),
        ("wat bedoelt school met zorgplicht", "wat bedoelt school met zorgplicht"),
    ],
)
def test_what_is_meant_after_all(text: str, meant: str) -> None:
    assert without_correction(text) == meant


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        ("de tweede", "tlv/aanvragen"),
        ("1", "tlv/uitleg"),
        ("nummer 3 graag", "sop/uitleg"),
        ("de laatste", "sop/uitleg"),
        ("geen van deze", "anders"),
        ("Iets anders", "anders"),
        ("ja", None),
        ("wat is een tlv", None),
    ],
)
def test_a_typed_pick(text: str, choice: str | None) -> None:
    assert picked(text, OPTIONS) == choice


def test_yes_picks_the_only_option() -> None:
    assert picked("ja", OPTIONS[:1]) == "tlv/uitleg"


def test_without_options_nothing_is_picked() -> None:
    assert picked("de tweede", ()) is None
