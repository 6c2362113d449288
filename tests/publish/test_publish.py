"""The steps of a publication, and each reason why there is none; the running assistant is in test_handover."""

from __future__ import annotations

import json
import sys
import tarfile
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from bot.content.complaint import Complaint
from bot.publish import learning
from bot.publish import publish as publishing
from bot.publish.difference import Difference
from bot.publish.publications import AT_START, Publication, Publications
from bot.publish.publish import Order, go_back, publish
from bot.publish.responses import changed_topics
from bot.publish.stopped import Stopped
from bot.publish.texts import DOMAIN, METADATA
from bot.settings import Settings

TRAIN = (
    sys.executable,
    "-c",
    "import sys, pathlib; (pathlib.Path(sys.argv[1]) / 'ouderchat-9.tar.gz').write_text('m')",
)
RASA = (
    sys.executable,
    "-c",
    'import sys, pathlib; pathlib.Path(sys.argv[1]).write_text(\'{"code": 0, "warnings": []}\')',
)
COMPARE = (
    sys.executable,
    "-c",
    "import sys, pathlib; print('> 3 vragen', flush=True); "
    'pathlib.Path(sys.argv[2]).write_text(\'{"turns": 3, "changes": []}\')',
)
FAILS = (sys.executable, "-c", "raise SystemExit(3)")
MESSAGES = "nlu:\n- intent: tlv/uitleg\n  metadata: {schrijver: redactie-01}\n  examples: |\n    - wat is dat\n"
ANSWER = 'version: "3.1"\nresponses:\n  utter_tlv/uitleg:\n    - text: "Een besluit."\n'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("data/nlu", "data/stories", "knowledge/feiten", "bot/nlu"):
        (tmp_path / "project" / name).mkdir(parents=True)
    (tmp_path / "project/data/nlu/tlv.yml").write_text(ANSWER)
    (tmp_path / "project/knowledge/a.yml").write_text("een: 1\n")
    for name in ("domain.yml", "config.yml"):
        (tmp_path / "project" / name).write_text("language: nl\n")
    return tmp_path / "project"


@pytest.fixture
def model(tmp_path: Path, root: Path) -> Path:
    """An archive with what Rasa keeps of the answers."""
    domain = {"actions": ["utter_tlv/uitleg"], "responses": {"utter_tlv/uitleg": [{"text": "Een besluit."}]}}
    for name, content in {METADATA: {"domain": domain, "model_id": "een"}, DOMAIN: domain, "learnt": 7}.items():
        (tmp_path / "archive" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "archive" / name).write_text(json.dumps(content))
    with tarfile.open(tmp_path / "ouderchat-1.tar.gz", "w:gz") as archive:
        archive.add(tmp_path / "archive", arcname="")
    return tmp_path / "ouderchat-1.tar.gz"


def texts_in(model: Path) -> object:
    """The answers in an archive, which stand at two places."""
    with tarfile.open(model) as archive:
        found = {member.name: archive.extractfile(member) for member in archive if member.isfile()}
        read = {name: json.load(file) for name, file in found.items() if file}
    assert read["learnt"] == 7 and read[METADATA]["domain"] == read[DOMAIN] and read[METADATA]["model_id"] != "een"
    return read[DOMAIN]["responses"]


@pytest.fixture
def place(settings: Settings, root: Path, tmp_path: Path) -> Settings:
    (tmp_path / "models").mkdir()
    return settings.copy(update={"knowledge_dir": root / "knowledge", "models_dir": tmp_path / "models"})


class Fine:
    """A new assistant that answers everything rightly."""

    name = "de nieuwe assistent"

    def __init__(self, wanted: Publication, settings: Settings, say: object) -> None:
        self.wanted, self.publications = wanted, Publications(settings)

    def look(self) -> bool:
        return True

    def take_over(self) -> None:
        TRIED.append(self.wanted.number)
        self.publications.activate(self.wanted)

    def end(self) -> None:
        ENDED.append(self.wanted.number)


class Wrong(Fine):
    """One that answers one of the ten questions wrongly."""

    def look(self) -> bool:
        raise Stopped("tien vragen")


TRIED: list[int] = []
ENDED: list[int] = []


@pytest.fixture(autouse=True)
def used(monkeypatch: pytest.MonkeyPatch, place: Settings) -> list[int]:
    """The checks find nothing, and whoever is tried out is fine; gives the numbers that took over."""
    TRIED.clear()
    ENDED.clear()
    monkeypatch.setattr(publishing.checking, "complaints_about", lambda root: [])
    monkeypatch.setattr(publishing, "candidate", Fine)
    monkeypatch.setattr("bot.publish.parts.check_settings", lambda content: [])
    monkeypatch.setattr("bot.publish.parts.read_content", lambda root: (SimpleNamespace(root=root), []))
    return TRIED


