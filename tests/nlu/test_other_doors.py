"""The right door for a question outside the field."""

import pytest

from bot.nlu.other_doors import load_doors, right_door
from bot.settings import get_settings


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("Wanneer is de herfstvakantie?", "rijksoverheid.nl"),
        ("hoe vraag ik studiefinanciering aan", "duo.nl"),
        ("hoe hoog is de kinderbijslag", "SVB"),
    ],
)
def test_a_question_with_a_door_of_its_own_gets_it(text: str, where: str) -> None:
    assert where in (right_door(text, load_doors(get_settings().knowledge_dir)) or "")


def test_another_question_gets_none() -> None:
    assert right_door("hoe maak ik lasagne", load_doors(get_settings().knowledge_dir)) is None
