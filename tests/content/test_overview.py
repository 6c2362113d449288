import pytest

from bot.content.check import complaints_about, refresh_overview
from bot.content.overview import OVERVIEW, overview
from bot.content.reading import read_content
from bot.settings import ROOT
from tests.content.conftest import FEW


def test_each_topic_has_a_row_with_what_stands_in_its_answer(project):
    table = overview(read_content(project)[0])
    source = "[De wet](https://wetten.overheid.nl/)"
    row = f"| `tlv/uitleg` | Wat is een TLV? | {source} | Redactie | Els | 2026-01-15 | 3 | 2 |"
    assert row in table.splitlines()
    assert "4 onderwerpen, 9 berichten van 2 schrijvers. Nagekeken: 1 van 4." in table


def test_a_table_that_is_behind_is_told_and_the_command_mends_it(project, edit):
    edit("data/nlu/tlv.yml", '"Els"', '"Piet"')
    (complaint,) = complaints_about(project, FEW)
    assert (complaint.file, "python -m bot onderwerpen" in complaint.text) == (project / OVERVIEW, True)
    said = []
    assert refresh_overview(project, said.append) == 0
    assert said == ["Geschreven: docs/onderwerpen.md"]
    assert complaints_about(project, FEW) == []


@pytest.mark.parametrize("broken", ["bronnen:", "eigenaar: ["])
def test_no_table_is_made_of_a_broken_answer(project, edit, broken):
    edit("data/nlu/tlv.yml", 'gecontroleerd_door: "Els"', broken)
    before = (project / OVERVIEW).read_text(encoding="utf-8")
    said = []
    assert refresh_overview(project, said.append) > 0
    assert any("data/nlu/tlv.yml, regel" in line for line in said)
    assert (project / OVERVIEW).read_text(encoding="utf-8") == before


def test_the_table_in_docs_is_current():
    content, _ = read_content(ROOT)
    assert (ROOT / OVERVIEW).read_text(encoding="utf-8") == overview(content), "run: python -m bot onderwerpen"
