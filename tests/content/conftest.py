"""A small project without a mistake, to make one in."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.content import check as checking
from bot.content.check import complaints_about
from bot.content.limits import Limits
from bot.content.overview import OVERVIEW, write_overview
from bot.content.reading import read_content

FEW = Limits(messages=2, writers=2, words=30, plain_words=10)

Edit = Callable[[str, str, str], None]
Told = list[tuple[str, int, str]]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of ``tests/content/project`` that may be broken; its knowledge is not looked at."""
    monkeypatch.setattr(checking, "check_knowledge", lambda root: [])
    root = tmp_path / "project"
    shutil.copytree(Path(__file__).parent / "project", root)
    write_overview(read_content(root)[0])
    return root


@pytest.fixture
def edit(project: Path) -> Edit:
    """Replace a piece of a file of the project; it must be there, once."""

    def replace(file: str, old: str, new: str) -> None:
        path = project / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    return replace


@pytest.fixture
def told(project: Path) -> Callable[[], Told]:
    """What staff are told about the project: file, line, text. The table in docs/ has tests of its own."""

    def tell() -> Told:
        return [
            (str(complaint.file.relative_to(project)), complaint.line, complaint.text)
            for complaint in complaints_about(project, FEW)
            if complaint.file != project / OVERVIEW
        ]

    return tell
