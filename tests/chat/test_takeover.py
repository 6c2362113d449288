"""An ouderadviseur in the conversation: who speaks, who hears, and that the bot is silent meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import text as sql
from sqlalchemy.engine import Engine

from bot.chat.store import ConversationStore, Entry
from bot.chat.takeover import CannotJoin, NotInConversation, Takeover
from bot.db import writing
from bot.handoff.accounts import Account, create_account
from bot.handoff.intake import Intake, Line, Request
from bot.privacy.vault import Vault, conversation_scope
from tests.chat.fakes import Client, FakeAssistant, RunningDoor

PASSWORD = "een zin die ik onthoud"
NOW = datetime(2026, 11, 23, 9, 0)
pytestmark = pytest.mark.usefixtures("quick_passwords")


@pytest.fixture
def noor(engine: Engine) -> Account:
    return create_account(engine, "Noor de Vries", "noor@example.org", PASSWORD)


@pytest.fixture
def rik(engine: Engine, noor: Account) -> Account:
    return create_account(engine, "Rik Bos", "rik@example.org", PASSWORD)


def hand_over(intake: Intake, conversation_id: str, consent: str = "toestemming-1") -> str:
    said_before = [Line(1, "ouder", "dag", NOW)]
    request = Request(conversation_id, consent, "TLV", "06-12345678", "Samira", said_before, frozenset(), "", False)
    return intake.submit(request).case_id


@pytest.fixture
def intake(engine: Engine, keys: Any, settings: Any) -> Intake:
    from bot.handoff.hours import Hours

    return Intake(engine, Vault(engine, keys), Hours(settings.knowledge_dir))


@pytest.fixture
def takeover(engine: Engine, keys: Any) -> Takeover:
    return Takeover(engine, Vault(engine, keys))


@pytest.fixture
def store(engine: Engine) -> ConversationStore:
    return ConversationStore(engine)


@pytest.fixture
def conversation(store: ConversationStore) -> str:
    return store.create()[0]


@pytest.fixture
def case_id(intake: Intake, conversation: str) -> str:
    return hand_over(intake, conversation)


def said(store: ConversationStore, conversation: str, client_id: str, text: str, **extra: Any) -> Any:
    return store.add_parent(conversation, client_id, text, extra)


def lines(engine: Engine, case_id: str) -> list[tuple[str, str]]:
    query = sql("SELECT author, text FROM case_lines WHERE case_id = :case ORDER BY seq")
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(query, {"case": case_id})]


def test_of_many_at_once_one_joins_and_the_others_are_told(
    takeover: Takeover, engine: Engine, case_id: str, noor: Account, rik: Account
) -> None:
    def join(account: Account) -> str:
        try:
            takeover.join(case_id, account)
        except CannotJoin as error:
            return error.reason
        return "joined"

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(join, [noor, rik] * 4))
    assert sorted(results) == ["joined", *["taken"] * 7]
    with engine.connect() as connection:
        assert connection.execute(sql("SELECT count(*) FROM audit WHERE action = 'live_joined'")).scalar() == 1


def test_one_conversation_with_two_cases_has_one_ouderadviseur(
    takeover: Takeover, intake: Intake, conversation: str, case_id: str, noor: Account, rik: Account
) -> None:
    other = hand_over(intake, conversation, "toestemming-2")
    takeover.join(case_id, noor)
    with pytest.raises(CannotJoin, match="taken"):
        takeover.join(other, rik)
    takeover.leave(case_id, noor.id)
    takeover.join(other, rik)


@pytest.mark.parametrize("reason", ["gone", "closed", "no_conversation"])
def test_what_cannot_be_joined_says_why_and_changes_nothing(
    takeover: Takeover,
    engine: Engine,
    store: ConversationStore,
    conversation: str,
    case_id: str,
    noor: Account,
    reason: str,
) -> None:
    if reason == "closed":
        with writing(engine) as connection:
            connection.execute(sql("UPDATE cases SET state = 'afgesloten'"))
    if reason == "no_conversation":
        store.wipe(conversation, False, lambda _connection: None)
    with pytest.raises(CannotJoin, match=reason):
        takeover.join("0" * 32 if reason == "gone" else case_id, noor)
    with engine.connect() as connection:
        assert connection.execute(sql("SELECT live_by, taken_by FROM cases")).one() == (None, None)


def test_the_bot_may_not_answer_while_a_human_is_there_and_may_again_after(
    takeover: Takeover, store: ConversationStore, conversation: str, case_id: str, noor: Account
) -> None:
    said(store, conversation, "bericht-1", "vraag")
    takeover.join(case_id, noor)
    assert store.answer(conversation, "bericht-1", [Entry("bot", "te laat")]) is None
    takeover.leave(case_id, noor.id)
    assert store.answer(conversation, "bericht-1", [Entry("bot", "op tijd")])


def test_what_the_parent_says_goes_to_the_case_once_with_tokens_of_the_case(
    takeover: Takeover,
    store: ConversationStore,
    conversation: str,
    case_id: str,
    noor: Account,
    engine: Engine,
    keys: Any,
) -> None:
    takeover.join(case_id, noor)
    vault = Vault(engine, keys)
    token = vault.put(conversation_scope(conversation), "telefoon", "+31611223344")
    message = said(store, conversation, "bericht-1", f"bel {token}")
    assert takeover.hear(message) == []
    assert takeover.hear(message) == []
    author, text = lines(engine, case_id)[-1]
    assert author == "ouder" and "11223344" not in text
    vault.wipe(conversation_scope(conversation))
    assert vault.reveal(f"zaak:{case_id}", text) == "bel +31611223344"
    assert len(lines(engine, case_id)) == 2


def test_what_came_just_before_is_not_shown_and_the_parent_is_told(
    takeover: Takeover, store: ConversationStore, conversation: str, case_id: str, noor: Account, engine: Engine
) -> None:
    early = said(store, conversation, "bericht-1", "nog aan de bot")
    takeover.join(case_id, noor)
    (reply,) = takeover.hear(early) or []
    assert "Noor ziet het niet" in reply.text
    assert lines(engine, case_id) == [("ouder", "dag")]


def test_danger_shows_the_help_lines_and_makes_the_case_urgent(
    takeover: Takeover, store: ConversationStore, conversation: str, case_id: str, noor: Account, engine: Engine
) -> None:
    takeover.join(case_id, noor)
    (reply,) = takeover.hear(said(store, conversation, "bericht-1", "help", gevaar=["zelfdoding", "woorden"])) or []
    assert "113" in reply.text and reply.author == "bot"
    assert not reply.extra.get("knoppen"), "a human is there already"
    with engine.connect() as connection:
        assert connection.execute(sql("SELECT urgent, urgency FROM cases")).one() == (1, "gevaar")


def test_in_doubt_the_help_lines_are_shown_and_nobody_is_alarmed(
    takeover: Takeover, store: ConversationStore, conversation: str, case_id: str, noor: Account, engine: Engine
) -> None:
    takeover.join(case_id, noor)
    doubt = ["zelfdoding", 0.3, "model", False]
    (reply,) = takeover.hear(said(store, conversation, "bericht-1", "help", twijfel=doubt)) or []
    assert "113" in reply.text
    with engine.connect() as connection:
        assert connection.execute(sql("SELECT urgent FROM cases")).scalar_one() == 0


def test_only_who_is_in_the_conversation_can_speak_or_leave(
    takeover: Takeover, case_id: str, noor: Account, rik: Account
) -> None:
    for account in (noor, rik):
        with pytest.raises(NotInConversation):
            takeover.say(case_id, account, "bericht-1", "dag")
    takeover.join(case_id, noor)
    with pytest.raises(NotInConversation):
        takeover.say(case_id, rik, "bericht-1", "dag")
    assert takeover.leave(case_id, rik.id) is None
    assert takeover.say(case_id, noor, "bericht-1", "dag").text == "dag"
    assert takeover.say(case_id, noor, "bericht-1", "nog eens").text == "dag"


def test_words_of_the_ouderadviseur_are_stored_without_numbers(
    takeover: Takeover, case_id: str, noor: Account, engine: Engine
) -> None:
    takeover.join(case_id, noor)
    message = takeover.say(case_id, noor, "bericht-1", "Bel mij op 06-87654321")
    assert "87654321" not in message.text and "87654321" not in str(lines(engine, case_id))
    assert takeover.reveal(message) == "Bel mij op +31687654321"


def test_a_conversation_that_was_wiped_ends_the_live_part(
    takeover: Takeover, store: ConversationStore, conversation: str, case_id: str, noor: Account
) -> None:
    takeover.join(case_id, noor)
    assert [live.case_id for live in takeover.all()] == [case_id]
    store.wipe(conversation, False, lambda _connection: None)
    assert takeover.all() == []
    with pytest.raises(NotInConversation):
        takeover.say(case_id, noor, "bericht-1", "dag")


async def test_several_messages_to_a_human_get_no_reply_and_after_that_the_bot_answers(
    client: Client, door: RunningDoor, assistant: FakeAssistant, intake: Intake, noor: Account
) -> None:
    conversation = (await client.call("GET", "/api/gesprek"))[1]
    assert conversation["berichten"] == []
    with door.services.engine.connect() as connection:
        conversation_id = connection.execute(sql("SELECT id FROM conversations")).scalar()
    case_id = hand_over(intake, conversation_id)
    await in_door(door, lambda: door.app.ctx.door.live.takeover.join(case_id, noor))
    for number in range(3):
        assert (await client.send(f"bericht-{number}", f"regel {number}"))[0] == 202
    await client.wait_for(4)
    await asyncio.sleep(0.2)
    assert [item["van"] for item in await client.messages()] == ["systeem", "ouder", "ouder", "ouder"]
    assert assistant.sent == []
    await in_door(door, lambda: door.app.ctx.door.live.takeover.leave(case_id, noor.id))
    await client.send("bericht-9", "en nu?")
    assert (await client.wait_for(7))[-1]["van"] == "bot"


async def in_door(door: RunningDoor, work: Callable[[], Any]) -> Any:
    return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(asyncio.to_thread(work), door.loop))  # type: ignore[arg-type]
