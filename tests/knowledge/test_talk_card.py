"""Questions for a talk at school, chosen from what the conversation was about."""

import re
from pathlib import Path

import pytest

from bot.knowledge import Knowledge, KnowledgeError, load
from bot.knowledge.talk_card import TalkCard


@pytest.fixture
def card(knowledge: Knowledge) -> TalkCard:
    return knowledge.talk_card


def test_without_a_subject_the_general_questions_are_given(card: TalkCard) -> None:
    assert card.questions([]) == card.general[: card.most]


def test_one_subject_fills_most_of_the_card(card: TalkCard) -> None:
    chosen = card.questions(["tlv/uitleg", "tlv/aanvragen"])

    assert len(chosen) == card.most
    assert sum("TLV" in question or "aanvraag" in question or "niet genoeg" in question for question in chosen) == 3


def test_with_more_subjects_the_last_one_goes_first(card: TalkCard) -> None:
    chosen = card.questions(["thuiszitten/hulp", "ondersteuning/opp"])

    assert chosen[0] == "Welk onderwijs kan mijn kind nu al krijgen?"
    assert "Is er een plan (OPP), en mag ik het zien?" in chosen


def test_what_the_message_names_goes_before_what_was_said(card: TalkCard) -> None:
    assert "TLO" in " ".join(card.questions(["ziek/zorgplicht"], "help mij het gesprek over de TLV voorbereiden")[:2])


def test_a_word_is_only_found_whole(card: TalkCard) -> None:
    assert card.questions([], "help mij met het gesprek over de stlvx") == card.general[: card.most]


def test_no_question_stands_twice_on_a_card(card: TalkCard, knowledge: Knowledge) -> None:
    for topic in knowledge.topics:
        chosen = card.questions([topic, "ondersteuning/opp", "tlv/uitleg"])
        assert len(chosen) == len(set(chosen)) == card.most


def test_every_question_is_one(card: TalkCard) -> None:
    asked = [*card.general, *card.end, *(question for group in card.groups for question in group.questions)]

    assert all(question.endswith("?") or "? " in question for question in asked)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("[tlv/*]", "[tvl/*]", "het onderwerp 'tvl/*' staat niet"),
        ("[ziek/*]", "[ziek]", "het onderwerp 'ziek' staat niet"),
        ("aantal: 5", "aantal: veel", "'veel' kan niet"),
        ("titel: Kaart", "tietel: Kaart", "het veld 'tietel' is onbekend"),
    ],
)
def test_a_mistake_is_named_with_file_and_line(old: str, new: str, reason: str, folder: Path) -> None:
    file = folder / "gesprekskaart.yml"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))

    with pytest.raises(KnowledgeError, match=rf"gesprekskaart\.yml, regel \d+: .*{re.escape(reason)}"):
        load(folder)
