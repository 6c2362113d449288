"""The contract of ``python -m bot ask --jsonl``."""

from __future__ import annotations

import asyncio
import json
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

import bot.__main__ as commands
from bot.ask import Asker, BadLine, Said, answer_lines, read_line
from bot.chat.local import LocalAssistant
from bot.settings import get_settings
from bot.training import newest_model

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


def test_why_reads_the_model_once(
    asker: Asker, event_loop_runner: Loop, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sought: list[Path] = []
    loaded = asker._assistant

    async def load(model: Path) -> object:
        sought.append(model)
        return loaded

    monkeypatch.setattr(LocalAssistant, "load", load)
    monkeypatch.setattr("bot.ask.local_asker", lambda assistant: nullcontext(asker))
    event_loop_runner.run_until_complete(commands._ask("hoe lang is een tlv geldig", None, with_why=True))
    told = capsys.readouterr().out
    assert sought == [newest_model(get_settings().models_dir)]
    assert "onderwerp: tlv/geldigheid" in told and "teksten die er het meest op lijken:" in told
