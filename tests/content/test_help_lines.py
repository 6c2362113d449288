"""The numbers in the answer on danger are those of the list of help lines."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.content.help_lines import check_help_lines
from bot.content.reading import read_content
from bot.settings import ROOT


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in ("data", "knowledge"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def said(root: Path) -> list[str]:
    return [complaint.text for complaint in check_help_lines(read_content(root)[0])]


def test_as_they_are_they_agree(copy: Path) -> None:
    assert said(copy) == []


def test_a_number_that_changed_in_the_list_alone_is_told_for_every_text_of_the_answer(copy: Path) -> None:
    replace(copy / "knowledge" / "hulplijnen.yml", "0800-2000", "0800-2999")
    complaints = said(copy)
    assert len(complaints) == 2
    assert all("0800-2999 ontbreekt; 0800-2000 staat niet in de lijst" in complaint for complaint in complaints)


def test_a_number_that_left_the_answer_is_told(copy: Path) -> None:
    replace(copy / "data" / "nlu" / "gesprek.yml", "**113** of ", "")
    assert len(said(copy)) == 2
    assert "113 ontbreekt" in said(copy)[0]


def test_a_list_that_cannot_be_read_is_told(copy: Path) -> None:
    (copy / "knowledge" / "hulplijnen.yml").write_text("hulplijnen: []\n", encoding="utf-8")
    assert said(copy) == ["Er staat geen hulplijn in"]
