"""Every command in the handbook of content staff is run, as it stands there, on a copy of the content.

What takes minutes (learning, training, a whole service) has tests of its own in tests/publish; here it is replaced.
"""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import bot.settings
from bot.__main__ import app
from bot.content import terminal
from bot.db import make_engine, metadata
from bot.inhoud import inhoud
from bot.publish import comparing, preview, publish
from bot.publish.difference import Difference
from bot.publish.publications import Publications, write_json
from bot.report import REPORT
from bot.report.unclear import Group, UnclearReport
from bot.settings import ROOT, get_settings

HANDBOOK = ROOT / "docs" / "redactie.md"
_COMMAND = re.compile(r"python -m bot ((?:inhoud|onderwerpen)\b[^\n`|]*)")
ELSEWHERE = ("ask", "evaluate")
"""Have tests of their own: tests/test_ask.py and tests/evaluate."""


def commands() -> list[str]:
    """Each command once, without a bare ``inhoud``, in the order of the handbook."""
    found = [text.strip() for text in _COMMAND.findall(HANDBOOK.read_text(encoding="utf-8"))]
    return [text for text in dict.fromkeys(found) if text != "inhoud"]


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The content as it is."""
    root = tmp_path_factory.mktemp("redactie") / "kopie"
    for name in ("data", "knowledge", "tests/conversations", "tests/data", "actions", "bot/nlu"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    (root / "docs").mkdir()
    for name in ("domain.yml", "config.yml", "docs/onderwerpen.md"):
        shutil.copy(ROOT / name, root / name)
    return root


@pytest.fixture
def copy(original: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A project of one's own with a service that does not run; nothing is learnt and nothing is started."""
    root = tmp_path / "kopie"
    shutil.copytree(original, root)
    var, models = tmp_path / "var", tmp_path / "models"
    for folder in (var, models):
        folder.mkdir()
    for name, value in {"VAR_DIR": var, "MODELS_DIR": models, "KNOWLEDGE_DIR": root / "knowledge"}.items():
        monkeypatch.setenv(f"OUDERCHAT_{name}", str(value))
    get_settings.cache_clear()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(terminal, "project", lambda: root)
    monkeypatch.setattr(bot.settings, "ROOT", root)
    monkeypatch.setattr(comparing, "compared", lambda root, settings, say: Difference(3, ()))
    monkeypatch.setattr(publish, "RasaCheck", Done)
    monkeypatch.setattr(publish, "Comparison", Done)
    monkeypatch.setattr(publish, "ready_model", lambda *_: _model(models))
    monkeypatch.setattr(publish, "candidate", Done)
    monkeypatch.setattr(publish.checking, "check", lambda *_, **__: 0)
    monkeypatch.setattr(publish.checking, "complaints_about", lambda root: [])
    monkeypatch.setattr(preview, "serve", lambda root, port, say: say(f"http://127.0.0.1:{port}/"))
    engine = make_engine(get_settings().db_url)
    metadata.create_all(engine)
    engine.dispose()
    _prepare(root)
    yield root
    get_settings.cache_clear()


class Done:
    """Work beside publishing that is done, and found nothing."""

    name = "niets"

    def __init__(self, *begun: Any) -> None:
        self.begun = begun

    def look(self) -> bool:
        return True

    def found(self) -> Difference:
        return Difference(3, ())

    def take_over(self) -> None:
        wanted, settings, _say = self.begun
        Publications(settings).activate(wanted)

    def end(self) -> None:
        """It has ended."""


def _model(models: Path) -> Path:
    file = models / "ouderchat-1.tar.gz"
    file.write_bytes(b"model")
    return file


def _prepare(root: Path) -> None:
    """A report to choose from, and two publications to go back to."""
    settings = get_settings()
    groups = tuple(
        Group(f"V{number}", 6, {"geweigerd": 6}, (f"een vraag van week {number}",), (("tlv/uitleg", 0.4),))
        for number in range(1, 6)
    )
    write = settings.var_dir / REPORT
    write.parent.mkdir()
    write_json(write, UnclearReport("2026-11-16", "2026-11-23", 40, groups, 10).as_dict())
    publications = Publications(settings)
    publications.use_project(root)
    for content in ("een", "twee"):
        publications.activate(publications.keep(root, _model(settings.models_dir), content, "Els"))


@pytest.mark.parametrize("text", commands())
def test_a_command_of_the_handbook_runs(text: str, copy: Path) -> None:
    answers = "ja\n" if text.startswith("inhoud publiceer") else "\n" * 10
    result = CliRunner().invoke(app, shlex.split(text), input=answers)
    assert result.exit_code == 0, f"{text}\n{result.output}\n{result.exception!r}"
    assert "Traceback" not in result.output


def test_the_handbook_names_every_command_for_content_staff() -> None:
    named = {text.split()[1] for text in commands() if text.startswith("inhoud ")}
    assert named == {info.name or info.callback.__name__ for info in inhoud.registered_commands if info.callback}


def test_another_command_in_the_handbook_has_its_test_elsewhere() -> None:
    others = set(re.findall(r"python -m bot ([a-z]+)", HANDBOOK.read_text(encoding="utf-8")))
    assert others <= {"inhoud", "onderwerpen", *ELSEWHERE}


def test_a_mistake_of_the_user_is_told_in_dutch_and_is_no_traceback(copy: Path) -> None:
    wrong: dict[str, Any] = {
        "inhoud nieuw maan/kaas": "Het thema 'maan' is er niet",
        "inhoud nagekeken tlv/niets --door 'Els Jansen'": "Er is geen antwoord tlv/niets",
        "inhoud verwerk V9=niets": "staat niet in dit rapport",
        "inhoud terug 77": "geen eerdere publicatie",
    }
    for text, said in wrong.items():
        result = CliRunner().invoke(app, shlex.split(text))
        assert (result.exit_code, said in result.output) == (1, True), f"{text}: {result.output}"


def test_a_review_is_dated_today(copy: Path) -> None:
    result = CliRunner().invoke(app, shlex.split("inhoud nagekeken tlv/uitleg --door 'Noor de Vries'"))
    assert f"nagekeken op {datetime.now():%Y-%m-%d} door Noor de Vries" in result.output
