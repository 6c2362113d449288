"""What is asked again when content changed: only what may be answered otherwise, and nothing twice."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bot.ask import Said
from bot.publish import compare
from bot.publish.compare import Asking, Content, Published
from bot.publish.difference import Outcome, Outcomes
from bot.publish.questions import Saved, Wanted

ANSWERS = 'responses:\n  utter_a/een: [{{text: "{een}"}}]\n  utter_b/twee: [{{text: "Twee."}}]\n'
QUESTIONS = [Saved(name, "validatie", (Said(name),), (Wanted(),)) for name in ("een", "twee")]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every question that is really asked; an answer repeats what stands in the folder."""
    seen: list[str] = []

    async def ask(assistant: Any, questions: Sequence[Saved], say: Any) -> list[Outcomes]:
        seen.extend(question.name for question in questions)
        used = {"een": "utter_a/een", "twee": "utter_b/twee"}
        return [[Outcome("answer", (), (), (f"{len(seen)}",), (used[question.name],))] for question in questions]

    async def load(self: Asking, folder: Path) -> Any:
        return SimpleNamespace()

    monkeypatch.setattr(compare, "_asked", ask)
    monkeypatch.setattr(Asking, "_assistant", load)
    monkeypatch.setattr(Asking, "_put_in", lambda self, assistant, content: None)
    return seen


def folder(root: Path, een: str, knowledge: str = "een: 1\n") -> Path:
    for name in ("data/nlu", "knowledge"):
        (root / name).mkdir(parents=True, exist_ok=True)
    (root / "data/nlu/a.yml").write_text(ANSWERS.format(een=een))
    (root / "knowledge/a.yml").write_text(knowledge)
    return root


def compare_with(old: Path, new: Path, content: str, texts_only: bool = True) -> tuple[list[str], list[Outcomes]]:
    said: list[str] = []
    asking = Asking(new, Published("publicatie 1", old / "model", old, "published"), QUESTIONS, said.append)

    async def both() -> list[Outcomes]:
        return await asking.after(Content(content, {}, texts_only), await asking.before())

    return said, asyncio.run(both())


def test_only_what_was_answered_with_a_text_that_changed_is_asked_again(tmp_path: Path, asked: list[str]) -> None:
    old, new = folder(tmp_path / "old", "Een."), folder(tmp_path / "new", "Anders.")
    _, found = compare_with(old, new, "changed")
    assert asked == ["een", "twee", "een"]
    assert [turns[0].reply for turns in found] == [("3",), ("2",)]
    # The same again, as publishing after `verschil` does, asks nothing at all.
    said, again = compare_with(old, new, "changed")
    assert (asked, again) == (["een", "twee", "een"], found)
    assert said == [
        "Wat nu gepubliceerd is (publicatie 1): de antwoorden zijn er al.",
        "De inhoud in de map: de antwoorden zijn er al.",
    ]


@pytest.mark.parametrize(("knowledge", "texts_only"), [("een: 2\n", True), ("een: 1\n", False)])
def test_when_anything_else_changed_everything_is_asked_again(
    tmp_path: Path, asked: list[str], knowledge: str, texts_only: bool
) -> None:
    old, new = folder(tmp_path / "old", "Een."), folder(tmp_path / "new", "Anders.", knowledge)
    compare_with(old, new, "changed", texts_only)
    assert asked == ["een", "twee", "een", "twee"]


def test_another_day_everything_is_asked_again(
    tmp_path: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = folder(tmp_path / "old", "Een."), folder(tmp_path / "new", "Anders.")
    compare_with(old, new, "changed")
    now = compare.utc_now()
    monkeypatch.setattr(compare, "utc_now", lambda: now.replace(year=now.year + 1, day=1))
    compare_with(old, new, "changed")
    assert asked == ["een", "twee", "een"] * 2
