"""Reading what a parent typed while the hand-off form was asking."""

from typing import Any

import pytest

from actions.antwoorden_lezen import agrees, interrupts, stops


@pytest.mark.parametrize(
    "text", ["laat maar", "Nee, laat maar", "stop", "toch niet", "ik wil toch niet meer", "annuleer"]
)
def test_stopping_is_understood(text: str) -> None:
    assert stops(text)


@pytest.mark.parametrize(
    "text", ["school stopt met de hulp", "mijn zoon laat maar weinig zien", "nee", "de les is gestopt"]
)
def test_a_story_is_not_read_as_stopping(text: str) -> None:
    assert not stops(text)


@pytest.mark.parametrize(
    ("text", "agreed"),
    [
        ("ja", True),
        ("Ja graag", True),
        ("ok", True),
        ("oké", True),
        ("doe maar", True),
        ("nee", False),
        ("liever niet", False),
        ("laat maar", False),
        ("misschien", None),
        ("", None),
        ("jammer", None),
    ],
)
def test_yes_and_no(text: str, agreed: bool | None) -> None:
    assert agrees(text) is agreed


def message(text: str, intent: str = "tlv", decision: str = "answer", **metadata: str) -> dict[str, Any]:
    return {"text": text, "intent": {"name": intent}, "onderwerpen": {"besluit": decision}, "metadata": metadata}


def test_danger_always_interrupts() -> None:
    assert interrupts(message("hij slaat ons", "gesprek__nood"), about_asked=True)


def test_a_clicked_topic_interrupts() -> None:
    assert interrupts(message("Wat is een TLV?", keuze="tlv/uitleg"), about_asked=False)


def test_a_clear_question_interrupts() -> None:
    assert interrupts(message("hoe lang is een tlv geldig?"), about_asked=False)
    assert interrupts(message("hoe lang is een tlv geldig"), about_asked=False)


def test_a_story_is_the_answer_to_what_it_is_about() -> None:
    assert not interrupts(message("hoe school met de tlv omgaat bevalt ons niet"), about_asked=True)


def test_a_question_that_is_not_understood_does_not_interrupt() -> None:
    assert not interrupts(message("hoe bedoelt u dat dan?", "nlu_fallback", "ask"), about_asked=False)


def test_asking_for_a_human_again_does_not_start_again() -> None:
    assert not interrupts(
        message("Ik wil een mens spreken", "gesprek__mens_spreken", keuze="gesprek/mens_spreken"), about_asked=False
    )
