"""The knowledge of the project itself, read once, and a copy that a test may break."""

import shutil
from pathlib import Path

import pytest

from bot.knowledge import Knowledge, load
from bot.settings import ROOT


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """What is in ``knowledge/``."""
    return load(ROOT / "knowledge")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of ``knowledge/``."""
    return Path(shutil.copytree(ROOT / "knowledge", tmp_path / "knowledge"))
