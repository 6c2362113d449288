"""Which messages ask for a parent's own dates, and which belong to the classifier."""

import pytest

from bot.nlu.deadline_requests import asks_for_days, typed_occasion
from bot.nlu.help_requests import Heard, HelpRequest, as_typed


def heard(text: str, topic: str | None = None, last: str | None = None) -> HelpRequest | None:
    return asks_for_days(Heard(text, topic, topic is not None, last))


@pytest.mark.parametrize(
    ("text", "occasion", "date"),
    [
        ("ik heb op 3 november aangemeld", "aangemeld", "3 november"),
        ("Wij hebben onze zoon 3-11 aangemeld, wanneer horen we iets?", "aangemeld", "3-11"),
        ("op 3 november meldde ik mijn dochter aan bij de brugklas", "aangemeld", "3 november"),
        ("vorige week maandag het aanmeldformulier ingeleverd", "aangemeld", "vorige week maandag"),
        ("zeven weken geleden aangemeld en nog steeds geen besluit", "aangemeld", "zeven weken geleden"),
        ("aangemeld op 3 november voor 1 februari", "aangemeld", "3 november"),
        ("het is nu 9 april, op 4 maart aangemeld", "aangemeld", "4 maart"),
        ("ons besluit is van 12-10, hoe lang kan ik bezwaar maken", "besluit", "12-10"),
        ("het tlv-besluit is van 12 oktober, tot wanneer kan ik in bezwaar", "besluit_tlv", "12 oktober"),
        ("op 12 oktober is de tlv afgewezen, hoe lang heb ik voor bezwaar", "besluit_tlv", "12 oktober"),
        ("op 12 oktober kregen we de tlv, we zijn het er niet mee eens", "besluit_tlv", "12 oktober"),
        ("op 1 september besloten om hem niet toe te laten, kan ik nog bezwaar maken", "besluit_school", "1 september"),
        ("de school heeft ons 12/10 geweigerd, wanneer ben ik te laat met bezwaar", "besluit_school", "12/10"),
        ("op 3 november aangemeld, op 1 december het besluit, tot wanneer bezwaar?", "besluit_school", "1 december"),
    ],
)
def test_the_day_and_what_happened_then_are_found(text: str, occasion: str, date: str) -> None:
    request = heard(text)

    assert request is not None
    assert dict(request.about) == {"gebeurtenis": occasion, "datum": date}


def test_a_decision_without_a_name_is_that_of_the_topic_before() -> None:
    text = "ons besluit is van 12-10, hoe lang kan ik bezwaar maken"
    for topic, occasion in (("tlv/uitleg", "besluit_tlv"), ("zorgplicht/weigering", "besluit_school")):
        request = heard(text, last=topic)
        assert request is not None and request.about["gebeurtenis"] == occasion


@pytest.mark.parametrize(
    ("occasion", "topic"),
    [("op 3 november aangemeld", "zorgplicht/termijn"), ("tlv-besluit 3 november, bezwaar?", "tlv/oneens")],
)
def test_the_topic_is_that_of_the_term(occasion: str, topic: str) -> None:
    request = heard(occasion)
    assert request is not None and request.topic == topic


@pytest.mark.parametrize(
    "text", ["3 november", "dat was op 3 november denk ik", "Nee, 4 november bedoel ik", "3-11-2026", "gisteren"]
)
def test_only_a_date_is_taken_whatever_the_classifier_makes_of_it(text: str) -> None:
    request = heard(text, topic="gesprek/buiten_bereik")

    assert request is not None and dict(request.about) == {"datum": text}


@pytest.mark.parametrize(
    ("text", "occasion"),
    [
        ("kunt u mijn termijn uitrekenen", None),
        ("Reken mijn dagen uit", None),
        ("kun je uitrekenen wanneer de school uiterlijk beslist na mijn aanmelding", "aangemeld"),
        ("bereken de laatste dag voor bezwaar tegen de tlv", "besluit_tlv"),
        ("termijnhulp", None),
        ("kan de chat voor mij uitrekenen tot wanneer ik bezwaar kan maken tegen het besluit", "besluit"),
    ],
)
def test_a_request_without_a_day_is_one_too(text: str, occasion: str | None) -> None:
    request = heard(text)

    assert request is not None and request.about.get("gebeurtenis") == occasion


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("op 3 november is mijn zoon geschorst, hoe lang kan ik bezwaar maken", None),
        ("het besluit over leerlingenvervoer is van 3 november, bezwaar?", "vervoer/leerlingenvervoer"),
        ("op 3 november bezwaar gemaakt, wanneer hoor ik iets", None),
        ("school heeft de tlv op 3 november aangevraagd, wanneer komt het besluit", "tlv/duur_aanvraag"),
        ("ik heb mij op 3 november aangemeld voor de koffieochtend", None),
        ("ik heb nog niet aangemeld, kan dat voor 1 februari", "zorgplicht/aanmelden"),
        ("in oktober aangemeld en nog niets gehoord", "zorgplicht/termijn"),
        ("op 3 november aangemeld bij de watertuin, wat is sbo", "speciaal/sbo"),
        ("hoe houd ik rekening met de weken vakantie", None),
        ("hoe lang is een tlv geldig", "tlv/geldigheid"),
        ("hij kan goed rekenen en zit in groep 7/8", "behoefte/hoogbegaafd"),
    ],
)
def test_other_terms_and_other_questions_stay_with_the_classifier(text: str, topic: str | None) -> None:
    assert heard(text, topic) is None


@pytest.mark.parametrize("text", ["dat weet ik niet meer", "geen idee", "we hebben 3 november ingeleverd"])
def test_what_may_be_an_answer_is_marked_when_the_classifier_is_in_doubt(text: str) -> None:
    request = heard(text)

    assert request is not None and request.about["misschien"] == "ja"


def test_a_date_in_a_sentence_of_which_the_classifier_is_sure_is_no_answer() -> None:
    assert heard("we hebben 3 november ingeleverd", topic="gesprek/afscheid") is None
    assert heard("geen idee", topic="gesprek/niet_tevreden") is None


def test_a_decision_is_not_called_one_on_a_tlv_because_the_classifier_thinks_so() -> None:
    request = heard("ons besluit is van 12-10, hoe lang kan ik bezwaar maken", topic="tlv/oneens")

    assert request is not None and request.about["gebeurtenis"] == "besluit"


def test_the_text_of_a_button_is_as_good_as_a_click() -> None:
    buttons = {as_typed("Ik heb mijn kind aangemeld"): "aangemeld"}
    request = typed_occasion("ik heb mijn kind aangemeld.", buttons)

    assert request is not None and dict(request.about) == {"gebeurtenis": "aangemeld"}
    assert typed_occasion("ik heb mijn kind nog niet aangemeld", buttons) is None
