"""Knowledge is read once and follows its files without a restart."""

import logging
from pathlib import Path

import pytest

from bot.knowledge import KnowledgeCache, KnowledgeError, cache


class Clock:
    """Seconds that a test moves on."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def _replace(file: Path, right: str, wrong: str) -> None:
    file.write_text(file.read_text(encoding="utf-8").replace(right, wrong, 1), encoding="utf-8")


def test_files_are_read_once(folder: Path, clock: Clock) -> None:
    held = KnowledgeCache(folder, clock)
    first = held.current()
    clock.now += 60

    assert held.current() is first


def test_a_change_is_seen_after_a_second_not_before(folder: Path, clock: Clock) -> None:
    held = KnowledgeCache(folder, clock)
    held.current()
    _replace(folder / "scholen_extra.yml", "roepnaam: De Ark", "roepnaam: De Nieuwe Ark")

    clock.now += 0.5
    assert held.current().school("12PM00").name == "De Ark"  # type: ignore[union-attr]
    clock.now += 0.6
    assert held.current().school("12PM00").name == "De Nieuwe Ark"  # type: ignore[union-attr]


def test_a_broken_file_keeps_the_knowledge_and_is_logged_once(
    folder: Path, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    held = KnowledgeCache(folder, clock)
    first = held.current()
    _replace(folder / "begrippen.yml", "    uitleg: ", "    uitlg: ")

    with caplog.at_level(logging.ERROR):
        for _ in range(3):
            clock.now += 2
            assert held.current() is first

    assert len(caplog.records) == 1
    assert "begrippen.yml, regel" in caplog.text


def test_a_repaired_file_is_taken_up(folder: Path, clock: Clock) -> None:
    held = KnowledgeCache(folder, clock)
    first = held.current()
    _replace(folder / "begrippen.yml", "    uitleg: ", "    uitlg: ")
    clock.now += 2
    held.current()
    _replace(folder / "begrippen.yml", "    uitlg: ", "    uitleg: ")
    clock.now += 2

    assert held.current() is not first


def test_a_file_that_is_broken_at_the_first_read_is_an_error(folder: Path, clock: Clock) -> None:
    (folder / "scholen.csv").write_text("", encoding="utf-8")

    with pytest.raises(KnowledgeError):
        KnowledgeCache(folder, clock).current()


def test_the_knowledge_of_the_settings_is_shared() -> None:
    assert cache.current() is cache.current()
