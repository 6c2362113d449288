"""Whole conversations from ``tests/conversations/*.yml``, through the path of ``ask`` with the real actions.

Each turn is ``ouder`` (typed) or ``kies`` (a clicked button), with what must come of it: ``besluit``, ``onderwerpen``,
``opties`` (topics that must be among those offered), ``bevat`` and ``bevat_niet`` (pieces of the reply). A conversation
with ``nog_fout: ja`` is known to go wrong for now.
"""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.ask import Asker, Said, Timed, read_line

FILES = sorted((Path(__file__).parent / "conversations").glob("*.yml"))


def conversations() -> list[Any]:
    found = []
    for file in FILES:
        for conversation in yaml.safe_load(file.read_text(encoding="utf-8")):
            # What is known to go wrong stays in sight, and is welcome to go right.
            marks = [pytest.mark.xfail(reason="nog_fout", strict=False)] if conversation.get("nog_fout") == "ja" else []
            name = f"{file.stem}: {conversation['gesprek']}"
            found.append(pytest.param(conversation["beurten"], id=name, marks=marks))
    return found


@pytest.mark.parametrize("turns", conversations())
def test_conversation(turns: list[dict[str, Any]], asker: Asker, event_loop_runner: asyncio.AbstractEventLoop) -> None:
    timed = event_loop_runner.run_until_complete(asker.converse([said(turn) for turn in turns]))
    for number, (turn, result) in enumerate(zip(turns, timed, strict=True), start=1):
        check(number, turn, result)


def said(turn: dict[str, Any]) -> Said:
    if "kies" not in turn:
        return Said(turn["ouder"])
    _, (choice,) = read_line(json.dumps({"turns": [{"keuze": turn["kies"]}]}))
    return choice


def check(number: int, turn: dict[str, Any], result: Timed) -> None:
    got, reply = result.turn, "\n".join(message.text for message in result.turn.reply)
    where = (
        f"beurt {number} ({turn.get('ouder') or turn.get('kies')}): {got.decision} {got.topics} {got.options}\n{reply}"
    )
    assert got.decision == turn["besluit"], where
    if "onderwerpen" in turn:
        assert list(got.topics) == turn["onderwerpen"], where
    assert set(turn.get("opties", [])) <= set(got.options), where
    for piece in turn.get("bevat", []):
        assert piece.lower() in reply.lower(), where
    for piece in turn.get("bevat_niet", []):
        assert piece.lower() not in reply.lower(), where
    if "opgeslagen" in turn:
        assert got.text == turn["opgeslagen"], where
