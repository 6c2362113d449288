import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.nlu import language_model, language_package
from bot.nlu.language_model import LanguageModel, current, describe, load, main, unneeded_pipes
from bot.nlu.language_package import LanguageModelError, folder, install
from bot.settings import get_settings
from tests.nlu.spacy_package import build, pipeline, serving


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("wheel") / "package.whl", pipeline())


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(get_settings(), "language_models_dir", tmp_path)
    monkeypatch.delenv("OUDERCHAT_SPACY_MODEL", raising=False)
    return tmp_path


def test_without_the_package_the_default_serves_and_says_so(models: Path) -> None:
    model = current()
    assert model.path is None
    line = describe(model)
    assert "embedded default" in line
    assert "make model" in line
    assert "\n" not in line


def test_the_default_knows_dutch_lemmas(models: Path) -> None:
    lemmas = {word.text: word.lemma_ for word in load(current())("Wij gingen naar school")}
    assert lemmas["gingen"] == "gaan"


def test_the_package_serves_once_it_is_there(wheel: Path, models: Path) -> None:
    install(models, str(wheel))
    model = current()
    assert model == LanguageModel("nl_core_news_sm", "3.4.0", folder(models))
    assert model.id == "nl_core_news_sm 3.4.0"
    assert describe(model).startswith("Dutch language model: nl_core_news_sm 3.4.0")


def test_of_the_package_only_the_lemmatizer_is_loaded(wheel: Path, models: Path) -> None:
    install(models, str(wheel))
    nlp = load(current())
    assert nlp.pipe_names == ["lemmatizer"]
    assert [word.lemma_ for word in nlp("kinderen")] == ["kind"]


def test_a_damaged_folder_says_what_to_do(wheel: Path, models: Path) -> None:
    install(models, str(wheel))
    (folder(models) / "meta.json").write_text("{")
    with pytest.raises(LanguageModelError, match="remove it and run make setup"):
        current()


LISTENER = {"@architectures": "spacy.Tok2VecListener.v1"}


@pytest.mark.parametrize(
    ("lemmatizer", "kept"),
    [
        ({"factory": "trainable_lemmatizer", "model": {"tok2vec": LISTENER}}, {"tok2vec", "lemmatizer"}),
        ({"factory": "trainable_lemmatizer", "model": {"tok2vec": {}}}, {"lemmatizer"}),
        ({"factory": "lemmatizer", "mode": "lookup"}, {"lemmatizer"}),
        (
            {"factory": "lemmatizer", "mode": "rule"},
            {"tok2vec", "morphologizer", "tagger", "attribute_ruler", "lemmatizer"},
        ),
    ],
)
def test_pipes_are_kept_when_the_lemmatizer_needs_them(lemmatizer: dict[str, Any], kept: set[str]) -> None:
    names = ["tok2vec", "morphologizer", "tagger", "parser", "lemmatizer", "attribute_ruler", "ner"]
    components: dict[str, Any] = {name: {"model": {"tok2vec": LISTENER}} for name in names}
    config = {"nlp": {"pipeline": names}, "components": {**components, "lemmatizer": lemmatizer}}
    assert set(names) - set(unneeded_pipes(config)) == kept


def test_the_command_gets_the_package(
    wheel: Path, models: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving(wheel.read_bytes()) as (url, _):
        monkeypatch.setattr(language_package, "RELEASE", url)
        assert main() == 0
    assert "nl_core_news_sm 3.4.0" in capsys.readouterr().out
    assert current().path


def test_the_command_goes_on_with_the_default_when_the_site_is_out_of_reach(
    models: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(language_package, "RELEASE", "http://127.0.0.1:9/")
    assert main() == 0
    output = capsys.readouterr().out.splitlines()
    assert output[0].startswith("nl_core_news_sm 3.4.0 is not to be had: no answer from http://127.0.0.1:9/")
    assert "embedded default" in output[1]


def test_the_command_fails_on_a_given_file_that_cannot_be_had(
    models: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OUDERCHAT_SPACY_MODEL", str(models / "none.whl"))
    assert main() == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_the_command_fails_on_a_damaged_download(
    models: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving(b"PK not a wheel") as (url, _):
        monkeypatch.setattr(language_package, "RELEASE", url)
        assert main() == 1
    assert "is damaged" in capsys.readouterr().err
    assert not current().path


def test_asking_which_model_runs_imports_neither_spacy_nor_rasa() -> None:
    code = (
        "import sys, bot.nlu.language_model as m; m.current(); sys.exit(not {'spacy', 'rasa'}.isdisjoint(sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_pinned_release_is_the_official_one() -> None:
    assert language_model.VERSION == "3.4.0"
    assert language_package.RELEASE.startswith("https://github.com/explosion/spacy-models/releases/download/")
