"""Memory is read from the process table."""

import os
import sys
from pathlib import Path

import pytest

from bot.bench.processes import group, memory
from bot.bench.training import measured


def proc(folder: Path, pid: int, leader: int, kilobytes: int) -> None:
    (folder / str(pid)).mkdir()
    (folder / str(pid) / "stat").write_text(f"{pid} (a name) with ) S 1 {leader} {leader} 0 -1\n")
    (folder / str(pid) / "smaps_rollup").write_text(f"55-7f ---p 0 0:0 0 [rollup]\nRss: 9 kB\nPss: {kilobytes} kB\n")


def test_a_group_counts_all_its_processes(tmp_path: Path) -> None:
    proc(tmp_path, 10, 10, 2048)
    proc(tmp_path, 11, 10, 1024)
    proc(tmp_path, 12, 12, 4096)
    assert group(10, tmp_path) == [10, 11]
    assert memory(10, tmp_path) == 3


def test_a_process_that_is_gone_takes_nothing(tmp_path: Path) -> None:
    assert memory(10, tmp_path) == 0


def test_this_process_takes_something() -> None:
    assert memory(os.getpgid(0)) > 5


def test_a_command_is_timed_with_its_highest_memory() -> None:
    hold = "import time; held = bytearray(60_000_000); time.sleep(1.2)"
    seconds, peak = measured((sys.executable, "-c", hold))
    assert seconds > 1
    assert peak > 40


def test_a_failing_command_says_why() -> None:
    with pytest.raises(RuntimeError, match="no data"):
        measured((sys.executable, "-c", "raise SystemExit('no data')"))
