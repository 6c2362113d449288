"""Corrections and picks."""

import pytest

from bot.nlu.correction import picked, rejects, without_article, without_correction, without_greeting

OPTIONS = ("tlv/uitleg", "tlv/aanvragen", "sop/uitleg")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("nee, ik bedoel de TLV", "de TLV"),
        ("Nee ik bedoelde hoe lang hij geldig is", "hoe lang hij geldig is"),
        ("ik bedoel eigenlijk het sop", "het sop"),
        ("dat bedoel ik niet, ik vroeg naar leerlingenvervoer", "leerlingenvervoer"),
        ("ik bedoel", "ik bedoel"),
        ("wat bedoelt school met zorgplicht", "wat bedoelt school met zorgplicht"),
    ],
)
def test_what_is_meant_after_all(text: str, meant: str) -> None:
    assert without_correction(text) == meant


@pytest.mark.parametrize(
    ("text", "word"), [("de TLV", "TLV"), ("het opp", "opp"), ("de TLV van hem", "de TLV van hem")]
)
def test_one_word_stands_without_its_article(text: str, word: str) -> None:
    assert without_article(text) == word


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        ("de tweede", "tlv/aanvragen"),
        ("1", "tlv/uitleg"),
        ("nummer 3 graag", "sop/uitleg"),
        ("de laatste", "sop/uitleg"),
        ("geen van deze", "anders"),
        ("Iets anders", "anders"),
        ("ja", None),
        ("wat is een tlv", None),
    ],
)
def test_a_typed_pick(text: str, choice: str | None) -> None:
    assert picked(text, OPTIONS) == choice


def test_yes_picks_the_only_option() -> None:
    assert picked("ja", OPTIONS[:1]) == "tlv/uitleg"


def test_without_options_nothing_is_picked() -> None:
    assert picked("de tweede", ()) is None


@pytest.mark.parametrize("text", ["dat bedoel ik niet", "Nee, dat vroeg ik niet.", "geen van die", "niet wat ik vroeg"])
def test_a_message_that_only_says_that_the_answer_was_wrong(text: str) -> None:
    assert rejects(text)


@pytest.mark.parametrize(
    "text", ["iets anders", "dat bedoel ik niet, ik wil een taxi", "nee", "dat klopt niet met wat school zegt"]
)
def test_a_message_that_says_more_or_less(text: str) -> None:
    assert not rejects(text)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Merhaba goedemiddag, mag de school mijn dochter weigeren?", "mag de school mijn dochter weigeren?"),
        ("Hello, ik wil graag weten wat een opp is. thanks", "ik wil graag weten wat een opp is"),
        ("Goedemiddag, mag ik iets vragen?", "Goedemiddag, mag ik iets vragen?"),
    ],
)
def test_a_greeting_around_a_question(text: str, rest: str) -> None:
    assert without_greeting(text) == rest
