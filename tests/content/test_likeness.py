import pytest

from bot.content.likeness import copies_of, near_copies


def alike(one: str, other: str) -> bool:
    return bool(near_copies([one, other]))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hoe lang is een TLV geldig?", "hoe lang is de tlv geldig"),
        ("uitschrijven oude school wanneer", "Wanneer moet ik mijn kind uitschrijven bij de oude school?"),
        ("ik ben het niet eens met het schooladvies", "ik ben het niet eens met het school advies"),
        ("Welke montessorischolen zijn er hier?", "welke montesori scholen zijn er hier"),
        ("mijn zoon zit al 3 maanden thuis", "Mijn dochter zit al 5 maanden thuis"),
    ],
)
def test_the_same_question_in_nearly_the_same_words_is_a_copy(one, other):
    assert alike(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Wat is SBO?", "Wat is VSO?"),
        ("sop betekenis school", "sbo betekenis school"),
        ("Wie geeft een toelaatbaarheidsverklaring af?", "Wie vraagt de toelaatbaarheidsverklaring aan?"),
        ("Mag een school mijn kind weigeren?", "Mag een mbo mijn kind weigeren?"),
        ("Mag de school dat doen?", "Mag de school dat niet doen?"),
        ("voor welke kinderen is het so", "voor welke kinderen is het sbo"),
        ("hallo passend onderwijs almere", "klacht passend onderwijs almere"),
        ("Ze is 17 en wil stoppen om te werken. Mag dat?", "ben 63 wil stoppen met werken kan dat"),
        ("🍕🍕🍕", "??!!..,,"),
    ],
)
def test_one_telling_word_makes_another_question(one, other):
    assert not alike(one, other)


def test_every_pair_is_given_once_with_its_positions():
    found = near_copies(["wat is een tlv", "iets heel anders vandaag", "Wat is een TLV?", "wat is nou een tlv"])
    assert [(like.first, like.second) for like in found] == [(0, 2), (0, 3), (2, 3)]


def test_texts_are_compared_with_others():
    found = copies_of(["dag", "wat is een tlv"], ["hoe laat is het", "Wat is een TLV?"])
    assert [(like.first, like.second, like.ratio) for like in found] == [(1, 1, 100.0)]


def test_nothing_is_like_nothing():
    assert near_copies([]) == []
    assert copies_of([], ["wat is een tlv"]) == []
