"""``inhoud nieuw``: what it writes, what it asks for, and that the check is content with a topic that is filled in."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.content import terminal
from bot.content.blanks import BLANK
from bot.content.check import complaints_about, refresh_overview
from bot.content.limits import Limits
from bot.settings import ROOT
from tests.content.conftest import FEW

MESSAGES = (
    "kan hij straks op de driewieler naar de mytylschool",
    "Betaalt iemand mee aan een tandem voor onze dochter?",
    "is er geld voor zo'n duofiets als ze niet zelf fietst",
    "Wij zoeken een bakfiets op maat, wie regelt dat",
    "Mag ze zelf fietsen als de taxi is toegewezen?",
    "fietsen ipv busje, wat krijg je dan terug",
    "aangepaste fiets aanvragen voor kind met spierziekte",
    "Hij leert nu fietsen, stopt het busje dan meteen?",
    "krijgt mn zoon een fiets van de gemeente om nr school te gaan",
    "wie leert mijn kind de fietsroute naar de nieuwe school",
    "fietsvergoeding ipv schooltaxi",
    "Kan een begeleider meefietsen met onze zoon?",
)
FILLED = (
    "--over", "zelf fietsen naar school, met een aangepaste fiets",
    "--knop", "Kan mijn kind met de fiets naar school?",
    "--niet", "vervoer/leerlingenvervoer",
    "--bron", "Gemeente Almere: leerlingenvervoer",
    "--url", "https://www.almere.nl/onderwijs/leerlingenvervoer",
    "--eigenaar", "Gemeente Almere",
    "--vervolg", "vervoer/leerlingenvervoer, gesprek/mens_spreken",
    "--antwoord", "Soms kan uw kind fietsen.\\n\\n**Wat kunt u nu doen?** Vraag het aan de gemeente.",
    "--eenvoudig", "Soms kan het. Vraag de gemeente.",
    "--toetsvraag", "Ons meisje wil op haar ligfiets naar de les, mag dat?",
)  # fmt: skip


def run(root: Path, monkeypatch: pytest.MonkeyPatch, *words: str, typed: str = "") -> tuple[int, str]:
    monkeypatch.setattr(terminal, "project", lambda: root)
    result = CliRunner().invoke(app, ["inhoud", *words], input=typed)
    return result.exit_code, result.output


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The content as it is, in another folder."""
    for name in ("data", "knowledge", "docs", "tests/conversations", "tests/data", "actions", "bot/nlu"):
        shutil.copytree(ROOT / name, tmp_path / "kopie" / name)
    return tmp_path / "kopie"


def test_a_topic_that_is_filled_in_passes_the_check_of_the_real_content(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    messages = [word for text in MESSAGES for word in ("--bericht", text)]
    code, said = run(copy, monkeypatch, "nieuw", "vervoer/fiets", *FILLED, *messages)
    assert code == 0, said
    assert "vervoer/fiets staat nu in" in said
    fill_in(copy / "knowledge/feiten/vervoer.yml", "De gemeente kijkt per kind.")
    assert refresh_overview(copy, lambda line: None) == 0
    complaints = complaints_about(copy)
    assert [complaint.shown(copy) for complaint in complaints if not complaint.advice] == []
    (few,) = [complaint.text for complaint in complaints if "vervoer/fiets" in complaint.text]
    assert "Het onderwerp is nieuw: dat mag tot" in few


def fill_in(file: Path, text: str) -> None:
    """Put a text in the one place that was left open."""
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    (at,) = [number for number, line in enumerate(lines) if BLANK in line]
    lines[at] = f'{lines[at].split(BLANK)[0]}{text}"\n'
    file.write_text("".join(lines), encoding="utf-8")


def test_whatever_is_not_told_is_left_to_fill_in_and_the_check_names_each_place(project, monkeypatch, told):
    code, said = run(project, monkeypatch, "nieuw", "tlv/kosten", "--geen-vragen")
    assert code == 0, said
    blanks = [(file, line) for file, line, text in told() if f"Hier staat nog {BLANK}" in text]
    assert len(blanks) >= 9
    for file, line in blanks:
        assert f"{file}, regel {line}:" in said
    assert {file for file, _ in blanks} == {
        "data/nlu/tlv.yml",
        "knowledge/onderwerpen.yml",
        "tests/conversations/thema_tlv.yml",
    }


def test_it_asks_for_what_was_not_given(project, monkeypatch):
    code, said = run(
        project, monkeypatch, "nieuw", "tlv/kosten", typed="wat het kost\nKost een TLV geld?\n\n\n\n\n\n\n"
    )
    assert code == 0, said
    listed = (project / "knowledge/onderwerpen.yml").read_text(encoding="utf-8")
    assert 'knop: "Kost een TLV geld?"' in listed
    assert listed.index("tlv/geldigheid") < listed.index("tlv/kosten") < listed.index("gesprek/groet")


@pytest.mark.parametrize(
    ("topic", "options", "said"),
    [
        ("tlv/uitleg", (), "is er al"),
        ("TLV kosten", (), "geen naam voor een onderwerp"),
        ("ruimte/maan", (), "Het thema 'ruimte' is er niet"),
        ("tlv/kosten", ("--knop", "Wat is een TLV?"), "is al van tlv/uitleg"),
        ("tlv/kosten", ("--niet", "tlv/nergens"), "Het onderwerp 'tlv/nergens' is er niet"),
        ("tlv/kosten", ("--url", "http://example.org"), "begint niet met https://"),
    ],
)
def test_what_cannot_be_made_is_refused_and_nothing_is_written(project, monkeypatch, topic, options, said):
    before = {file: file.read_bytes() for file in project.rglob("*.yml")}
    code, output = run(project, monkeypatch, "nieuw", topic, "--geen-vragen", *options)
    assert code == 1
    assert said in output
    assert before == {file: file.read_bytes() for file in project.rglob("*.yml")}


def test_a_new_topic_may_begin_small_for_a_while_and_not_for_ever(project, edit, told):
    edit(
        "knowledge/onderwerpen.yml",
        '    knop: "Wat is een TLV?"',
        '    knop: "Wat is een TLV?"\n    sinds: "2020-01-01"',
    )
    edit("data/nlu/tlv.yml", "      - De juf begon over een verklaring, wat bedoelt ze?\n", "")
    edit("data/nlu/tlv.yml", "  - intent: tlv/uitleg\n    metadata: {schrijver: stem-02}\n    examples: |\n", "")
    ((_, _, text),) = told()
    assert "1 schrijvers" in text and "nieuw" not in text


def test_few_is_enough_only_for_a_new_topic():
    assert Limits().first_messages < Limits().messages
    assert FEW.first_messages == Limits().first_messages
