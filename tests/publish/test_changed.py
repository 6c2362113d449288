"""Changed content in an assistant that is loaded: heard at the next message, and gone again afterwards."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from bot.ask import Asker, Said
from bot.chat.local import classifier_of
from bot.nlu.ranking import Ranked
from bot.publish.changed import Changed, Spoken, put_in, put_responses_in
from bot.publish.responses import responses_of
from bot.settings import ROOT
from bot.topics import Topic, load_topics

TEXT = "Een heel nieuwe tekst over de geldigheid."


@pytest.fixture
def agent(asker: Asker) -> Iterator[Any]:
    """The agent of all tests, put back as it was."""
    agent = asker._assistant.agent  # type: ignore[attr-defined]
    classifier = classifier_of(agent)
    before = (agent.processor.nlg.responses, classifier._model, classifier._by_button)
    yield agent
    agent.processor.nlg.responses, classifier._model, classifier._by_button = before


class OnlyOne:
    """A topic model that has learnt one new topic very well."""

    topics = ("vervoer/fiets",)

    def rank(self, text: str) -> list[Ranked]:
        return [Ranked("vervoer/fiets", 0.99)]


def answer(asker: Asker, loop: asyncio.AbstractEventLoop, text: str) -> tuple[tuple[str, ...], str]:
    (timed,) = loop.run_until_complete(asker.converse([Said(text)]))
    return timed.turn.topics, timed.turn.reply[0].text


def test_a_changed_text_is_heard_at_once(
    agent: Any, asker: Asker, event_loop_runner: asyncio.AbstractEventLoop
) -> None:
    responses = dict(responses_of(ROOT))
    put_responses_in(agent, responses | {"utter_tlv/geldigheid": [{"text": TEXT, "metadata": {}}]})
    assert answer(asker, event_loop_runner, "hoe lang is een tlv geldig?") == (("tlv/geldigheid",), TEXT)
    put_responses_in(agent, responses)
    assert answer(asker, event_loop_runner, "hoe lang is een tlv geldig?")[1] != TEXT


def test_which_texts_were_used_is_written_down(
    agent: Any, asker: Asker, event_loop_runner: asyncio.AbstractEventLoop
) -> None:
    before = agent.processor.nlg.responses
    with Spoken(agent) as spoken:
        answer(asker, event_loop_runner, "hoe lang is een tlv geldig?")
        assert "utter_tlv/geldigheid" in spoken.since()
        # Several at once are uttered by an action of ours.
        answer(asker, event_loop_runner, "Hoe lang is een TLV geldig? En wat doet het Oudersteunpunt eigenlijk?")
        assert {"utter_tlv/geldigheid", "utter_oudersteunpunt/uitleg"} <= set(spoken.since())
        assert spoken.since() == ()
    assert agent.processor.nlg.responses is before


def test_a_new_topic_is_answered_without_a_training(
    agent: Any, asker: Asker, event_loop_runner: asyncio.AbstractEventLoop
) -> None:
    topics = {
        **load_topics(ROOT / "knowledge"),
        "vervoer/fiets": Topic("vervoer/fiets", "fietsen", "Mag het op de fiets?"),
    }
    responses = {**responses_of(ROOT), "utter_vervoer/fiets": [{"text": "Ja, op de fiets.", "metadata": {}}]}
    put_in(agent, Changed(responses, OnlyOne(), topics))  # type: ignore[arg-type]
    for text in ("hij trapt liever zelf", "Mag het op de fiets?"):
        assert answer(asker, event_loop_runner, text) == (("vervoer/fiets",), "Ja, op de fiets.")
