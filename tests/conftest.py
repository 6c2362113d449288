"""Fixtures shared by all tests: a database, secrets and settings that live in a temporary folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from sqlalchemy.engine import Engine

from bot.db import make_engine, metadata
from bot.keys import Keys
from bot.settings import Settings


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Embedded defaults with ``var_dir`` in ``tmp_path``, whatever the environment of the machine says."""
    for name in Settings.__fields__:
        monkeypatch.delenv(f"OUDERCHAT_{name.upper()}", raising=False)
    return Settings(var_dir=tmp_path)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """A fresh SQLite file with the tables of every module that the test imports."""
    fresh = make_engine(f"sqlite:///{tmp_path / 'ouderchat.db'}")
    metadata.create_all(fresh)
    yield fresh
    fresh.dispose()


@pytest.fixture
def keys() -> Keys:
    """Secrets of a fresh installation."""
    return Keys((Fernet.generate_key().decode(),), internal="test-internal", signing="test-signing")
