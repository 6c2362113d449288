"""The component that recognises requests for a help, after the classifier."""

from typing import Any

import pytest
from rasa.shared.nlu.constants import INTENT, METADATA, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.helps import Helps


@pytest.fixture(scope="module")
def helps() -> Helps:
    return Helps()


def understood(
    helps: Helps,
    text: str,
    intent: str = "nlu_fallback",
    confidence: float = 0.4,
    decision: str = "ask",
    **metadata: str,
) -> tuple[str, Any]:
    """The intent after the component, and what it says the help is about."""
    ranking = [{"onderwerp": intent.replace("__", "/"), "kans": confidence}]
    message = Message({TEXT: text, METADATA: metadata, INTENT: {"name": intent, "confidence": confidence}})
    message.set("onderwerpen", {"besluit": decision, "opties": [], "ranking": ranking})
    helps.process([message])
    return message.get(INTENT)["name"], message.get("onderwerpen").get("hulp")


def test_a_request_for_own_dates_gets_its_intent_and_says_what_it_is_about(helps: Helps) -> None:
    about = {"gebeurtenis": "aangemeld", "datum": "3 november"}
    assert understood(helps, "ik heb op 3 november aangemeld") == ("termijnhulp", about)


def test_a_button_starts_its_help(helps: Helps) -> None:
    clicked = understood(helps, "Ik maak me zorgen", "ondersteuning", 1.0, "answer", keuze="ondersteuning/route:zorgen")

    assert clicked == ("waar_sta_ik", {})


def test_a_button_of_a_topic_does_not(helps: Helps) -> None:
    clicked = understood(helps, "waar sta ik?", "tlv", 1.0, "answer", keuze="tlv/uitleg")

    assert clicked == ("tlv", None)


def test_the_text_of_a_place_counts_after_the_way_was_shown(helps: Helps) -> None:
    typed = understood(helps, "Mijn kind zit thuis", vorig_onderwerp="ondersteuning/route")

    assert typed == ("waar_sta_ik", {"plaats": "thuis"})


def test_danger_and_several_questions_stay(helps: Helps) -> None:
    text = "ik heb op 3 november aangemeld"

    assert understood(helps, text, "gesprek__nood", 1.0, "answer") == ("gesprek__nood", None)
    assert understood(helps, text, "gesprek__nood", 0.6, "answer") == ("gesprek__nood", None)
    assert understood(helps, text, "meer_vragen", 0.9, "answer") == ("meer_vragen", None)


def test_a_mere_date_is_no_danger_when_the_detector_saw_none(helps: Helps) -> None:
    assert understood(helps, "dat was gisteren", "gesprek__nood", 0.6, "answer")[0] == "termijnhulp"
    assert understood(helps, "dat was gisteren", "gesprek__nood", 1.0, "answer")[0] == "gesprek__nood"


def test_what_may_be_an_answer_keeps_the_ranking_of_the_classifier(helps: Helps) -> None:
    message = Message({TEXT: "geen idee", INTENT: {"name": "nlu_fallback", "confidence": 1.0}})
    before = {"besluit": "ask", "opties": ["tlv/uitleg"], "ranking": [{"onderwerp": "tlv/uitleg", "kans": 0.4}]}
    message.set("onderwerpen", before)
    helps.process([message])

    assert message.get("onderwerpen") == {**before, "hulp": {"misschien": "ja"}}
