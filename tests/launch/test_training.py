import io
import json
import os
from functools import partial
from pathlib import Path

import pytest

from bot.launch import training
from bot.launch.console import Console
from bot.launch.signals import Stop
from bot.launch.training import TrainingFailed, fingerprint, is_current, remember, train_if_needed
from bot.settings import Settings
from tests.launch.conftest import fake_command


@pytest.fixture
def output() -> io.StringIO:
    return io.StringIO()


def train(place: Settings, project: Path, output: io.StringIO, *command: str) -> None:
    place.models_dir.mkdir(exist_ok=True)
    arguments = fake_command(*(command or ("train", str(place.models_dir))))
    train_if_needed(place, Console(output), Stop(), project, arguments)


def models(place: Settings) -> int:
    return len(list(place.models_dir.glob("*.tar.gz")))


def test_without_a_model_it_trains_and_shows_it(place: Settings, project: Path, output: io.StringIO) -> None:
    train(place, project, output)
    assert models(place) == 1
    assert output.getvalue().startswith("Training the model on the present data ...\nTrained in ")
    log = json.loads((place.var_dir / "logs" / "train.log").read_text())
    assert log == {"telemetry": "false"}


def test_it_does_not_train_twice_on_the_same_data(place: Settings, project: Path, output: io.StringIO) -> None:
    train(place, project, output)
    train(place, project, output)
    assert models(place) == 1


@pytest.mark.parametrize("name", ["config.yml", "domain.yml", "data/nlu/tlv.yml", "knowledge/feiten.yml"])
def test_it_trains_again_when_a_file_changed(place: Settings, project: Path, output: io.StringIO, name: str) -> None:
    train(place, project, output)
    (project / name).write_text("anders: 1\n")
    train(place, project, output)
    assert models(place) == 2


def test_a_file_that_is_added_moved_or_removed_changes_the_fingerprint(place: Settings, project: Path) -> None:
    seen = {fingerprint(place, project)}
    (project / "data/nlu/sop.yml").write_text("eerste: 1\n")
    seen.add(fingerprint(place, project))
    (project / "data/nlu/sop.yml").rename(project / "data/nlu/ziek.yml")
    seen.add(fingerprint(place, project))
    (project / "data/nlu/tlv.yml").unlink()
    seen.add(fingerprint(place, project))
    assert len(seen) == 4


def test_another_language_model_changes_the_fingerprint(place: Settings, project: Path) -> None:
    before = fingerprint(place, project)
    folder = place.language_models_dir / "nl_core_news_sm-3.4.0"
    folder.mkdir(parents=True)
    (folder / "meta.json").write_text('{"lang": "nl", "name": "core_news_sm", "version": "3.4.0"}')
    assert fingerprint(place, project) != before


def test_a_model_put_there_by_hand_is_not_taken_for_ours(place: Settings, project: Path, output: io.StringIO) -> None:
    train(place, project, output)
    other = place.models_dir / "other.tar.gz"
    other.write_text("x")
    os.utime(other, (2**31, 2**31))
    assert not is_current(place, fingerprint(place, project))


def test_a_damaged_record_means_training(place: Settings, project: Path, output: io.StringIO) -> None:
    train(place, project, output)
    (place.models_dir / "trained_on.json").write_text("{")
    assert not is_current(place, fingerprint(place, project))


def test_a_training_that_fails_shows_the_end_of_its_log(place: Settings, project: Path, output: io.StringIO) -> None:
    with pytest.raises(TrainingFailed, match=r"(?s)the training failed; the end of .*train.log:.*broken rule"):
        train(place, project, output, "die", "broken rule")
    assert not is_current(place, fingerprint(place, project))


def test_a_training_that_leaves_no_model_failed(place: Settings, project: Path, output: io.StringIO) -> None:
    train(place, project, output)
    (project / "config.yml").write_text("anders: 1\n")
    nowhere = project / "nowhere"
    nowhere.mkdir()
    with pytest.raises(TrainingFailed):
        train(place, project, output, "train", str(nowhere))


def test_there_is_nothing_to_remember_without_a_model(place: Settings) -> None:
    place.models_dir.mkdir()
    with pytest.raises(TrainingFailed, match="left no model"):
        remember(place, "digest")


def test_three_models_are_kept_and_one_with_another_name(place: Settings) -> None:
    place.models_dir.mkdir()
    for number, name in enumerate(["mine", *(f"ouderchat-{day}" for day in range(5))]):
        (place.models_dir / f"{name}.tar.gz").write_text("x")
        os.utime(place.models_dir / f"{name}.tar.gz", (number, number))
    remember(place, "digest")
    kept = sorted(path.name for path in place.models_dir.glob("*.tar.gz"))
    assert kept == ["mine.tar.gz", "ouderchat-2.tar.gz", "ouderchat-3.tar.gz", "ouderchat-4.tar.gz"]


def test_the_command_for_the_tests_trains_once(
    place: Settings, project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    place.models_dir.mkdir()
    command = fake_command("train", str(place.models_dir))
    monkeypatch.setattr(training, "get_settings", lambda: place)
    monkeypatch.setattr(training, "train_if_needed", partial(train_if_needed, root=project, command=command))
    assert training.main() == 0
    assert training.main() == 0
    assert capsys.readouterr().out.count("Trained in") == 1
