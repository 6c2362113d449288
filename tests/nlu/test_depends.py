"""What stands below an answer that depends on something."""

from typing import Any

from bot.nlu.depends import SAID, VALUES, below

PLAIN = {"text": "kort", "metadata": {"wanneer": {"vorm": "eenvoudig"}}}


def variant(**when: str) -> dict[str, Any]:
    return {"text": "tekst", "metadata": {"wanneer": when}}


ORDINARY = {"text": "gewoon", "metadata": {}}
FOR_SECONDARY = variant(schoolsoort="vo")
AT_HOME = variant(situatie="thuis")


def test_an_answer_that_depends_on_nothing_has_nothing_below_it() -> None:
    under = below("tlv/uitleg", ORDINARY, [ORDINARY, PLAIN], {})
    assert (under.line, list(under.buttons)) == ("", [])


def test_what_is_not_known_is_asked_with_a_button_for_each_kind_of_school_that_has_a_text() -> None:
    under = below("tlv/aanvragen", ORDINARY, [ORDINARY, FOR_SECONDARY, variant(schoolsoort="po")], {})
    assert "Basisschool of middelbare school?" in under.line
    assert [button["keuze"] for button in under.buttons] == ["tlv/aanvragen:po", "tlv/aanvragen:vo"]
    only = below("tlv/aanvragen", ORDINARY, [ORDINARY, FOR_SECONDARY], {})
    assert "Gaat het om de middelbare school?" in only.line
    assert [button["title"] for button in only.buttons] == ["Middelbare school"]


def test_what_is_known_is_not_asked() -> None:
    assert below("tlv/aanvragen", ORDINARY, [ORDINARY, FOR_SECONDARY], {"schoolsoort": "po"}).line == ""


def test_what_was_assumed_is_said_and_can_be_changed() -> None:
    under = below("tlv/aanvragen", FOR_SECONDARY, [ORDINARY, FOR_SECONDARY], {"schoolsoort": "vo"})
    assert "Dit geldt voor de middelbare school" in under.line
    assert [button["title"] for button in under.buttons] == ["Basisschool"]


def test_a_child_at_home_can_be_said_and_taken_back() -> None:
    asked = below("speciaal/wachtlijst", ORDINARY, [ORDINARY, AT_HOME], {})
    assert [button["keuze"] for button in asked.buttons] == ["speciaal/wachtlijst:thuis"]
    assumed = below("speciaal/wachtlijst", AT_HOME, [ORDINARY, AT_HOME], {"situatie": "thuis"})
    assert [button["keuze"] for button in assumed.buttons] == ["speciaal/wachtlijst:op_school"]


def test_only_one_thing_is_asked_at_a_time() -> None:
    under = below("x/y", ORDINARY, [ORDINARY, FOR_SECONDARY, AT_HOME], {})
    assert [button["keuze"] for button in under.buttons] == ["x/y:vo"]


def test_a_value_belongs_to_one_slot() -> None:
    assert len(VALUES) == sum(len(labels) for labels in SAID.values())
