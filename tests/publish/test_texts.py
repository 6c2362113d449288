"""A model with other texts is what a training of those texts gives."""

from __future__ import annotations

import tarfile
from pathlib import Path

import pytest
from rasa.shared.core.domain import Domain

from bot.publish.responses import responses_of
from bot.publish.texts import DOMAIN, METADATA, OtherAnswers, with_texts
from bot.settings import ROOT, get_settings
from bot.training import newest_model

TEXT = 'Een "nieuwe" tekst: 1e3 \U0001f600\n- met ${iets} en {nog} iets'


@pytest.fixture(scope="module")
def trained() -> Path:
    """The model of the content as it is."""
    model = newest_model(get_settings().models_dir)
    assert model is not None, "no trained model; run: make train"
    return model


def files(model: Path, folder: Path) -> dict[str, bytes]:
    with tarfile.open(model) as archive:
        archive.extractall(folder)
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.filterwarnings("ignore:pkg_resources is deprecated")
def test_only_the_answers_differ_and_rasa_reads_them_as_from_a_training(trained: Path, tmp_path: Path) -> None:
    responses = dict(responses_of(ROOT))
    old = files(trained, tmp_path / "old")
    first = with_texts(trained, responses, tmp_path / "same.tar.gz")
    same = files(first, tmp_path / "same")
    assert {name for name in old if old[name] != same[name]} <= {METADATA, DOMAIN}
    assert same.keys() == old.keys()
    was, now = (Domain.load(str(tmp_path / name / DOMAIN)) for name in ("old", "same"))
    # The texts of a training are those of the files, and nothing else of the domain depends on how it is written.
    assert now.as_dict() == was.as_dict()
    changed = responses | {"utter_tlv/uitleg": [{"text": TEXT, "metadata": {"gecontroleerd": "2026-11-30"}}]}
    files(with_texts(first, changed, tmp_path / "changed.tar.gz"), tmp_path / "changed")
    then = Domain.load(str(tmp_path / "changed" / DOMAIN))
    assert then.responses == was.responses | {"utter_tlv/uitleg": changed["utter_tlv/uitleg"]}
    assert {**then.as_dict(), "responses": 0} == {**was.as_dict(), "responses": 0}


def test_an_answer_that_the_model_does_not_know_is_refused(trained: Path, tmp_path: Path) -> None:
    responses = {**responses_of(ROOT), "utter_tlv/maan": [{"text": "Nieuw."}]}
    with pytest.raises(OtherAnswers):
        with_texts(trained, responses, tmp_path / "changed.tar.gz")
