"""What a parent hears about a school."""

import re

import pytest

from actions.school import SchoolZoeken
from bot.knowledge import KINDS, current

from .conftest import Said


def test_a_school_is_told_with_kind_address_phone_website_and_source(said: Said) -> None:
    message = said(SchoolZoeken(), "wat is het adres van basisschool de ark")

    assert "**De Ark** is een basisschool in Almere Haven" in message["text"]
    assert "Middenhof 210, 1354 EV Almere" in message["text"]
    assert "036-5310289" in message["text"]
    assert "[ark-almere.nl](https://www.ark-almere.nl)" in message["text"]
    assert "Bron: DUO, 2026" in message["text"]
    assert (message["metadata"]["onderwerp"], message["metadata"]["besluit"]) == ("school/zoeken", "answer")


@pytest.mark.parametrize("brin", ["23EU00", "16OC00", "25KV00", "31FT00", "31VV00", "32GE00", "17JI02"])
def test_a_doubtful_mobile_or_missing_number_is_not_shown(brin: str, said: Said) -> None:
    message = said(SchoolZoeken(), "x", f"school/zoeken:{brin}")

    assert "Telefoon: ik heb geen nummer dat zeker klopt" in message["text"]


def test_the_school_on_the_button_is_the_school_in_the_answer(said: Said) -> None:
    message = said(SchoolZoeken(), "Digitalis", "school/zoeken:17DA03")

    assert "Rolklaverpad 29" in message["text"]


def test_several_schools_are_offered_with_their_street_when_names_are_equal(said: Said) -> None:
    buttons = said(SchoolZoeken(), "adres digitalis")["buttons"]

    assert [button["title"] for button in buttons] == ["Digitalis (Rolklaverpad 30)", "Digitalis (Rolklaverpad 29)"]
    assert [button["keuze"] for button in buttons] == ["school/zoeken:17DA00", "school/zoeken:17DA03"]


def test_a_short_list_comes_as_buttons(said: Said) -> None:
    message = said(SchoolZoeken(), "middelbare scholen in poort")

    assert "3 scholen in Almere Poort: voortgezet onderwijs" in message["text"]
    assert len(message["buttons"]) == 3


def test_a_longer_list_comes_as_names(said: Said) -> None:
    message = said(SchoolZoeken(), "basisscholen in almere haven")

    assert "- De Polderhof, Buitenhof 93" in message["text"]
    assert message["buttons"] == []


def test_a_very_long_list_asks_for_a_part_of_almere_and_each_button_leads_there(said: Said) -> None:
    buttons = said(SchoolZoeken(), "welke basisscholen zijn er")["buttons"]

    assert [button["title"] for button in buttons] == [
        "Almere Stad",
        "Almere Buiten",
        "Almere Hout",
        "Almere Haven",
        "Almere Poort",
    ]
    assert "7 scholen in Almere Haven: basisonderwijs" in said(SchoolZoeken(), "x", buttons[3]["keuze"])["text"]
    assert "7 scholen in Almere Haven" in said(SchoolZoeken(), buttons[3]["payload"])["text"]
    assert all(re.fullmatch(r"school/zoeken:[a-z_]{1,80}", button["keuze"]) for button in buttons)


def test_an_unknown_school_leads_to_the_national_site(said: Said) -> None:
    message = said(SchoolZoeken(), "adres van basisschool de toverlantaarn")

    assert "niet in mijn lijst" in message["text"]
    assert "https://scholenopdekaart.nl" in message["text"]
    assert message["metadata"]["besluit"] == "answer"
    assert message["buttons"] == []


def test_a_school_elsewhere_leads_to_the_national_site(said: Said) -> None:
    text = said(SchoolZoeken(), "basisscholen in lelystad")["text"]

    assert text.startswith("Ik ken alleen scholen in Almere.")
    assert "https://scholenopdekaart.nl" in text


def test_a_kind_that_is_not_there_is_said(said: Said) -> None:
    assert "geen school in Almere Poort: jenaplan" in said(SchoolZoeken(), "jenaplan in poort")["text"]


def test_an_unknown_neighbourhood_is_said(said: Said) -> None:
    text = said(SchoolZoeken(), "islamitische school in de muziekwijk")["text"]

    assert "De buurt muziekwijk ken ik niet" in text


@pytest.mark.parametrize(("text", "choice"), [("ik zoek een school", None), ("Een school zoeken", "school/zoeken")])
def test_without_a_name_the_parent_is_asked_for_one(text: str, choice: str | None, said: Said) -> None:
    assert said(SchoolZoeken(), text, choice)["response"] == "utter_school/zoeken"


def test_every_school_can_be_told(said: Said) -> None:
    for school in current().schools:
        text = said(SchoolZoeken(), "x", f"school/zoeken:{school.brin}")["text"]

        assert school.street in text
        assert KINDS[school.kind] in text
        assert "None" not in text
