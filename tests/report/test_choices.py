"""One command carries out what staff chose; a wrong choice changes nothing."""

from __future__ import annotations

import json
from datetime import date

import pytest

from bot.content.check import complaints_about
from bot.content.reading import read_content
from bot.report.choices import BadChoice, carry_out, read_choices
from bot.report.unclear import Group, UnclearReport
from tests.content.conftest import FEW, project  # noqa: F401

TODAY = date(2026, 11, 23)


def group(number: int, *examples: str) -> Group:
    return Group(f"V{number}", 6, {"geweigerd": 6}, examples, (("tlv/uitleg", 0.4),))


REPORT = UnclearReport(
    "2026-11-16",
    "2026-11-23",
    30,
    (
        group(1, "wat houdt zo'n papier in"),
        group(2, "kost het geld"),
        group(3, "is er koffie"),
        group(4, "tot welke dag"),
    ),
    3,
)


def carry(root, *texts):
    content = read_content(root)[0]
    return carry_out(read_choices(texts, REPORT, content), REPORT, content, TODAY)


def test_messages_a_test_question_and_a_new_topic_each_go_where_they_belong(project):  # noqa: F811
    done = carry(project, "V1=bericht:tlv/uitleg", "V2=nieuw:tlv/kosten", "V3=niets", "V4=toets:tlv/geldigheid")
    content, complaints = read_content(project)
    assert complaints == []
    added = [message for message in content.messages if message.writer == "vragen-2026-11-16"]
    assert [(message.topic, message.text) for message in added] == [
        ("tlv/uitleg", "wat houdt zo'n papier in"),
        ("tlv/kosten", "kost het geld"),
    ]
    rows = (project / "tests/data/echte_vragen.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(row) for row in rows] == [{"text": "tot welke dag", "label": "tlv/geldigheid"}]
    assert len(done) == 3


def test_a_real_question_for_the_test_may_not_be_learnt_as_well(project):  # noqa: F811
    carry(project, "V1=toets:tlv/uitleg")
    carry(project, "V1=bericht:tlv/uitleg")
    assert any("waarmee de assistent wordt getoetst" in complaint.text for complaint in complaints_about(project, FEW))


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        ("V9=niets", "De groep V9 staat niet in dit rapport"),
        ("V1=bericht:tlv/nergens", "Het onderwerp 'tlv/nergens' is er niet"),
        ("V1=bericht", "Het onderwerp '' is er niet"),
        ("V1=weggooien", "is geen keuze"),
        ("V1=nieuw:tlv/uitleg", "is er al"),
        ("onzin", "is geen keuze"),
    ],
)
def test_a_wrong_choice_is_told_and_nothing_changes(project, choice, said):  # noqa: F811
    before = {file: file.read_bytes() for file in project.rglob("*.yml")}
    with pytest.raises(BadChoice, match=said.replace("(", "\\(")):
        carry(project, "V2=bericht:tlv/uitleg", choice)
    assert before == {file: file.read_bytes() for file in project.rglob("*.yml")}


def test_a_group_can_be_chosen_for_once(project):  # noqa: F811
    with pytest.raises(BadChoice, match="twee keer"):
        carry(project, "V1=niets", "V1=bericht:tlv/uitleg")
