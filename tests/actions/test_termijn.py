"""A parent's own dates; today is Saturday 21 November 2026."""

import asyncio
from datetime import date
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.termijn import Termijnhulp
from bot.chat.api import _CHOICE
from bot.chat.ics import events_of
from bot.knowledge import current

from .helps import choices, uttered

TODAY = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("actions.termijn.today", lambda: TODAY)


def told(occasion: str, day: str, school: str | None = None) -> dict[str, Any]:
    about = {"gebeurtenis": occasion, "datum": day}
    return uttered(Termijnhulp(), about=about, slots={"schoolsoort": school} if school else {})


def test_an_application_gets_its_days_first() -> None:
    message = told("aangemeld", "3 november")

    assert message["text"].startswith("Uw dagen, naar schatting. U meldde aan op **dinsdag 3 november**")
    for day in ("**dinsdag 15 december**", "**dinsdag 12 januari 2027**", "**dinsdag 26 januari 2027**"):
        assert day in message["text"]
    assert (message["metadata"]["onderwerp"], message["metadata"]["besluit"]) == ("zorgplicht/termijn", "answer")


def test_the_days_are_an_estimate_and_an_older_text_is_named() -> None:
    for school, older in ((None, True), ("po", True), ("vo", False)):
        text = told("aangemeld", "3 november", school)["text"]
        assert "naar schatting" in text
        assert ("oudere wettekst" in text) == older


def test_the_sources_are_those_of_the_kind_of_school() -> None:
    names = {
        school: [source["naam"] for source in told("aangemeld", "3 november", school)["metadata"]["bronnen"]]
        for school in ("po", "vo")
    }

    assert all("WPO" in name for name in names["po"]) and all("WVO" in name for name in names["vo"])


def test_the_days_to_come_can_go_into_a_calendar() -> None:
    metadata, text = told("aangemeld", "1 oktober")["metadata"], told("aangemeld", "1 oktober")["text"]

    assert [(event["soort"], event["datum"]) for event in metadata["agenda"]] == [("aangemeld_verlengd", "2026-12-10")]
    assert "(/api/agenda?dag=aangemeld_verlengd:2026-12-10)" in text
    asked = [f"{event['soort']}:{event['datum']}" for event in metadata["agenda"]]
    assert [event.title for event in events_of(asked, current().deadlines.calendar_titles())] == [
        event["titel"] for event in metadata["agenda"]
    ]


def test_what_is_past_is_said_to_be_past_and_a_human_is_offered() -> None:
    message = told("aangemeld", "1 juni")

    assert "toen waren ook de 10 weken voorbij" in message["text"]
    assert "agenda" not in message["text"] and message["metadata"]["agenda"] == []
    assert "ik wil een mens spreken" in message["text"]
    assert "gesprek/mens_spreken" in choices(message)


@pytest.mark.parametrize(
    ("occasion", "topic", "whom"),
    [
        ("besluit_school", "zorgplicht/termijn", "schoolbestuur"),
        ("besluit_tlv", "tlv/oneens", "samenwerkingsverband"),
    ],
)
def test_a_decision_gets_the_last_day_for_objection(occasion: str, topic: str, whom: str) -> None:
    message = told(occasion, "12-10")

    assert f"**maandag 23 november**: de laatste dag voor bezwaar bij het {whom}" in message["text"]
    assert message["metadata"]["onderwerp"] == topic


def test_a_decision_of_an_unknown_kind_gets_its_day_and_the_kinds_as_buttons() -> None:
    message = told("besluit", "12-10")

    assert "**maandag 23 november**" in message["text"]
    assert choices(message)[:2] == [
        "zorgplicht/termijn:besluit_school-2026-10-12",
        "zorgplicht/termijn:besluit_tlv-2026-10-12",
    ]


