"""Waar sta ik?: the way, a question, a place."""

import pytest

from actions.route import WaarStaIk
from bot.chat.api import _CHOICE
from bot.knowledge import current

from .helps import choices, uttered

TOPIC = "ondersteuning/route"


def test_it_begins_with_the_whole_way_and_asks_where() -> None:
    message = uttered(WaarStaIk(), "waar sta ik?")

    assert message["text"].endswith("**Waar bent u nu?**")
    assert choices(message) == [f"{TOPIC}:{key}" for key in current().route.start.choices]
    assert (message["metadata"]["onderwerp"], message["metadata"]["besluit"]) == (TOPIC, "answer")


def test_a_choice_with_more_places_is_asked_on() -> None:
    message = uttered(WaarStaIk(), choice=f"{TOPIC}:andere_school")

    assert message["metadata"]["besluit"] == "ask" and message["metadata"]["opties"] == []
    assert choices(message)[-1] == f"{TOPIC}:begin"


@pytest.mark.parametrize("key", list(current().route.steps))
def test_a_place_says_where_who_what_to_ask_and_what_comes(key: str) -> None:
    message = uttered(WaarStaIk(), choice=f"{TOPIC}:{key}")

    for heading in ("**Wie is nu aan zet?**", "**Wat kunt u vragen?**", "**Wat komt hierna?**"):
        assert heading in message["text"]
    assert message["metadata"]["besluit"] == "answer" and message["metadata"]["bronnen"]
    assert message["metadata"]["vervolg"][-1] == "gesprek/mens_spreken"
    assert all(_CHOICE.fullmatch(choice) for choice in choices(message))


def test_waiting_for_a_decision_offers_the_days() -> None:
    assert "zorgplicht/termijn:aangemeld" in choices(uttered(WaarStaIk(), choice=f"{TOPIC}:wachten"))


def test_a_place_can_be_typed() -> None:
    assert "Stap 2" in uttered(WaarStaIk(), "hulp in de klas", about={"plaats": "klas"})["text"]


def test_a_button_of_an_older_file_leads_to_the_beginning() -> None:
    assert uttered(WaarStaIk(), choice=f"{TOPIC}:bestaat_niet")["text"].endswith("**Waar bent u nu?**")
