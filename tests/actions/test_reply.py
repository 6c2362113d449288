"""How an action speaks."""

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.reply import button, choice_of, detail_of, say


def test_metadata_holds_topic_and_decision() -> None:
    dispatcher = CollectingDispatcher()

    say(dispatcher, "Hallo", "school/zoeken", "answer", [button("De Ark", "school/zoeken:12PM00")], eigenaar="iemand")

    (message,) = dispatcher.messages
    assert message["text"] == "Hallo"
    assert message["metadata"] == {"onderwerp": "school/zoeken", "besluit": "answer", "eigenaar": "iemand"}
    assert message["buttons"] == [{"title": "De Ark", "payload": "De Ark", "keuze": "school/zoeken:12PM00"}]


def test_the_detail_of_a_button_belongs_to_its_topic() -> None:
    tracker = Tracker("x", {}, {"metadata": {"keuze": "sop/vinden:12PM00"}}, [], False, None, {}, None)

    assert choice_of(tracker) == "sop/vinden:12PM00"
    assert detail_of(tracker, "sop/vinden") == "12PM00"
    assert detail_of(tracker, "school/zoeken") == ""
