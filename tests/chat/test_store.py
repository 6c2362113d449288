"""The conversation store."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import StatementError

from bot.chat.store import ConversationGone, ConversationStore, Entry
from bot.chat.tables import conversations, messages, wipes


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 21, 12, 0)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(engine: Engine, clock: Clock) -> ConversationStore:
    return ConversationStore(engine, clock)


@pytest.fixture
def conversation(store: ConversationStore) -> str:
    return store.create()[0]


def nothing(_connection: Connection) -> None:
    pass


def test_a_token_opens_its_own_conversation_only(store: ConversationStore) -> None:
    first, token = store.create()
    _second, other = store.create()
    found = store.find(token)
    assert found is not None and found.id == first and found.human is False
    assert other != token
    assert store.find(first) is None
    assert store.find("") is None


def test_only_a_hash_of_the_token_is_stored(store: ConversationStore, engine: Engine) -> None:
    _conversation, token = store.create()
    with engine.connect() as connection:
        row = connection.execute(select(conversations)).one()
    assert token not in str(tuple(row))


def test_messages_are_numbered_without_gaps(store: ConversationStore, conversation: str) -> None:
    assert store.add_parent(conversation, "bericht-1", "Wat is een TLV?", {}).seq == 1
    store.answer(conversation, "bericht-1", [Entry("bot", "Een besluit."), Entry("bot", "Nog iets?")])
    assert store.add_parent(conversation, "bericht-2", "Dank u", {}).seq == 4
    assert [message.seq for message in store.after(conversation)] == [1, 2, 3, 4]
    assert [message.seq for message in store.after(conversation, 2)] == [3, 4]


def test_the_same_client_id_again_gives_what_was_stored_first(store: ConversationStore, conversation: str) -> None:
    first = store.add_parent(conversation, "bericht-1", "Wat is een TLV?", {"weggelaten": ["naam"]})
    again = store.add_parent(conversation, "bericht-1", "iets anders", {})
    assert again == first
    assert len(store.after(conversation)) == 1


def test_the_same_client_id_may_occur_in_another_conversation(store: ConversationStore, conversation: str) -> None:
    other, _token = store.create()
    store.add_parent(conversation, "bericht-1", "een", {})
    assert store.add_parent(other, "bericht-1", "twee", {}).text == "twee"


def test_a_message_waits_until_its_reply_is_stored(store: ConversationStore, conversation: str) -> None:
    store.add_parent(conversation, "bericht-1", "een", {"keuze": "tlv/uitleg"})
    store.add_parent(conversation, "bericht-2", "twee", {})
    assert [message.client_id for message in store.unanswered(conversation)] == ["bericht-1", "bericht-2"]
    assert store.unanswered(conversation)[0].extra == {"keuze": "tlv/uitleg"}
    store.answer(conversation, "bericht-1", [])
    assert [message.client_id for message in store.unanswered(conversation)] == ["bericht-2"]
    assert store.waiting() == [conversation]
    store.answer(conversation, "bericht-2", [Entry("bot", "antwoord")])
    assert store.waiting() == []


def test_a_message_is_answered_once(store: ConversationStore, conversation: str) -> None:
    store.add_parent(conversation, "bericht-1", "een", {})
    assert len(store.answer(conversation, "bericht-1", [Entry("bot", "antwoord")])) == 1
    assert store.answer(conversation, "bericht-1", [Entry("bot", "antwoord")]) == []
    assert len(store.after(conversation)) == 2


def test_a_reply_that_cannot_be_stored_whole_leaves_the_message_waiting(
    store: ConversationStore, conversation: str
) -> None:
    store.add_parent(conversation, "bericht-1", "een", {})
    with pytest.raises(StatementError):
        store.answer(conversation, "bericht-1", [Entry("bot", "goed"), Entry("bot", "stuk", {"meta": object()})])
    assert [message.text for message in store.after(conversation)] == ["een"]
    assert store.waiting() == [conversation]


def test_a_system_message_with_a_name_is_stored_once(store: ConversationStore, conversation: str) -> None:
    first = store.add(conversation, Entry("systeem", "Uw vraag is doorgegeven.", once="ontvangst:abc"))
    again = store.add(conversation, Entry("systeem", "Uw vraag is doorgegeven.", once="ontvangst:abc"))
    assert first == again
    assert len(store.after(conversation)) == 1


def test_the_last_topic_is_that_of_the_last_reply_with_one(store: ConversationStore, conversation: str) -> None:
    assert store.before(conversation).topic is None
    store.add(conversation, Entry("bot", "Een TLV is ...", {"meta": {"onderwerp": "tlv/uitleg"}}))
    store.add(conversation, Entry("bot", "Wat bedoelt u?", {"meta": {}}))
    assert store.before(conversation).topic == "tlv/uitleg"


def test_a_wipe_leaves_nothing_and_remembers_the_assistant(
    store: ConversationStore, conversation: str, engine: Engine
) -> None:
    token = store.create()[1]
    store.add_parent(conversation, "bericht-1", "een", {})
    done: list[str] = []
    store.wipe(conversation, withdraw_case=True, also=lambda _connection: done.append("kluis"))
    assert store.after(conversation) == []
    assert store.find(token) is not None
    assert done == ["kluis"]
    with engine.connect() as connection:
        assert connection.execute(select(messages)).all() == []
        assert connection.execute(select(wipes.c.conversation_id, wipes.c.withdraw_case)).all() == [
            (conversation, True)
        ]


def test_a_wipe_that_fails_halfway_changes_nothing(store: ConversationStore, conversation: str) -> None:
    store.add_parent(conversation, "bericht-1", "een", {})

    def broken(_connection: Connection) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        store.wipe(conversation, withdraw_case=False, also=broken)
    assert len(store.after(conversation)) == 1


def test_nothing_is_written_back_after_a_wipe(store: ConversationStore, conversation: str) -> None:
    store.add_parent(conversation, "bericht-1", "een", {})
    store.wipe(conversation, withdraw_case=False, also=nothing)
    with pytest.raises(ConversationGone):
        store.answer(conversation, "bericht-1", [Entry("bot", "te laat")])
    with pytest.raises(ConversationGone):
        store.add_parent(conversation, "bericht-2", "twee", {})
    with pytest.raises(ConversationGone):
        store.add(conversation, Entry("systeem", "te laat"))
    assert store.after(conversation) == []


def test_a_wipe_can_be_repeated(store: ConversationStore, conversation: str) -> None:
    store.wipe(conversation, withdraw_case=False, also=nothing)
    store.wipe(conversation, withdraw_case=True, also=nothing)
    assert store.after(conversation) == []


def test_a_conversation_expires_after_the_days_counted_from_the_last_message(
    store: ConversationStore, conversation: str, clock: Clock
) -> None:
    clock.now += timedelta(days=20)
    store.add_parent(conversation, "bericht-1", "een", {})
    clock.now += timedelta(days=28)
    assert store.expired(28) == []
    clock.now += timedelta(seconds=1)
    assert store.expired(28) == [conversation]


def test_messages_stored_at_the_same_moment_each_get_their_own_number(
    store: ConversationStore, conversation: str
) -> None:
    def send(number: int) -> None:
        store.add_parent(conversation, f"bericht-{number}", f"tekst {number}", {})

    threads = [threading.Thread(target=send, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [message.seq for message in store.after(conversation)] == list(range(1, 9))
