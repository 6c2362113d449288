"""Which messages and buttons ask for a help."""

import pytest

from bot.knowledge import current
from bot.nlu.deadline_requests import asks_for_days
from bot.nlu.help_requests import (
    CARD_INTENT,
    DEADLINE_INTENT,
    ROUTE_INTENT,
    ROUTE_TOPIC,
    Heard,
    as_typed,
    asks_for_card,
    asks_where,
    chosen_help,
    help_buttons,
    typed_place,
)


@pytest.mark.parametrize(
    "text",
    [
        "help mij het gesprek met school voorbereiden",
        "Kunt u mij helpen om het gesprek met de mentor voor te bereiden?",
        "hoe bereid ik het gesprek met school voor",
        "maak een gesprekskaart",
        "welke vragen kan ik stellen in het gesprek met de ib'er",
        "wat moet ik vragen in het gesprek met de directeur",
        "ik wil hulp bij het voorbereiden van een gesprek op school",
    ],
)
def test_a_card_is_asked_for(text: str) -> None:
    request = asks_for_card(text)
    assert request is not None and request.intent == CARD_INTENT


@pytest.mark.parametrize(
    "text",
    [
        "kan er iemand mee naar het gesprek en helpen voorbereiden",
        "helpt een ouderadviseur mij om het gesprek voor te bereiden?",
        "ik had een gesprek met school en dat liep niet goed",
        "welke vragen kan ik stellen op een open dag van de school",
    ],
)
def test_other_questions_about_a_talk_are_not(text: str) -> None:
    assert asks_for_card(text) is None


@pytest.mark.parametrize(
    "text", ["waar sta ik?", "Waar staan we nu", "in welke fase zitten we", "hoe ver zijn we eigenlijk"]
)
def test_the_place_on_the_way_is_asked_for(text: str) -> None:
    request = asks_where(text)
    assert request is not None and request.intent == ROUTE_INTENT


@pytest.mark.parametrize(
    "text",
    [
        "waar sta ik op de wachtlijst",
        "waar sta ik juridisch als school weigert",
        "waar staat dat",
        "waar sta ik " + "en nog veel meer " * 10,
    ],
)
def test_other_places_are_not(text: str) -> None:
    assert asks_where(text) is None


@pytest.mark.parametrize(
    ("choice", "intent"),
    [
        ("zorgplicht/termijn:aangemeld", DEADLINE_INTENT),
        ("ondersteuning/route:klas", ROUTE_INTENT),
        ("oudersteunpunt/mee_naar_gesprek:kaart", CARD_INTENT),
    ],
)
def test_a_button_with_a_detail_starts_its_help(choice: str, intent: str) -> None:
    request = chosen_help(choice)
    assert request is not None and request.intent == intent


@pytest.mark.parametrize("choice", ["zorgplicht/termijn", "school/zoeken:12PM00", "anders", ""])
def test_other_buttons_do_not(choice: str) -> None:
    assert chosen_help(choice) is None


def test_a_place_is_only_typed_after_the_way_was_shown() -> None:
    buttons = {as_typed("Ik maak me zorgen"): "zorgen"}

    found = typed_place(Heard("ik maak me zorgen.", last_topic=ROUTE_TOPIC), buttons)

    assert found is not None and found.about == {"plaats": "zorgen"}
    assert typed_place(Heard("ik maak me zorgen"), buttons) is None


def test_every_button_under_an_answer_starts_a_help_clicked_or_typed() -> None:
    topics = current().topics
    offered = [button for topic in topics for button in help_buttons(topic)]

    assert len(offered) == 8
    for button in offered:
        clicked, typed = chosen_help(button["keuze"]), button["payload"]
        asked = asks_for_card(typed) or asks_where(typed) or asks_for_days(Heard(typed))
        assert clicked is not None and asked is not None and asked.intent == clicked.intent
        assert button["keuze"].split(":")[0] in topics
