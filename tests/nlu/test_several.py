"""Two questions in one message."""

import pytest

from bot.nlu.ranking import Ranked
from bot.nlu.several import questions, several


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("wat is een tlv en wie vraagt die aan?", ["wat is een tlv", "wie vraagt die aan?"]),
        ("Hoe lang duurt het? En wat kost het?", ["Hoe lang duurt het?", "En wat kost het?"]),
        ("ze schorsen hem mag dat, en waar kan ik klagen", ["ze schorsen hem mag dat", "waar kan ik klagen"]),
        ("Mijn zoon is ziek. Wat moet school doen?", []),
        ("Waar en wanneer meld ik aan?", []),
    ],
)
def test_a_message_that_consists_of_questions_is_divided(text: str, parts: list[str]) -> None:
    assert questions(text) == parts or (not parts and len(questions(text)) < 2)


def ranker(**topics: str):  # type: ignore[no-untyped-def]
    def rank(text: str) -> list[Ranked]:
        return [Ranked(next(topic for word, topic in topics.items() if word in text), 0.9)]

    return rank


RANK = ranker(tlv="tlv/uitleg", betalen="passend_onderwijs/kosten", dag="gesprek/groet")
WHOLE = [Ranked("tlv/uitleg", 0.5), Ranked("passend_onderwijs/kosten", 0.4)]


def test_both_are_answered_in_order() -> None:
    found = several("moet ik betalen daarvoor? en wat is een tlv?", WHOLE, RANK)
    assert [entry.topic for entry in found] == ["passend_onderwijs/kosten", "tlv/uitleg"]


def test_the_same_topic_twice_is_one_question() -> None:
    assert several("wat is een tlv? en wat doet een tlv?", WHOLE, RANK) == []


def test_two_subjects_that_have_nothing_to_do_with_each_other_are_both_answered() -> None:
    found = several("moet ik betalen daarvoor? en wat is een tlv?", WHOLE[:1], RANK)
    assert [entry.topic for entry in found] == ["passend_onderwijs/kosten", "tlv/uitleg"]


def test_a_second_part_that_leans_on_the_first_must_fit_the_whole_message() -> None:
    assert several("wat is een tlv en moet ik daarvoor betalen?", WHOLE[:1], RANK) == []


def test_a_greeting_is_not_a_second_question() -> None:
    assert several("is het een mooie dag? en wat is een tlv?", [*WHOLE, Ranked("gesprek/groet", 0.1)], RANK) == []
