"""What is remembered of the child, to see and to change."""

from actions.onthouden import Onthouden, describe

from .helps import choices, uttered

FORGET = "gesprek/privacy_chat:vergeet"


def test_what_is_known_is_told_with_a_button_to_change_each() -> None:
    message = uttered(Onthouden(), slots={"schoolsoort": "po", "situatie": "thuis", "school": "32GE00"})

    assert "- Soort school: basisschool" in message["text"]
    assert "- Uw kind zit thuis" in message["text"]
    assert "- School: " in message["text"]
    assert choices(message) == ["gesprek/privacy_chat:vo", "gesprek/privacy_chat:op_school", FORGET]


def test_nothing_known_is_said_and_there_is_nothing_to_change() -> None:
    message = uttered(Onthouden())

    assert "nog niets over uw kind onthouden" in message["text"]
    assert message["buttons"] == []


def test_the_button_and_the_words_make_it_forget() -> None:
    for message in (uttered(Onthouden(), choice=FORGET), uttered(Onthouden(), about={"wens": "vergeet"})):
        assert "Ik ben het vergeten" in message["text"]


def test_a_school_that_is_no_longer_there_is_left_out() -> None:
    assert "School" not in describe({"school": "99ZZ99"})
