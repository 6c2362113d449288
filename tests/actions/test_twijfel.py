"""The question after doubt, and the offer of a human when that does not help."""

from typing import Any

from actions.twijfel import doubted_before

ASKED = [{"event": "action", "name": "action_vraag_na_twijfel"}, {"event": "bot", "metadata": {}}]
OFFERED = [ASKED[0], {"event": "bot", "metadata": {"utter_action": "utter_aanbod_mens"}}]
ANSWERED = [{"event": "action", "name": "utter_tlv"}, {"event": "bot", "metadata": {}}]
SAID = {"event": "user"}


def after(*turns: list[dict[str, Any]]) -> bool:
    events = [event for turn in turns for event in (SAID, *turn)]
    return doubted_before([*events, SAID])


def test_a_question_just_asked_counts() -> None:
    assert after(ANSWERED, ASKED)


def test_an_older_question_does_not() -> None:
    assert not after(ASKED, ANSWERED)


def test_after_the_offer_of_a_human_a_new_message_is_asked_about_again() -> None:
    assert not after(ASKED, OFFERED)
