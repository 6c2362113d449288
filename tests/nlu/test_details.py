"""Primary or secondary school, at home or ill, from a message."""

import pytest

from bot.nlu.details import kind_of_school, situation


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("mijn zoon zit in groep 5", "po"),
        ("De juf zegt dat het niet gaat", "po"),
        ("op de basisschool", "po"),
        ("ze zit in de brugklas", "vo"),
        ("hij doet 3 havo", "vo"),
        ("hoe gaat dat op de middelbare?", "vo"),
        ("van groep 8 naar de brugklas", None),
        ("de school van mijn kind", None),
        ("hij is vol energie", None),
    ],
)
def test_kind_of_school(text: str, value: str | None) -> None:
    found = kind_of_school(text)
    assert (found.value if found else None) == value


def test_the_position_is_that_of_the_words() -> None:
    text = "mijn zoon zit in groep 5"
    found = kind_of_school(text)
    assert found is not None
    assert text[found.start : found.end] == "groep 5"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("mijn zoon zit al drie weken thuis", "thuis"),
        ("Zit mijn dochter straks thuis?", "thuis"),
        ("onze dochter van 9 is langdurig ziek", "ziek"),
        ("mijn kind ligt in het ziekenhuis", "ziek"),
        ("ze is weer op school", "op_school"),
        ("mijn kind zit niet thuis", "op_school"),
        ("mijn kind is weer beter", "op_school"),
        ("geldt dat ook als hij ziek is?", None),
        ("hij is thuis heel druk", None),
        ("ze zit thuis op de bank te gamen", None),
        ("wat doen jullie voor een thuiszitter", None),
        ("ik zit thuis met mijn kind", None),
    ],
)
def test_situation(text: str, value: str | None) -> None:
    found = situation(text)
    assert (found.value if found else None) == value
