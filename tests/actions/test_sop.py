"""Where a parent reads what a school offers."""

from actions.sop import SopVinden
from bot.knowledge import current

from .conftest import Said


def test_a_named_school_leads_to_its_website_and_school_guide(said: Said) -> None:
    message = said(SopVinden(), "waar vind ik het sop van de lettertuin")

    assert "**De Lettertuin**" in message["text"]
    assert "schoolgids" in message["text"]
    assert "https://www.kbslettertuin.nl" in message["text"]
    assert "https://scholenopdekaart.nl" in message["text"]
    assert (message["metadata"]["onderwerp"], message["metadata"]["besluit"]) == ("sop/vinden", "answer")


def test_a_school_without_a_website_is_to_be_asked(said: Said) -> None:
    text = said(SopVinden(), "sop de albatros")["text"]

    assert "Vraag de school om de schoolgids" in text
    assert "DUO" not in text


def test_several_schools_are_offered(said: Said) -> None:
    message = said(SopVinden(), "sop van montessori campus")

    assert [button["keuze"] for button in message["buttons"]] == ["sop/vinden:31TB00", "sop/vinden:24RW04"]


def test_the_school_on_the_button_is_the_school_in_the_answer(said: Said) -> None:
    assert "**Olivijn**" in said(SopVinden(), "Olivijn", "sop/vinden:30EF00")["text"]


def test_without_a_school_the_general_answer_is_given(said: Said) -> None:
    for text in ("waar vind ik een sop", "sop van basisschool de toverlantaarn", "staat dat in de schoolgids"):
        assert said(SopVinden(), text)["response"] == "utter_sop/vinden"


def test_every_school_can_be_pointed_to(said: Said) -> None:
    for school in current().schools:
        assert school.name in said(SopVinden(), "x", f"sop/vinden:{school.brin}")["text"]