def test_a_day_on_a_button_is_counted_from() -> None:
    message = uttered(Termijnhulp(), choice="zorgplicht/termijn:besluit_tlv-2026-10-12")

    assert "**maandag 23 november**" in message["text"] and message["metadata"]["onderwerp"] == "tlv/oneens"


def test_a_day_that_can_be_two_is_asked_back() -> None:
    message = told("aangemeld", "1 december")

    assert message["text"] == "Welke dag bedoelt u: maandag 1 december 2025 of dinsdag 1 december?"
    assert message["metadata"]["besluit"] == "ask" and message["metadata"]["opties"] == []
    assert choices(message)[:2] == [
        "zorgplicht/termijn:aangemeld-2025-12-01",
        "zorgplicht/termijn:aangemeld-2026-12-01",
    ]


@pytest.mark.parametrize("day", ["in oktober", "31 november"])
def test_what_names_no_day_is_asked_again(day: str) -> None:
    message = told("aangemeld", day)

    assert message["text"].startswith("Ik zie nog geen datum die klopt. Op welke dag kreeg de school uw aanmelding?")
    assert message["metadata"]["besluit"] == "ask"


def test_a_year_that_cannot_be_is_asked_back() -> None:
    assert "Klopt het jaar?" in told("aangemeld", "3-11-2206")["text"]


def test_who_does_not_know_the_day_gets_the_ordinary_answer() -> None:
    question = uttered(Termijnhulp(), choice="zorgplicht/termijn:besluit_tlv")
    assert choices(question) == ["tlv/oneens"]

    asked = [{"termijn": "besluit_tlv"}]
    answer = uttered(Termijnhulp(), text="geen idee", about={"misschien": "ja"}, before=asked)
    assert answer["response"] == "utter_tlv/oneens"


@pytest.mark.parametrize("about", [{"datum": "3 november"}, {"misschien": "ja", "datum": "die kwam 3 november binnen"}])
def test_the_answer_to_the_question_for_the_day_is_counted_from(about: dict[str, str]) -> None:
    message = uttered(Termijnhulp(), about=about, before=[{"termijn": "aangemeld"}])

    assert "**dinsdag 15 december**" in message["text"]


def test_another_day_after_an_answer_is_counted_again() -> None:
    first = told("besluit_tlv", "12-10")["metadata"]

    assert "**dinsdag 15 december**" in uttered(Termijnhulp(), about={"datum": "3 november"}, before=[first])["text"]


def test_a_day_without_a_question_is_asked_what_happened_then() -> None:
    message = uttered(Termijnhulp(), about={"datum": "3 november"}, before=[{"termijn": "aangemeld"}, {}])

    assert message["text"] == "Waar wilt u de dagen van weten?"
    assert "zorgplicht/termijn:aangemeld-2026-11-03" in choices(message)


def test_what_is_no_answer_is_left_to_the_question_after_doubt() -> None:
    message = uttered(Termijnhulp(), text="geen idee", about={"misschien": "ja"})

    assert message["response"] == "utter_niet_begrepen"


def test_what_is_no_answer_gets_the_answer_of_the_classifier_when_it_is_sure() -> None:
    tracker = Tracker(
        "gesprek",
        {},
        {
            "text": "geen idee",
            "onderwerpen": {
                "besluit": "answer",
                "ranking": [{"onderwerp": "gesprek/wat_kun_je", "kans": 0.9}],
                "hulp": {"misschien": "ja"},
            },
        },
        [],
        False,
        None,
        {},
        None,
    )
    dispatcher = CollectingDispatcher()
    asyncio.run(Termijnhulp().run(dispatcher, tracker, {}))

    assert [message["response"] for message in dispatcher.messages] == ["utter_gesprek/wat_kun_je"]


def test_every_button_fits_the_api() -> None:
    for occasion in current().deadlines.occasions:
        for message in (told(occasion, "3 november"), told(occasion, "1 december"), told(occasion, "ooit")):
            assert all(_CHOICE.fullmatch(choice) for choice in choices(message))
