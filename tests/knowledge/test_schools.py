"""Which school a parent means, on a list of questions; never a wrong one."""

from typing import Any

import pytest
import yaml

from bot.knowledge import Knowledge
from bot.knowledge.schools import MAX_OFFERED, find_schools
from bot.settings import ROOT

QUERIES: dict[str, Any] = yaml.safe_load(
    (ROOT / "tests" / "knowledge" / "school_queries.yml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize(("text", "brin"), QUERIES["een"].items())
def test_a_named_school_is_found(text: str, brin: str, knowledge: Knowledge) -> None:
    found = find_schools(text, knowledge)

    assert (found.outcome, [school.brin for school in found.schools]) == ("one", [brin])


@pytest.mark.parametrize(("text", "brins"), QUERIES["keuze"].items())
def test_in_doubt_the_schools_are_offered(text: str, brins: list[str], knowledge: Knowledge) -> None:
    found = find_schools(text, knowledge)

    assert found.outcome == "several"
    assert sorted(school.brin for school in found.schools) == sorted(brins)
    assert len(found.schools) <= MAX_OFFERED


@pytest.mark.parametrize(("text", "expected"), QUERIES["lijst"].items())
def test_a_kind_or_a_place_gives_a_list(text: str, expected: list[Any], knowledge: Knowledge) -> None:
    found = find_schools(text, knowledge)

    assert (found.outcome, len(found.schools)) == ("list", expected[1]), expected[0]


@pytest.mark.parametrize("text", QUERIES["geen"])
def test_an_unknown_school_is_not_another_school(text: str, knowledge: Knowledge) -> None:
    found = find_schools(text, knowledge)

    assert (found.outcome, found.schools) == ("none", ())


@pytest.mark.parametrize("text", QUERIES["zonder"])
def test_a_question_without_a_name_finds_nothing(text: str, knowledge: Knowledge) -> None:
    found = find_schools(text, knowledge)

    assert (found.outcome, found.schools) == ("unnamed", ())


def test_every_school_is_found_by_its_own_name(knowledge: Knowledge) -> None:
    for school in knowledge.schools:
        assert school in find_schools(f"wat is het adres van {school.name}?", knowledge).schools, school.name
