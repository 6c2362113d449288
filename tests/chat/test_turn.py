"""One turn: danger, masking, relay, and the truth when something is broken."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from bot.chat.messages import AssistantAway, AssistantReply, Before, BotMessage, Turn
from bot.chat.turn import MAX_LENGTH, Prepared, finish, prepare
from bot.chat.turns import as_extra
from bot.keys import Keys
from bot.nlu.danger import Danger, Detector
from bot.privacy.vault import Vault, conversation_scope
from bot.topics import DANGER, HUMAN

ANSWER = AssistantReply((BotMessage("Antwoord.", (), {"onderwerp": "tlv/uitleg", "besluit": "answer"}),), 0.9)
CONVERSATION = "c" * 32


class Scripted:
    """An assistant that gives one reply and keeps what it was sent."""

    def __init__(self, reply: AssistantReply | Exception) -> None:
        self.reply = reply
        self.sent: list[tuple[str, Mapping[str, Any]]] = []

    async def send(
        self, conversation_id: str, message_id: str, text: str, metadata: Mapping[str, Any]
    ) -> AssistantReply:
        self.sent.append((text, metadata))
        if isinstance(self.reply, Exception):
            raise self.reply
        return self.reply

    async def wipe(self, conversation_id: str) -> None:
        """Nothing to forget."""


@pytest.fixture
def vault(engine: Engine, keys: Keys) -> Vault:
    return Vault(engine, keys)


def ready(text: str, vault: Vault, choice: str | None = None) -> Prepared:
    return prepare(text, choice, vault, CONVERSATION, Detector.load())


def take(assistant: Scripted, prepared: Prepared, **options: Any) -> Turn:
    return asyncio.run(finish(assistant, CONVERSATION, "bericht-0001", prepared, **options))


def test_personal_data_never_reaches_the_assistant(vault: Vault) -> None:
    assistant = Scripted(ANSWER)
    turn = take(assistant, ready("wat is een tlv? bel 06-12345678", vault))
    assert turn.text == assistant.sent[0][0] == "wat is een tlv? bel [telefoon#1]"
    assert vault.get(conversation_scope(CONVERSATION), "[telefoon#1]") == "+31612345678"


def test_a_click_goes_along_as_metadata(vault: Vault) -> None:
    assistant = Scripted(ANSWER)
    take(assistant, ready("Wat is een TLV?", vault, "tlv/uitleg"), channel="tekst", before=Before("sop/uitleg"))
    assert assistant.sent[0][1] == {
        "kanaal": "tekst",
        "nood": "",
        "keuze": "tlv/uitleg",
        "vorig_onderwerp": "sop/uitleg",
    }


def test_a_typed_pick_goes_along_as_a_click(vault: Vault) -> None:
    assistant = Scripted(ANSWER)
    take(assistant, ready("de tweede", vault), before=Before(None, ("tlv/uitleg", "sop/uitleg")))
    assert assistant.sent[0][1]["keuze"] == "sop/uitleg"


def test_danger_shows_the_help_lines_even_when_the_assistant_missed_it(vault: Vault) -> None:
    turn = take(Scripted(ANSWER), ready("mijn dochter wil niet meer leven", vault))
    assert turn.decision == "human"
    assert turn.topics == (DANGER, "tlv/uitleg")
    assert "112" in turn.reply[0].text


def test_danger_shows_the_help_lines_when_the_assistant_is_away(vault: Vault) -> None:
    turn = take(Scripted(AssistantAway("down")), ready("hij slaat ons", vault))
    assert turn.decision == "human"
    assert "0800-2000" in turn.reply[0].text
    assert turn.reply[1].metadata["storing"] is True


def test_the_help_lines_are_not_said_twice(vault: Vault) -> None:
    reply = AssistantReply((BotMessage("Bel 112", (), {"onderwerp": DANGER, "besluit": "human"}),))
    assert len(take(Scripted(reply), ready("ik wil dood", vault)).reply) == 1


def doubted(text: str = "hij doet zo raar") -> Prepared:
    return Prepared(text, danger=Danger("zelfdoding", 0.3, "model", sure=False))


def test_in_doubt_the_help_lines_stand_below_the_answer(vault: Vault) -> None:
    assistant = Scripted(ANSWER)
    turn = take(assistant, doubted())
    assert assistant.sent[0][1]["nood"] == ""
    assert (turn.decision, turn.topics) == ("answer", ("tlv/uitleg",))
    (reply,) = turn.reply
    assert reply.text.startswith(ANSWER.messages[0].text) and reply.buttons == ANSWER.messages[0].buttons
    assert "112" in reply.text.removeprefix(ANSWER.messages[0].text)


@pytest.mark.parametrize("prepared", [doubted(), replace(doubted(), too_long=True)])
def test_in_doubt_the_help_lines_are_there_without_an_answer_too(prepared: Prepared) -> None:
    (reply,) = take(Scripted(AssistantAway("down")), prepared).reply
    assert "0800-2000" in reply.text


def test_only_sure_danger_is_kept_as_danger() -> None:
    sure = replace(doubted(), danger=Danger("geweld", 0.9, "model"))
    assert "gevaar" in as_extra(sure) and "gevaar" not in as_extra(doubted())


def test_in_doubt_the_help_lines_of_the_assistant_are_enough() -> None:
    reply = AssistantReply((BotMessage("Bel 112", (), {"onderwerp": DANGER, "besluit": "human"}),))
    assert take(Scripted(reply), doubted()).reply == reply.messages


def test_danger_is_seen_beyond_the_length_that_is_read(vault: Vault) -> None:
    story = "wij hebben al drie gesprekken gehad met de juf en de directeur over meer hulp in de klas " * 60
    turn = take(Scripted(ANSWER), ready(story + "mijn zoon wil zelfmoord plegen", vault))
    assert turn.topics[0] == DANGER


def test_a_message_that_is_too_long_is_not_relayed_but_answered_kindly(vault: Vault) -> None:
    assistant = Scripted(ANSWER)
    turn = take(assistant, ready("a" * (MAX_LENGTH + 1), vault))
    assert not assistant.sent
    assert turn.decision == "none"
    assert "te lang" in turn.reply[0].text
    assert turn.reply[0].buttons[0].topic == HUMAN


def test_a_message_of_the_greatest_length_is_relayed(vault: Vault) -> None:
    assistant = Scripted(ANSWER)
    take(assistant, ready("a" * MAX_LENGTH, vault))
    assert len(assistant.sent[0][0]) == MAX_LENGTH


def test_when_the_assistant_is_away_the_parent_hears_the_truth_and_a_way_on(vault: Vault) -> None:
    turn = take(Scripted(AssistantAway("down")), ready("wat is een tlv", vault))
    assert turn.decision == "none"
    assert "storing" in turn.reply[0].text
    assert "/antwoorden" in turn.reply[0].text


def test_an_empty_reply_becomes_an_apology_not_silence(vault: Vault) -> None:
    turn = take(Scripted(AssistantReply(())), ready("wat is een tlv", vault))
    assert "lukte niet" in turn.reply[0].text
