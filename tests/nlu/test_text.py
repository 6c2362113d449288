"""Text as the classifier sees it."""

from bot.nlu.text import normalise


def test_accents_case_and_repeated_letters_do_not_matter() -> None:
    assert normalise("HÉÉÉÉL  boooos") == "heel boos"


def test_masked_values_disappear() -> None:
    assert normalise("bel mij op [telefoon#1], ik ben [naam#2]") == "bel mij op , ik ben"


def test_numbers_are_one_sign() -> None:
    assert normalise("groep 7 in 2026") == "groep 0 in 0"
