"""Questions that lean on the answer before them."""

import pytest

from bot.nlu.evidence import Evidence
from bot.nlu.follow_up import after, going_on, may_lean
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


@pytest.mark.parametrize("text", ["en hoe lang duurt dat?", "wie betaalt?", "en op de middelbare?", "En?"])
def test_a_short_message_may_lean_on_what_was_said(text: str) -> None:
    assert may_lean(text)


@pytest.mark.parametrize(
    "text", ["", "mijn zoon zegt dat hij niet meer naar school wil en ik weet niet wat ik moet doen"]
)
def test_a_long_message_says_itself_what_it_is_about(text: str) -> None:
    assert not may_lean(text)


def test_the_same_words_mean_another_topic_after_another_answer() -> None:
    shorts = {"tlv/uitleg": "de tlv", "vervoer/kosten": "de taxi"}
    found = {last: after(last, "en hoe lang duurt dat", short, MODEL)[0].topic for last, short in shorts.items()}
    assert found == {"tlv/uitleg": "tlv/duur_aanvraag", "vervoer/kosten": "vervoer/klacht"}


class Sure:
    """Ranks every message alone with certainty."""

    def rank(self, text: str) -> list[Ranked]:
        return [Ranked("tlv/aanvragen", 0.99), Ranked("tlv/uitleg", 0.01)]

    def rank_both(self, alone: str, together: str, weights: tuple[float, float]) -> list[Ranked]:
        return [Ranked("tlv/uitleg", 1.0)]


def test_a_sure_question_without_a_word_that_points_back_is_not_bent() -> None:
    assert after("sop/uitleg", "wie vraagt een tlv aan", "het SOP", Sure())[0].topic == "tlv/aanvragen"
    assert after("sop/uitleg", "en wie vraagt een tlv aan", "het SOP", Sure())[0].topic == "tlv/uitleg"


def test_the_reading_that_has_no_weight_does_not_count() -> None:
    alone, both = MODEL.rank("wie vraagt de tlv aan"), MODEL.rank_both("wie vraagt de tlv aan", "de taxi", (1.0, 0.0))
    assert both[0].topic == alone[0].topic
    assert both[0].probability == pytest.approx(alone[0].probability, abs=1e-3)


def test_who_goes_on_asks_something_new_of_the_same_theme() -> None:
    ranking = [Ranked("tlv/duur_aanvraag", 0.5), Ranked("ziek/zorgplicht", 0.3), Ranked("tlv/aanvragen", 0.2)]
    after = going_on(ranking, "tlv/duur_aanvraag")
    assert [entry.topic for entry in after] == ["tlv/aanvragen", "ziek/zorgplicht", "tlv/duur_aanvraag"]
    assert sum(entry.probability for entry in after) == pytest.approx(1)
