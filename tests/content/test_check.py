import shutil

import pytest

from bot.content import check as checking
from bot.content.complaint import Complaint
from bot.settings import ROOT
from tests.content.conftest import FEW


def run(project, **options):
    said = []
    return checking.check(project, said.append, limits=FEW, **options), said


def test_a_project_without_mistakes_is_told_step_by_step(project):
    count, said = run(project, with_rasa=False)
    assert count == 0
    assert said == [
        "Bestanden lezen: goed",
        "Kennis: goed",
        "Antwoorden: goed",
        "Taal (B1, leesbaarheid volgens Flesch-Douma): goed",
        "Nog in te vullen: goed",
        "Aantal berichten: goed",
        "Dubbele berichten: goed",
        "Toetsvragen en testgesprekken: goed",
        "Regels: goed",
        "Tabel met onderwerpen: goed",
        "Nog te bevestigen door de organisatie (geen fout): 1",
        "  knowledge/organisatie.yml, regel 5: looptijd (voor tlv/geldigheid) - vraag na bij: Afdeling Toeleiding",
        "Alles klopt.",
    ]


def test_complaints_are_counted_and_told_under_their_step(project, edit):
    edit("data/nlu/tlv.yml", '"Els"', '"nog niet"')
    count, said = run(project, with_rasa=False)
    assert count == 1
    assert said[said.index("Antwoorden: 1 te verbeteren") + 1].startswith("  data/nlu/tlv.yml, regel 32: Gecontroleerd")
    assert said[-1] == "1 punt om te verbeteren."


def test_what_rasa_says_counts_too(project, monkeypatch):
    complaint = Complaint(project / "domain.yml", 1, "Rasa waarschuwt.")
    monkeypatch.setattr(checking, "check_rasa", lambda content: iter([complaint]))
    count, said = run(project)
    assert count == 1
    assert "  domain.yml, regel 1: Rasa waarschuwt." in said


@pytest.mark.parametrize("broken", ["data/nlu/tlv.yml", "knowledge/onderwerpen.yml"])
def test_rasa_is_not_asked_about_files_that_cannot_be_read(project, monkeypatch, broken):
    monkeypatch.setattr(checking, "check_rasa", lambda content: pytest.fail("asked"))
    (project / broken).write_text("a: [", encoding="utf-8")
    count, said = run(project)
    assert count == 1
    assert said[-1] == "1 punt om te verbeteren."


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("feiten/tlv.yml", " zekerheid: hoog\n", " zekerheid: vast\n", "'vast' kan hier niet"),
        ("begrippen.yml", "onderwerp: tlv/uitleg", "onderwerp: tlv/onbekend", "'tlv/onbekend' staat niet in"),
        ("organisatie.yml", "bevestigd: nee", "bevestigd: ja", "is bevestigd, maar er staat geen waarde"),
        ("hulplijnen.yml", "hulplijnen:", "hulplijnen: [", "haak of streepje te veel"),
    ],
)
def test_a_mistake_in_the_knowledge_is_told_with_file_and_line(tmp_path, file, old, new, said):
    shutil.copytree(ROOT / "knowledge", tmp_path / "knowledge")
    path = tmp_path / "knowledge" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    (complaint,) = checking.check_knowledge(tmp_path)
    assert complaint.file == path
    assert said in complaint.text
    assert 1 <= complaint.line <= len(text.splitlines())


def test_advice_is_told_and_counts_only_when_the_check_is_strict(project, edit):
    edit("data/nlu/tlv.yml", "Kijk in het besluit.", "Kijk derhalve in het besluit.")
    count, said = run(project, with_rasa=False)
    assert count == 0
    assert "Taal (B1, leesbaarheid volgens Flesch-Douma): 1 keer advies" in said
    assert any("(advies) 'derhalve' is een moeilijk woord. Schrijf liever: daarom." in line for line in said)
    assert run(project, with_rasa=False, strict=True)[0] == 1
    count, said = run(project, with_rasa=False, changed={"tlv/geldigheid", "tlv/uitleg"})
    assert count == 0
    assert any("(bij publiceren verplicht) 'derhalve' is een moeilijk woord." in line for line in said)
    assert said[-1] == "Bijna: nog 1 punt bij antwoorden die u veranderde. Zonder dat kunt u niet publiceren."
