"""The contract of ``python -m bot ask --jsonl``."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from bot.ask import Asker, BadLine, Said, answer_lines, read_line

Loop = asyncio.AbstractEventLoop


def ask(asker: Asker, loop: Loop, *lines: str) -> list[dict[str, Any]]:
    async def collect() -> list[dict[str, Any]]:
        return [answer async for answer in answer_lines(asker, lines)]

    return loop.run_until_complete(collect())


def test_each_line_is_a_conversation_of_its_own_in_input_order(asker: Asker, event_loop_runner: Loop) -> None:
    answers = ask(
        asker, event_loop_runner, '{"id": 2, "text": "wat is een tlv"}', '{"id": "a", "turns": ["hallo", "dag"]}'
    )
    assert [answer["id"] for answer in answers] == [2, "a"]
    assert [len(answer["turns"]) for answer in answers] == [1, 2]


def test_a_turn_has_every_field_of_the_contract(asker: Asker, event_loop_runner: Loop) -> None:
    (turn,) = ask(asker, event_loop_runner, '{"id": 1, "text": "hoe lang is een tlv geldig"}')[0]["turns"]
    assert set(turn) == {"text", "decision", "topics", "options", "confidence", "reply", "ms"}
    assert (turn["decision"], turn["topics"], turn["options"]) == ("answer", ["tlv/geldigheid"], [])
    assert 0 < turn["confidence"] <= 1
    assert turn["ms"] > 0
    assert json.loads(json.dumps(turn)) == turn


def test_a_clicked_button_is_answered(asker: Asker, event_loop_runner: Loop) -> None:
    (answer,) = ask(asker, event_loop_runner, '{"id": 1, "turns": [{"keuze": "tlv/geldigheid"}]}')
    assert answer["turns"][0]["topics"] == ["tlv/geldigheid"]


def test_a_broken_line_gives_an_error_in_its_place_and_the_rest_goes_on(asker: Asker, event_loop_runner: Loop) -> None:
    answers = ask(
        asker, event_loop_runner, "kapot", '{"id": 7}', '{"id": 8, "turns": [{"keuze": "x/y"}]}', '{"text": "hallo"}'
    )
    assert [sorted(answer) for answer in answers] == [["error", "id", "line"]] * 3 + [["id", "turns"]]
    assert [answer["id"] for answer in answers] == [None, 7, 8, None]


def test_the_text_is_given_as_it_would_be_stored(asker: Asker, event_loop_runner: Loop) -> None:
    (answer,) = ask(asker, event_loop_runner, '{"id": 1, "text": "wat is een tlv? mail naar ouder@example.org"}')
    assert answer["turns"][0]["text"] == "wat is een tlv? mail naar [email#1]"


@pytest.mark.parametrize("line", ["[]", '"tekst"', "{}", '{"turns": []}', '{"turns": [3]}', '{"turns": "wat"}'])
def test_what_is_not_a_conversation_is_refused(line: str) -> None:
    with pytest.raises(BadLine):
        read_line(line)


def test_a_button_is_typed_with_its_own_words() -> None:
    assert read_line('{"turns": [{"keuze": "tlv/geldigheid"}]}')[1] == [
        Said("Hoe lang is een TLV geldig?", "tlv/geldigheid")
    ]
