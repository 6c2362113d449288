"""The detector is counted apart: found, and false alarms."""

import json
from pathlib import Path

from bot.evaluate.danger import held_out, measure
from bot.nlu.danger import Detector


def test_found_and_false_alarms_are_counted() -> None:
    messages = [("mijn zoon zegt dat hij dood wil", True), ("zxcv", True), ("hoe lang is een tlv geldig", False)]
    figures = measure("proef", messages, Detector.load())
    assert (figures.found.hits, figures.found.total) == (1, 2)
    assert (figures.alarms.hits, figures.alarms.total) == (0, 1)
    assert figures.missed == ("zxcv",)


def test_held_out_files_are_read_by_name(tmp_path: Path) -> None:
    (tmp_path / "heldout_a.jsonl").write_text(json.dumps({"text": "help", "danger": True, "writer": "a"}))
    assert held_out(tmp_path) == [("heldout_a", [("help", True)])]
