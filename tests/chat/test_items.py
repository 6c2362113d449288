"""Stored messages as the chat shows them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.chat.items import as_entry, as_item
from bot.chat.messages import BotMessage, Button
from bot.chat.store import Author, Message
from bot.topics import Topic

TOPICS = {
    "tlv/uitleg": Topic("tlv/uitleg", "wat een TLV is", "Wat is een TLV?"),
    "tlv/aanvragen": Topic("tlv/aanvragen", "wie vraagt aan", "Wie vraagt een TLV aan?"),
}


def stored(author: Author, text: str, extra: dict[str, Any]) -> Message:
    return Message("c" * 32, 3, "bericht-1", author, text, extra, datetime(2026, 11, 21, 12, 30, 1), True)


def test_a_reply_keeps_its_text_buttons_and_metadata() -> None:
    reply = BotMessage("**Ja**", (Button("Wat is een TLV?", "tlv/uitleg"),), {"onderwerp": "tlv/uitleg"})
    entry = as_entry(reply)
    item = as_item(stored("bot", entry.text, dict(entry.extra)), TOPICS)
    assert item["html"] == "<p><strong>Ja</strong></p>"
    assert item["knoppen"] == [{"titel": "Wat is een TLV?", "keuze": "tlv/uitleg"}]
    assert item["meta"] == {"onderwerp": "tlv/uitleg"}
    assert (item["seq"], item["van"], item["tijd"]) == (3, "bot", "2026-11-21T12:30:01Z")


def test_follow_up_topics_become_buttons_with_their_own_text() -> None:
    item = as_item(stored("bot", "tekst", {"meta": {"vervolg": ["tlv/aanvragen", "verdwenen/onderwerp"]}}), TOPICS)
    assert item["knoppen"] == [{"titel": "Wie vraagt een TLV aan?", "keuze": "tlv/aanvragen", "soort": "vervolg"}]


def test_a_follow_up_that_is_offered_already_is_not_doubled() -> None:
    extra = {"knoppen": [{"titel": "Uitleg", "keuze": "tlv/uitleg"}], "meta": {"vervolg": ["tlv/uitleg"]}}
    assert len(as_item(stored("bot", "tekst", extra), TOPICS)["knoppen"]) == 1


def test_a_parent_sees_what_was_left_out_and_no_more() -> None:
    item = as_item(stored("ouder", "Bel [telefoon#1]", {"weggelaten": ["telefoon"], "gevaar": None}), TOPICS)
    assert item["meta"] == {"weggelaten": ["telefoon"]}
    assert item["id"] == "bericht-1"
