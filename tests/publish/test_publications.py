"""The copies that are published: whole, numbered, one in use, and a lock that tells whether the service runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.chat.where import FILE, follow
from bot.launch.house import House, begin, the_house
from bot.publish.publications import AT_START, KEPT, Publications, write_json
from bot.settings import Settings


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in ("data/nlu", "knowledge"):
        (tmp_path / "project" / name).mkdir(parents=True)
        (tmp_path / "project" / name / "a.yml").write_text("een: 1\n")
    return tmp_path / "project"


@pytest.fixture
def publications(settings: Settings, project: Path) -> Publications:
    made = Publications(settings.copy(update={"knowledge_dir": project / "knowledge"}))
    made.use_project(project)
    return made


@pytest.fixture
def model(tmp_path: Path) -> Path:
    (tmp_path / "ouderchat-1.tar.gz").write_bytes(b"model")
    return tmp_path / "ouderchat-1.tar.gz"


def test_until_something_is_published_the_folder_itself_is_read(publications: Publications, project: Path) -> None:
    assert publications.active() is None
    (project / "knowledge/a.yml").write_text("een: 2\n")
    assert (publications.knowledge / "a.yml").read_text() == "een: 2\n"


def test_a_publication_does_not_change_with_the_folder(publications: Publications, project: Path, model: Path) -> None:
    made = publications.keep(project, model, "abc", "Els", "korter antwoord")
    assert (made.number, made.model, publications.active()) == (1, "ouderchat-1.tar.gz", None)
    publications.activate(made)
    (project / "knowledge/a.yml").write_text("een: 2\n")
    assert publications.active() == made
    assert (publications.knowledge / "a.yml").read_text() == "een: 1\n"
    assert made.version == {"publicatie": "1", "inhoud": "abc", "model": "ouderchat-1.tar.gz"}
    assert "Els: korter antwoord" in made.shown()


def test_a_service_that_starts_uses_what_somebody_chose_and_not_what_is_only_kept(
    publications: Publications, project: Path, model: Path
) -> None:
    kept = publications.keep(project, model, "abc", AT_START)
    assert publications.pinned() is None
    made = publications.keep(project, model, "def", "Els")
    for chosen in (made, kept):
        publications.activate(chosen)
        assert publications.pinned() == chosen
    publications.model_of(kept).unlink()
    assert publications.pinned() is None


def test_a_program_that_changed_needs_a_new_training(
    publications: Publications, project: Path, model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publications.activate(publications.keep(project, model, "abc", "Els"))
    monkeypatch.setattr("bot.publish.publications.program_digest", lambda settings: "another")
    assert publications.pinned() is None


def test_old_ones_go_but_never_the_one_in_use(publications: Publications, project: Path, model: Path) -> None:
    publications.activate(publications.keep(project, model, "abc", "Els"))
    for number in range(KEPT + 3):
        publications.keep(project, model, str(number), "Els")
    numbers = [one.number for one in publications.all()]
    assert numbers[0] == 1 and len(numbers) == KEPT + 1 and numbers[-1] == KEPT + 4


def test_whether_the_service_runs_can_be_seen(publications: Publications) -> None:
    assert not publications.is_served()
    with publications.serving():
        assert publications.is_served()
    assert not publications.is_served()


def test_the_service_starts_the_assistant_of_the_publication(settings: Settings, project: Path, model: Path) -> None:
    publications = Publications(settings)
    begin(House(settings, []))
    assert "--model" not in the_house(settings).children[0].command
    made = publications.keep(project, model, "abc", "Els")
    publications.activate(made)
    write_json(settings.var_dir / FILE, {"poort": 12345})
    house = the_house(settings)
    assert begin(house) == made
    command = house.children[0].command
    assert command[command.index("--model") + 1] == str(publications.model_of(made))
    assert command[command.index("--poort") + 1] == str(settings.assistant_port)
    assert house.children[0].extra["OUDERCHAT_KNOWLEDGE_DIR"] == str(publications.path(made) / "knowledge")
    assert house.children[2].extra["OUDERCHAT_KNOWLEDGE_DIR"] == str(publications.knowledge)
    # Where an assistant was before the last start is forgotten.
    assert follow(settings)() == settings.assistant_port


def test_the_door_follows_the_assistant(settings: Settings) -> None:
    port = follow(settings)
    assert port() == settings.assistant_port
    (settings.var_dir / FILE).parent.mkdir()
    for number in (20001, 20002):
        write_json(settings.var_dir / FILE, {"poort": number})
        assert port() == number
    (settings.var_dir / FILE).write_text("onzin")
    assert port() == settings.assistant_port