def order(root: Path) -> Order:
    return Order(root, "Els", "korter", compare=None, train=TRAIN, rasa=None)


def published(root: Path, place: Settings) -> Publication:
    return publish(order(root), place, lambda line: None)


def test_a_publication_is_trained_tried_and_then_in_use(root: Path, place: Settings, used: list[int]) -> None:
    made = published(root, place)
    assert used == [made.number]
    assert Publications(place).active() == made
    assert (made.by, made.note, made.model) == ("Els", "korter", "ouderchat-9.tar.gz")
    assert not list(Publications(place).folder.glob(".train-*"))


def test_a_second_one_takes_its_place_and_one_can_go_back(root: Path, place: Settings, used: list[int]) -> None:
    first = published(root, place)
    (root / "data/nlu/tlv.yml").write_text(ANSWER.replace("Een", "Het"))
    second = published(root, place)
    assert first.content != second.content
    assert go_back(place, None, lambda line: None) == first
    assert go_back(place, second.number, lambda line: None) == second
    assert used == [1, 2, 1, 2]
    with pytest.raises(Stopped, match="geen eerdere"):
        go_back(place, 99, lambda line: None)


def test_there_is_nothing_to_go_back_to_at_first(place: Settings) -> None:
    with pytest.raises(Stopped, match="geen eerdere publicatie"):
        go_back(place, None, lambda line: None)


