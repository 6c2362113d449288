"""The steps of a publication, and each reason why there is none; the running assistant is in test_handover."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from bot.content.complaint import Complaint
from bot.publish import publish as publishing
from bot.publish.difference import Difference
from bot.publish.publications import Publication, Publications
from bot.publish.publish import Order, Stopped, changed_topics, go_back, publish
from bot.settings import Settings

TRAIN = (
    sys.executable,
    "-c",
    "import sys, pathlib; (pathlib.Path(sys.argv[1]) / 'ouderchat-9.tar.gz').write_text('m')",
)
ANSWER = 'version: "3.1"\nresponses:\n  utter_tlv/uitleg:\n    - text: "Een besluit."\n'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("data/nlu", "knowledge", "bot/nlu"):
        (tmp_path / "project" / name).mkdir(parents=True)
    (tmp_path / "project/data/nlu/tlv.yml").write_text(ANSWER)
    (tmp_path / "project/knowledge/a.yml").write_text("een: 1\n")
    return tmp_path / "project"


@pytest.fixture
def place(settings: Settings, root: Path, tmp_path: Path) -> Settings:
    (tmp_path / "models").mkdir()
    return settings.copy(update={"knowledge_dir": root / "knowledge", "models_dir": tmp_path / "models"})


@pytest.fixture(autouse=True)
def used(monkeypatch: pytest.MonkeyPatch, place: Settings) -> list[int]:
    """The checks find nothing, and whoever is tried out is fine; gives the numbers that were tried."""
    tried: list[int] = []
    monkeypatch.setattr(publishing.checking, "check", lambda root, say, with_rasa: 0)
    monkeypatch.setattr(publishing.checking, "complaints_about", lambda root: [])
    monkeypatch.setattr(publishing, "_try_out", lambda wanted, settings, say: tried.append(wanted.number))
    return tried


def order(root: Path) -> Order:
    return Order(root, "Els", "korter", train=TRAIN)


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
    monkeypatch.setattr(publishing.checking, "check", lambda root, say, with_rasa: 1)
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


def test_a_difference_that_is_not_agreed_with_stops_it(root: Path, place: Settings, used: list[int]) -> None:
    refusing = replace(order(root), compare=lambda: Difference(3, ()), agree=lambda found: False)
    with pytest.raises(Stopped, match="niets gepubliceerd"):
        publish(refusing, place, lambda line: None)
    assert used == []


@pytest.mark.parametrize("train", [(sys.executable, "-c", "raise SystemExit(3)"), (sys.executable, "-c", "pass")])
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

    def refuse(*_: object) -> None:
        raise Stopped("tien vragen")

    monkeypatch.setattr(publishing, "_try_out", refuse)
    with pytest.raises(Stopped, match="tien vragen"):
        published(root, place)
    assert Publications(place).active() == first
