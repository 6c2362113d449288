"""Which word a parent asks about; an unknown one is not explained as another."""

from typing import Any

import pytest
import yaml

from bot.knowledge import Knowledge
from bot.knowledge.terms import find_term, find_terms, only_asks
from bot.settings import ROOT

QUERIES: dict[str, Any] = yaml.safe_load(
    (ROOT / "tests" / "knowledge" / "term_queries.yml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize(("text", "name"), QUERIES["begrip"].items())
def test_the_term_asked_about_is_found(text: str, name: str, knowledge: Knowledge) -> None:
    term = find_term(text, knowledge)

    assert term is not None
    assert term.names[0] == name


@pytest.mark.parametrize("text", QUERIES["geen"])
def test_an_unknown_word_is_not_another_term(text: str, knowledge: Knowledge) -> None:
    assert find_term(text, knowledge) is None
    assert not only_asks(text)


@pytest.mark.parametrize("text", QUERIES["alleen"])
def test_a_request_without_a_word_is_seen(text: str, knowledge: Knowledge) -> None:
    assert find_term(text, knowledge) is None
    assert only_asks(text)


def test_every_name_of_a_term_is_found_when_it_is_asked_about(knowledge: Knowledge) -> None:
    for term in knowledge.terms:
        for name in term.names:
            assert term in find_terms(f"wat betekent {name}?", knowledge), name


def test_two_terms_with_one_abbreviation_come_together(knowledge: Knowledge) -> None:
    names = {term.names[0] for term in find_terms("wat is een cvb", knowledge)}

    assert names == {"Commissie voor de Begeleiding", "College van Bestuur"}


def test_terms_joined_by_en_come_together(knowledge: Knowledge) -> None:
    names = [term.names[0] for term in find_terms("wat is een mdo en een opp", knowledge)]

    assert names == ["Multidisciplinair overleg", "Ontwikkelingsperspectief"]
