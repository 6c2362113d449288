"""What the door says on danger comes from the list of help lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.chat.help_lines import doubt_text, help_text
from bot.chat.turn import help_lines
from bot.knowledge import KnowledgeError, load_help_lines
from bot.settings import ROOT


def test_every_number_of_the_list_is_named_in_its_order() -> None:
    text = help_lines().text
    numbers = [number for line in load_help_lines(ROOT / "knowledge") for number in line.numbers]
    assert len(numbers) > 3
    places = [text.index(f"**{number}**") for number in numbers]
    assert places == sorted(places)


def test_each_line_says_when_to_call_whom() -> None:
    text = help_lines().text
    assert text.startswith("Bij direct gevaar")
    assert "- Bij mishandeling, misbruik of geweld thuis, of zorgen daarover: bel Veilig Thuis, **0800-2000**." in text


def test_below_an_answer_they_are_short() -> None:
    text = doubt_text(ROOT / "knowledge")
    assert all(f"**{number}**" in text for line in load_help_lines(ROOT / "knowledge") for number in line.numbers)
    assert len(text.split()) <= 70


def test_a_list_that_cannot_be_read_is_told_at_start(tmp_path: Path) -> None:
    (tmp_path / "hulplijnen.yml").write_text("hulplijnen: []\n", encoding="utf-8")
    with pytest.raises(KnowledgeError):
        help_text(tmp_path)
