"""The shapes between door and assistant."""

from typing import Any

import pytest

from bot.chat.messages import AssistantReply, BotMessage, Button, summarise


def said(**metadata: Any) -> BotMessage:
    return BotMessage("tekst", (), metadata)


def test_a_reply_survives_the_way_over_the_wire() -> None:
    message = BotMessage("hallo", (Button("Wat is een TLV?", "tlv/uitleg"),), {"onderwerp": "gesprek/groet"})
    reply = AssistantReply((message,), 0.9, (("gesprek/groet", 0.9),))
    assert AssistantReply.from_dict(reply.as_dict()) == reply


def test_a_message_of_rasa_without_text_or_buttons_is_empty_not_broken() -> None:
    assert BotMessage.from_rasa({"text": None, "buttons": None}) == BotMessage("")


@pytest.mark.parametrize(
    ("messages", "expected"),
    [
        ([said(onderwerp="tlv/uitleg", besluit="answer")], ("answer", ("tlv/uitleg",), ())),
        (
            [said(onderwerp="tlv/uitleg", besluit="answer"), said(onderwerp="ziek/zorgplicht", besluit="answer")],
            ("answer", ("tlv/uitleg", "ziek/zorgplicht"), ()),
        ),
        ([said(besluit="ask", opties=["tlv/uitleg", "sop/uitleg"])], ("ask", (), ("tlv/uitleg", "sop/uitleg"))),
        (
            [said(onderwerp="tlv/uitleg", besluit="answer"), said(onderwerp="gesprek/mens_spreken", besluit="human")],
            ("human", ("tlv/uitleg", "gesprek/mens_spreken"), ()),
        ),
        ([said(onderwerp="gesprek/buiten_bereik", besluit="none")], ("none", ("gesprek/buiten_bereik",), ())),
        ([], ("none", (), ())),
    ],
)
def test_the_decision_of_a_turn_is_read_from_its_messages(messages: list[BotMessage], expected: object) -> None:
    assert summarise(messages) == expected
