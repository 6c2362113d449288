"""Words that are explained where they stand in an answer."""

from __future__ import annotations

import re

import pytest

from bot.chat.glossary import MOST, explained
from bot.chat.render import markdown_html
from bot.knowledge import current


def words(text: str, topic: str | None = None) -> list[str]:
    return re.findall(
        r'<span class="term" role="button" tabindex="0" data-uitleg="[^"<>]+">([^<]+)</span>', shown(text, topic)
    )


def shown(text: str, topic: str | None = None) -> str:
    return explained(markdown_html(text), topic)


def test_a_word_is_explained_at_its_first_place_only() -> None:
    html = shown("Een TLV vraagt de school aan. Een TLV is een besluit.")
    assert html.count("<span") == 1 and html.index("<span") < html.index("vraagt")
    (term,) = [term for term in current().terms if term.abbreviation == "TLV"]
    assert f'data-uitleg="{term.explanation}"' in html


def test_word_and_abbreviation_are_the_same_word() -> None:
    assert words("De toelaatbaarheidsverklaring (TLV) is een besluit.") == ["toelaatbaarheidsverklaring"]


@pytest.mark.parametrize(
    "text",
    [
        "TLVs",
        "TLV-aanvraag",
        "niet-TLV",
        "een halt",
        "so wat",
        "Passend Onderwijs Almere",
        "[TLV](https://x.nl)",
        "`TLV`",
    ],
)
def test_only_whole_words_as_they_are_written_outside_links(text: str) -> None:
    assert words(text) == []


def test_the_word_that_the_answer_is_about_needs_no_button() -> None:
    assert words("Een TLV is een besluit.", "tlv/uitleg") == []


def test_there_are_never_many() -> None:
    assert len(words("TLV, OPP, SOP, MDO, SBO, VSO, leerplicht en zorgplicht.")) == MOST


def test_the_rest_of_the_html_stays_as_it_is() -> None:
    text = "Een **TLV** & een <b>opp</b>:\n\n- [de bron](https://example.org/TLV?a=1&b=2)\n- bel 036-1234567"
    html = shown(text)
    assert re.sub(r"</?span[^>]*>", "", html) == markdown_html(text)
    assert "<b>" not in html
