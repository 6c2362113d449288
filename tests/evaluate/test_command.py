"""The whole evaluation on a small world: figures, tables, pictures and page."""

import json
from pathlib import Path

import pytest

from bot.evaluate import command, report, terminal
from bot.settings import ROOT


@pytest.fixture
def sources(themes: Path, tmp_path: Path) -> command.Sources:
    (tmp_path / "config.yml").write_text("pipeline:\n- name: bot.nlu.classifier.TopicClassifier\n")
    rows = {
        "validatie": {"text": "is mijn tlv nog geldig", "label": "tlv/geldigheid", "style": "sms"},
        "buiten_bereik_x": {"text": "morgen weer regen", "writer": "x"},
        "vervolgvragen": {
            "vorig": "tlv/uitleg",
            "text": "en hoe lang is die geldig",
            "label": "tlv/geldigheid",
            "leunt": True,
            "writer": "x",
        },
        "heldout_x": {"text": "mijn zoon wil dood", "danger": True, "writer": "x"},
    }
    for name, row in rows.items():
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(row))
    return command.Sources(themes, ROOT / "knowledge", tmp_path, tmp_path, tmp_path / "config.yml")


@pytest.fixture
def figures(sources: command.Sources) -> report.Report:
    told: list[str] = []
    options = command.Options(random=True, jobs=1)
    return command.prepare(sources, options, told.append).report("python -m bot evaluate")


def test_every_set_is_measured(figures: report.Report) -> None:
    assert [one.key for one in figures.sets] == ["schrijver", "willekeurig", "validatie", "buiten", "vervolg"]
    assert figures.sets[0].summary.first.share == 1
    assert [one.name for one in figures.danger] == ["heldout_x", "validatie", "buiten_bereik"]
    assert figures.contenders[0].name.startswith("Zoeken")
    assert figures.curve[-1][0] == 8  # two writers with four messages each


def test_the_terminal_shows_the_sets(figures: report.Report) -> None:
    shown = "\n".join(terminal.lines(figures))
    assert "kruisvalidatie per schrijver" in shown
    assert "Zoeken op woorden (BM25)" in shown


def test_the_page_shows_only_pictures_that_exist(figures: report.Report, tmp_path: Path) -> None:
    page = report.write(figures, tmp_path / "out")
    shown = {part.split('"')[0] for part in page.read_text(encoding="utf-8").split('src="')[1:]}
    assert shown == {path.name for path in page.parent.glob("*.png")}
