"""Primary or secondary school, from a message."""

import pytest

from bot.nlu.details import kind_of_school


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
