import io

import pytest

from bot.launch import console as module
from bot.launch.console import Console


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_in_a_log_a_step_is_a_line_and_counts_each_half_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    output, now = io.StringIO(), [0.0]
    monkeypatch.setattr(module.time, "monotonic", lambda: now[0])
    counter = Console(output).counter("Training")
    for now[0] in (1.0, 29.0, 31.0, 32.0, 65.0):
        counter.tick()
    assert output.getvalue().splitlines() == ["Training ...", "Training ... 30 s", "Training ... 60 s"]


def test_on_a_terminal_one_line_counts_and_makes_place(monkeypatch: pytest.MonkeyPatch) -> None:
    output, now = Terminal(), [0.0]
    monkeypatch.setattr(module.time, "monotonic", lambda: now[0])
    console = Console(output)
    counter = console.counter("Training")
    now[0] = 2.0
    counter.tick()
    counter.tick()
    console.line("Trained")
    assert output.getvalue() == "\r\033[KTraining ... 2 s\r\033[KTrained\n"
