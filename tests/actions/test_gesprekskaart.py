"""The card with questions for a talk at school."""

from actions.gesprekskaart import Gesprekskaart, topics_said

from .helps import uttered


def answered(topic: str) -> dict[str, str]:
    return {"onderwerp": topic, "besluit": "answer"}


def test_the_card_has_a_goal_questions_examples_and_an_end() -> None:
    message = uttered(Gesprekskaart(), "help mij het gesprek met school voorbereiden")

    assert message["text"].startswith("**Kaart voor uw gesprek met school**")
    for part in ("Mijn doel", "1. Wat ziet u bij mijn kind in de klas?", "5. ", "Twee voorbeelden", "Wie doet wat"):
        assert part in message["text"]
    assert message["metadata"]["onderwerp"] == "oudersteunpunt/mee_naar_gesprek"
    assert message["metadata"]["kaart"] is True


def test_the_questions_come_from_what_was_said() -> None:
    before = [answered("gesprek/groet"), answered("tlv/uitleg")]

    assert "overleg over de TLV" in uttered(Gesprekskaart(), "maak een gesprekskaart", before=before)["text"]


def test_the_message_itself_goes_first() -> None:
    text = uttered(Gesprekskaart(), "help mij het gesprek over het OPP voorbereiden", before=[answered("tlv/uitleg")])[
        "text"
    ]

    assert "1. Is er een plan (OPP), en mag ik het zien?" in text


def test_a_place_on_the_way_brings_its_own_questions() -> None:
    text = uttered(Gesprekskaart(), choice="oudersteunpunt/mee_naar_gesprek:klas")["text"]

    assert "1. Welke hulp krijgt mijn kind nu, en van wie?" in text


def test_nothing_that_the_parent_typed_is_on_the_card() -> None:
    text = uttered(Gesprekskaart(), "help mij het gesprek over Kees voorbereiden")["text"]

    assert "Kees" not in text


def test_what_was_only_offered_was_not_said() -> None:
    events = [
        {"event": "bot", "metadata": {"metadata": {"onderwerp": "tlv/uitleg", "besluit": "answer"}}},
        {"event": "bot", "metadata": {"metadata": {"onderwerp": "ziek/zorgplicht", "besluit": "ask"}}},
        {"event": "bot", "metadata": {"metadata": {"onderwerp": "gesprek/bedankt", "besluit": "answer"}}},
        {"event": "bot", "metadata": {}},
        {"event": "bot", "metadata": {"metadata": {"onderwerp": "sop/uitleg", "besluit": "answer"}}},
        {"event": "bot", "metadata": {"metadata": {"onderwerp": "tlv/uitleg", "besluit": "answer"}}},
    ]

    assert topics_said(events) == ["tlv/uitleg", "sop/uitleg"]


def test_a_child_at_home_brings_the_questions_for_that() -> None:
    assert (
        "Welk onderwijs kan mijn kind nu al krijgen?" in uttered(Gesprekskaart(), slots={"situatie": "thuis"})["text"]
    )
