"""What a parent hears about a word."""

import pytest

from actions.begrip import BegripUitleg
from bot.knowledge import current

from .conftest import Said


def test_a_term_is_explained_with_its_abbreviation_and_source(said: Said) -> None:
    message = said(BegripUitleg(), "wat betekent tlv")

    assert message["text"].startswith("**Toelaatbaarheidsverklaring (TLV)**: ")
    assert message["metadata"]["bronnen"][0]["naam"]
    assert (message["metadata"]["onderwerp"], message["metadata"]["besluit"]) == ("begrip/uitleg", "answer")


def test_a_term_with_its_own_topic_offers_that_topic(said: Said) -> None:
    buttons = said(BegripUitleg(), "wat betekent tlv")["buttons"]

    assert [(button["keuze"], button["title"]) for button in buttons] == [
        ("tlv/uitleg", current().topics["tlv/uitleg"])
    ]


def test_a_term_without_its_own_topic_offers_nothing(said: Said) -> None:
    assert said(BegripUitleg(), "wat is bso")["buttons"] == []


def test_both_meanings_of_an_abbreviation_are_given(said: Said) -> None:
    text = said(BegripUitleg(), "wat is de cvb")["text"]

    assert "**Commissie voor de Begeleiding (CvB)**" in text
    assert "**College van Bestuur (CvB)**" in text


def test_an_unknown_word_is_said_to_be_unknown_and_a_human_is_offered(said: Said) -> None:
    message = said(BegripUitleg(), "wat is een GMR?")

    assert message["text"].startswith("Dit woord ken ik niet.")
    assert [button["keuze"] for button in message["buttons"]] == ["gesprek/mens_spreken"]
    assert message["metadata"]["besluit"] == "answer"


@pytest.mark.parametrize(
    ("text", "choice"), [("ik snap een woord niet", None), ("Een woord uitleggen", "begrip/uitleg")]
)
def test_without_a_word_the_parent_is_asked_for_one(text: str, choice: str | None, said: Said) -> None:
    assert said(BegripUitleg(), text, choice)["response"] == "utter_begrip/uitleg"
