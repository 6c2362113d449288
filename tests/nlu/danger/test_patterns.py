"""The notation of the patterns, and the file itself."""

from typing import Any

import pytest
import yaml

from bot.nlu.danger.detector import FOLDER, PATTERNS
from bot.nlu.danger.patterns import KINDS, PatternError, Patterns
from bot.nlu.danger.words import split

SHIPPED = yaml.safe_load((FOLDER / PATTERNS).read_text(encoding="utf-8"))


def found(*lines: str, text: str, **more: Any) -> bool:
    block = {"soort": "gevaar", "naam": "proef", "zinnen": list(lines)}
    return Patterns({"patronen": [block], **more}).find(split(text)) is not None


def test_the_file_is_valid_and_each_kind_has_patterns() -> None:
    Patterns(SHIPPED)
    assert {block["soort"] for block in SHIPPED["patronen"]} == set(KINDS)


def test_no_line_stands_twice_in_a_block() -> None:
    for block in SHIPPED["patronen"]:
        lines = block["zinnen"]
        assert len(lines) == len(set(lines)), [line for line in lines if lines.count(line) > 1]


def test_words_stand_next_to_each_other_unless_the_line_says_otherwise() -> None:
    assert found("wil dood", text="ik wil dood")
    assert not found("wil dood", text="ik wil echt heel graag dood")


def test_two_dots_leave_room_for_three_words_and_three_dots_for_seven() -> None:
    assert found("wil .. dood", text="wil een twee drie dood")
    assert not found("wil .. dood", text="wil een twee drie vier dood")
    assert found("wil ... dood", text="wil een twee drie vier vijf zes zeven dood")
    assert not found("wil ... dood", text="wil een twee drie vier vijf zes zeven acht dood")


def test_a_plus_takes_any_order() -> None:
    assert found("man + slaat + zoon", text="mijn zoon die mijn man slaat")
    assert not found("man + slaat + zoon", text="man slaat man")


def test_no_word_counts_twice() -> None:
    assert not found("a|b + b|c", text="b")


def test_a_star_takes_every_word_that_begins_so() -> None:
    assert found("zelfmoord*", text="zelfmoordgedachten")


def test_groups_may_hold_groups() -> None:
    groups = {"kind": ["zoon"], "wie": ["{kind}", "man"]}
    assert found("{wie} weg", text="zoon weg", groepen=groups)


def test_no_phrase_crosses_the_end_of_a_sentence() -> None:
    assert not found("niet .. leven", text="Dat doe ik niet. Leven is mooi.")
    assert found("niet .. leven", text="niet\tmeer leven")


def test_signs_for_begin_and_end_hold_a_phrase_to_a_whole_sentence() -> None:
    assert found("^ ik wil $", text="Kom. Ik wil.")
    assert not found("^ ik wil $", text="ik wil wel")


def test_filler_words_do_not_count() -> None:
    assert found("wil dood", text="ik wil echt gewoon dood", vulwoorden=["echt", "gewoon"])


def test_harmless_phrases_are_struck_out_first() -> None:
    harmless = ["dood van"]
    assert not found("ga .. dood", text="ik ga dood van de stress", onschuldig=harmless)
    assert found("ga .. dood", text="ik ga dood van de stress. ik ga dood", onschuldig=harmless)


def test_a_block_that_always_counts_is_not_struck_out() -> None:
    block = {"soort": "gevaar", "naam": "proef", "altijd": True, "zinnen": ["ga dood"]}
    assert Patterns({"patronen": [block], "onschuldig": ["dood van"]}).find(split("ik ga dood van"))


def test_typing_errors_in_long_words_are_forgiven_but_not_towards_existing_words() -> None:
    content = {"patronen": [{"soort": "gevaar", "naam": "proef", "zinnen": ["leven", "mishandeld"]}]}
    assert Patterns(content).find(split("misandelt"))
    assert Patterns(content).find(split("lezen"))
    assert not Patterns(content, ["lezen"]).find(split("lezen"))


def test_in_another_language_only_long_words_are_forgiven() -> None:
    block = {"soort": "gevaar", "naam": "proef", "taal": "fr", "zinnen": ["tirer"]}
    assert not Patterns({"patronen": [block]}).find(split("timer"))


@pytest.mark.parametrize("text", ["wilnietleven", "wil nietleven", "wilniet leven"])
def test_glued_words_are_taken_apart(text: str) -> None:
    assert found("wil niet leven", text=text)


@pytest.mark.parametrize(
    ("block", "message"),
    [
        ({"soort": "iets", "zinnen": ["a b"]}, "onbekende soort 'iets'"),
        ({"soort": "gevaar", "zinnen": ["{niemand} slaat"]}, "onbekende groep '{niemand}'"),
        ({"soort": "gevaar", "zinnen": [".."]}, "lege zin"),
        ({"soort": "gevaar", "zinnen": ["ab*"]}, "te kort"),
        ({"soort": "gevaar", "zinnen": ["slaat echt"]}, "vulwoord"),
    ],
)
def test_a_wrong_line_is_reported_with_its_name(block: dict[str, Any], message: str) -> None:
    with pytest.raises(PatternError, match="patroon 'proef'") as caught:
        Patterns({"patronen": [{"naam": "proef", **block}], "vulwoorden": ["echt"]})
    assert message in str(caught.value)
