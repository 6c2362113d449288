"""Messages about the last answer."""

import pytest

from bot.nlu.about_answer import about_answer


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("makkelijker", "makkelijker"),
        ("Kan dat in gewone woorden?", "makkelijker"),
        ("kan het korter", "makkelijker"),
        ("ik snap het niet", "makkelijker"),
        ("begrijp dit antwoord niet", "makkelijker"),
        ("wat bedoelt u?", "makkelijker"),
        ("te moeilijk voor mij", "makkelijker"),
        ("meer", "meer"),
        ("vertel me meer", "meer"),
        ("ik wil meer informatie", "meer"),
        ("wat is de bron?", "bron"),
        ("waar staat dat", "bron"),
        ("wie zegt dat", "bron"),
        ("weet je dat zeker?", "zeker"),
        ("klopt dat wel", "zeker"),
        ("garandeer je dat?", "garantie"),
        ("kunt u dat beloven", "garantie"),
        ("en op de middelbare?", "opnieuw"),
        ("het gaat om de basisschool", "opnieuw"),
        ("hoe zit dat dan in het voortgezet onderwijs?", "opnieuw"),
        ("mijn zoon zit op de middelbare school", "opnieuw"),
        ("nee hij zit in groep 7", "opnieuw"),
        ("oh sorry, 2 havo", "opnieuw"),
        ("Basisschool", "opnieuw"),
        ("mijn kind zit niet thuis", "opnieuw"),
        ("hoe weet je dit", "bron"),
    ],
)
def test_is_about_the_answer(text: str, kind: str) -> None:
    assert about_answer(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "krijgt mijn zoon makkelijker werk",
        "de toetsen zijn te moeilijk",
        "klopt het dat school hem mag weigeren",
        "mijn dochter snapt het niet in de klas",
        "je begrijpt me niet",
        "waar staat het sop",
        "meer hulp in de klas",
        "wat betekent tlv",
        "wat is een tlv",
        "bedankt",
        "welke middelbare scholen zijn er",
        "hoe kies ik een basisschool",
        "wat is sbo",
        "hij gaat naar het vso",
        "mag hij naar groep 3",
        "hoe weet je dat een kind autisme heeft",
        "hoe lang duurt dat",
        "ik wil graag meer weten over hoe dat nou precies gaat met de aanmelding bij een nieuwe plek",
    ],
)
def test_is_about_something_else(text: str) -> None:
    assert about_answer(text) is None
