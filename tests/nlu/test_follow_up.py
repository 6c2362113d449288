"""Questions that lean on the answer before them."""

import pytest

from bot.nlu.evidence import Evidence
from bot.nlu.follow_up import CONTEXT, going_on, leans
from bot.nlu.model import TopicModel
from bot.nlu.ranking import Ranked

MODEL = TopicModel().fit(
    [
        Evidence("hoe lang duurt de aanvraag van een tlv", "tlv/duur_aanvraag", "bericht"),
        Evidence("wie vraagt de tlv aan", "tlv/aanvragen", "bericht"),
        Evidence("hoe vraag ik een taxi aan voor leerlingenvervoer", "vervoer/aanvragen", "bericht"),
        Evidence("hoe lang duurt de rit in de taxi", "vervoer/klacht", "bericht"),
    ]
)


@pytest.mark.parametrize(
    "text",
    ["en hoe lang duurt dat?", "wie vraagt dat aan", "Geldt dat ook als hij ziek is?", "en op de middelbare?", "En?"],
)
def test_a_short_message_that_points_back_leans(text: str) -> None:
    assert leans(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hoe vraag ik leerlingenvervoer aan",
        "mijn zoon zegt dat hij niet meer naar school wil en ik weet niet wat ik moet doen",
    ],
)
def test_a_message_that_stands_alone_does_not(text: str) -> None:
    assert not leans(text)


def test_the_same_words_mean_another_topic_after_another_answer() -> None:
    after = {
        last: MODEL.rank_after("en hoe lang duurt dat", last, CONTEXT)[0].topic
        for last in ("Wat is een tlv?", "De taxi")
    }
    assert after == {"Wat is een tlv?": "tlv/duur_aanvraag", "De taxi": "vervoer/klacht"}


def test_with_no_weight_the_context_changes_nothing() -> None:
    alone, after = MODEL.rank("en hoe lang duurt dat"), MODEL.rank_after("en hoe lang duurt dat", "De taxi", 0.0)
    assert [one.topic for one in alone] == [one.topic for one in after]
    assert after[0].probability == pytest.approx(alone[0].probability, abs=1e-6)


def test_who_goes_on_asks_something_new_of_the_same_theme() -> None:
    ranking = [Ranked("tlv/duur_aanvraag", 0.5), Ranked("ziek/zorgplicht", 0.3), Ranked("tlv/aanvragen", 0.2)]
    after = going_on(ranking, "tlv/duur_aanvraag")
    assert [entry.topic for entry in after] == ["tlv/aanvragen", "ziek/zorgplicht", "tlv/duur_aanvraag"]
    assert sum(entry.probability for entry in after) == pytest.approx(1)
