import socket
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.launch.child import Child
from bot.settings import ROOT, Settings

Fake = Callable[..., Child]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


def fake_command(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, str(Path(__file__).with_name("fakes.py")), *arguments)


def make_project(root: Path) -> Path:
    """The files that the launcher looks at, in small."""
    for path in ("config.yml", "domain.yml", "endpoints.yml", "data/nlu/tlv.yml", "knowledge/feiten.yml"):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("eerste: 1\ntweede: 2\n")
    return root


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path / "project")


@pytest.fixture
def place(settings: Settings, project: Path, tmp_path: Path) -> Settings:
    """Settings with folders of their own and ports that are free."""
    update = {
        "knowledge_dir": project / "knowledge",
        "models_dir": tmp_path / "models",
        "language_models_dir": tmp_path / "language",
        **{f"{name}_port": free_port() for name in ("door", "assistant", "actions")},
    }
    return settings.copy(update=update)


@pytest.fixture
def fake(tmp_path: Path) -> Fake:
    def make(name: str, *arguments: str) -> Child:
        return Child(name, fake_command(*arguments), tmp_path / "logs" / f"{name}.log", ROOT)

    return make