def test_a_complaint_stops_it(root: Path, place: Settings, used: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = Complaint(root / "data/nlu/tlv.yml", 4, "Te lang.")
    monkeypatch.setattr(publishing.checking, "complaints_about", lambda root: [wrong])
    with pytest.raises(Stopped, match="De controle vond iets"):
        published(root, place)
    assert (used, Publications(place).all()) == ([], [])


def test_advice_counts_for_an_answer_that_changed_and_for_no_other(
    root: Path, place: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(root, place)
    (root / "data/nlu/tlv.yml").write_text(ANSWER.replace("Een", "Het"))
    assert changed_topics(root, Publications(place)) == {"tlv/uitleg"}

    def found(topic: str) -> list[Complaint]:
        return [Complaint(root / "data/nlu/tlv.yml", 4, "Een moeilijk woord.", advice=True, topic=topic)]

    monkeypatch.setattr(publishing.checking, "complaints_about", lambda root: found("tlv/uitleg"))
    with pytest.raises(Stopped):
        published(root, place)
    monkeypatch.setattr(publishing.checking, "complaints_about", lambda root: found("tlv/geldigheid"))
    assert published(root, place).number == 2


def test_a_file_that_cannot_be_read_is_for_the_check_to_tell(root: Path, place: Settings) -> None:
    published(root, place)
    (root / "data/nlu/tlv.yml").write_text("responses: {")
    assert changed_topics(root, Publications(place)) == set()


def test_a_difference_that_is_not_agreed_with_stops_it(root: Path, place: Settings, used: list[int]) -> None:
    seen: list[Difference] = []
    said: list[str] = []
    refusing = replace(order(root), compare=COMPARE, agree=lambda found: bool(seen.append(found)))
    with pytest.raises(Stopped, match="niets gepubliceerd"):
        publish(refusing, place, said.append)
    assert (used, ENDED, seen, Publications(place).all()) == ([], [1], [Difference(3, ())], [])
    assert "  Verschil: 3 vragen" in said


def test_a_difference_that_cannot_be_made_stops_it(root: Path, place: Settings, used: list[int]) -> None:
    with pytest.raises(Stopped, match="Het verschil kon niet worden gemaakt"):
        publish(replace(order(root), compare=FAILS), place, lambda line: None)
    assert (used, Publications(place).all()) == ([], [])


def test_what_rasa_warns_of_stops_it_before_anybody_takes_over(root: Path, place: Settings, used: list[int]) -> None:
    warns = (*RASA[:2], RASA[2].replace("[]", '[\\"Iets nieuws.\\"]'))
    said: list[str] = []
    with pytest.raises(Stopped, match="Rasa vond iets"):
        publish(replace(order(root), rasa=warns), place, said.append)
    assert any("Iets nieuws." in line for line in said)
    with pytest.raises(Stopped, match="Rasa vond iets"):
        publish(replace(order(root), rasa=FAILS), place, said.append)
    assert (used, Publications(place).all()) == ([], [])
    publish(replace(order(root), rasa=RASA), place, said.append)
    assert "  Controle door Rasa: goed" in said


def test_rasa_is_not_asked_again_when_only_words_changed_since_it_agreed(
    root: Path, place: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(learning, "from_knowledge", lambda knowledge, topics: [])
    (root / "knowledge/onderwerpen.yml").write_text("onderwerpen: []\n")
    publish(replace(order(root), rasa=RASA), place, lambda line: None)
    (root / "data/nlu/tlv.yml").write_text(ANSWER.replace("Een", "Het"))
    said: list[str] = []
    publish(replace(order(root), rasa=FAILS), place, said.append)
    assert "  Controle door Rasa: goed; sinds de vorige keer veranderden er alleen teksten" in said
    for content in (ANSWER + "      metadata: {wanneer: {vorm: eenvoudig}}\n", ANSWER + MESSAGES):
        (root / "data/nlu/tlv.yml").write_text(content)
        with pytest.raises(Stopped, match="Rasa vond iets"):
            publish(replace(order(root), rasa=FAILS), place, lambda line: None)


def test_only_other_texts_need_no_training(
    root: Path, place: Settings, model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(learning, "load_topics", lambda knowledge: {})
    monkeypatch.setattr(learning, "from_knowledge", lambda knowledge, topics: [])
    place.models_dir.joinpath("ouderchat-1.tar.gz").write_bytes(model.read_bytes())
    publications = Publications(place)
    publications.keep(root, model, "abc", AT_START)
    (root / "data/nlu/tlv.yml").write_text(ANSWER.replace("Een", "Het"))
    made = publish(replace(order(root), train=FAILS), place, lambda line: None)
    assert texts_in(publications.model_of(made)) == {"utter_tlv/uitleg": [{"text": "Het besluit."}]}
    # A message that is learnt from, or an answer that is new, is something else.
    for content in (ANSWER + MESSAGES, ANSWER.replace("tlv/uitleg", "tlv/kosten")):
        (root / "data/nlu/tlv.yml").write_text(content)
        with pytest.raises(Stopped, match="Het trainen mislukte"):
            publish(replace(order(root), train=FAILS), place, lambda line: None)
    (root / "data/nlu/tlv.yml").write_text(ANSWER)
    (root / "domain.yml").write_text("intents: [tlv]\n")
    with pytest.raises(Stopped, match="Het trainen mislukte"):
        publish(replace(order(root), train=FAILS), place, lambda line: None)


def test_two_people_do_not_publish_at_once(root: Path, place: Settings, used: list[int]) -> None:
    with Publications(place).publishing(), pytest.raises(Stopped, match="Iemand anders"):
        published(root, place)
    assert used == []


def test_going_back_passes_over_what_never_came_into_use(root: Path, place: Settings, model: Path) -> None:
    first, publications = published(root, place), Publications(place)
    left = publications.keep(root, model, "half", "Els")
    for name in (".train-x", ".0002.77"):
        (publications.folder / name).mkdir()
    (root / "data/nlu/tlv.yml").write_text(ANSWER.replace("Een", "Het"))
    third = published(root, place)
    assert (left.number, third.number) == (2, 2)
    assert not [path.name for path in publications.folder.iterdir() if path.name.startswith(".")]
    assert go_back(place, None, lambda line: None) == first


@pytest.mark.parametrize("train", [FAILS, (sys.executable, "-c", "pass")])
def test_a_training_without_a_model_stops_it(root: Path, place: Settings, train: tuple[str, ...]) -> None:
    with pytest.raises(Stopped, match="Het trainen mislukte"):
        publish(replace(order(root), train=train), place, lambda line: None)


def test_a_file_that_changes_meanwhile_stops_it(root: Path, place: Settings) -> None:
    changes = f"import pathlib; pathlib.Path({str(root / 'knowledge/a.yml')!r}).write_text('twee: 2'); {TRAIN[2]}"
    with pytest.raises(Stopped, match="veranderde een bestand"):
        publish(replace(order(root), train=(*TRAIN[:2], changes)), place, lambda line: None)
    assert Publications(place).all() == []


def test_a_new_assistant_that_is_refused_leaves_the_old_one_in_use(
    root: Path, place: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = published(root, place)
    monkeypatch.setattr(publishing, "candidate", Wrong)
    with pytest.raises(Stopped, match="tien vragen"):
        published(root, place)
    assert (Publications(place).active(), Publications(place).all()) == (first, [first])
    assert ENDED[-1] == 2
