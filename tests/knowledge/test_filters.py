"""What a parent says about the schools sought, apart from a name."""

import subprocess
import sys
from collections.abc import Callable

import pytest

from bot.knowledge import Knowledge
from bot.knowledge.filters import Filters, read_filters
from bot.knowledge.matching import words_of

Read = Callable[[str], Filters]


@pytest.fixture
def read(knowledge: Knowledge) -> Read:
    def run(text: str) -> Filters:
        return read_filters(words_of(text), knowledge)

    return run


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("sbo", {"sbo"}),
        ("speciaal basisonderwijs", {"sbo"}),
        ("speciaal onderwijs", {"so", "so/vso"}),
        ("vso", {"so/vso"}),
        ("bassischool", {"bo"}),
        ("midelbare scholen", {"vo"}),
        ("praktijkschool", {"pro"}),
        ("een school", set()),
        ("zo is dat", set()),
    ],
)
def test_kinds_are_read(text: str, kinds: set[str], read: Read) -> None:
    assert read(text).kinds == kinds


@pytest.mark.parametrize(
    ("text", "district"),
    [
        ("almere poort", "Almere Poort"),
        ("scholen in poort", "Almere Poort"),
        ("we wonen in almere-buiten", "Almere Buiten"),
        ("hij speelt graag buiten", None),
        ("een school buiten almere", None),
        ("de poort van de school", None),
    ],
)
def test_a_district_is_read_where_a_place_is_meant(text: str, district: str | None, read: Read) -> None:
    assert read(text).district == district


@pytest.mark.parametrize(
    ("text", "elsewhere"),
    [
        ("scholen in Lelystad", "Lelystad"),
        ("van utrecht naar almere", None),
        ("school in 8212 BK", "postcode 8212"),
        ("school in 1312 AA", None),
        ("in 2019", None),
    ],
)
def test_another_town_is_read_unless_almere_is_named_too(text: str, elsewhere: str | None, read: Read) -> None:
    assert read(text).elsewhere == elsewhere


def test_what_was_read_can_be_said_and_read_again(read: Read) -> None:
    filters = read("katholieke basisschool van prisma")

    assert filters.words() == ("katholiek", "basisonderwijs", "Prisma")
    assert read(" ".join(filters.words())) == filters


def test_a_katholieke_school_is_no_school_with_rk_in_its_name(knowledge: Knowledge, read: Read) -> None:
    names = {school.name for school in read("katholieke scholen").select(knowledge.schools)}

    assert "De Lettertuin" in names
    assert not names & {"De Ark", "Het Baken Park Lyceum"}


def test_the_knowledge_needs_no_rasa() -> None:
    code = "import sys, bot.knowledge.schools, bot.knowledge.terms; sys.exit('rasa' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
