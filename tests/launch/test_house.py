import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import ROOT
from tests.launch.conftest import free_port
from tests.launch.test_child import alive, wait_for

READY = '{"assistant": true}'


class Launcher:
    """The launcher as the operator has it: a process with output and an exit status."""

    def __init__(self, project: Path, output: Path) -> None:
        self.project, self.output = project, output
        self.ports = [free_port() for _ in range(3)]
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, health: str = READY, assistant: tuple[str, ...] = ("sleep",)) -> None:
        ports = [str(port) for port in self.ports]
        command = [sys.executable, "-m", "tests.launch.fake_house", str(self.project), *ports, health, *assistant]
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=output)

    def text(self) -> str:
        return self.output.read_text()

    def until(self, words: str) -> None:
        wait_for(lambda: words in self.text() or self.ended() is not None, 20)
        assert words in self.text()

    def ended(self) -> int | None:
        assert self.process
        return self.process.poll()

    def stop(self, number: int = signal.SIGINT) -> int:
        assert self.process
        self.process.send_signal(number)
        return self.process.wait(20)

    def pid_of(self, name: str, word: str = "pid") -> int:
        log = self.project / "var/logs" / f"{name}.log"
        wait_for(lambda: log.exists() and word in log.read_text())
        return int([line for line in log.read_text().splitlines() if line.startswith(word)][-1].split()[1])


@pytest.fixture
def launcher(project: Path, tmp_path: Path) -> Iterator[Launcher]:
    made = Launcher(project, tmp_path / "output.txt")
    yield made
    if made.process and made.process.poll() is None:
        made.process.kill()
        made.process.wait()


def test_it_trains_starts_and_shows_where_to_go(launcher: Launcher) -> None:
    launcher.start()
    launcher.until("Stop with Ctrl-C")
    door = f"http://127.0.0.1:{launcher.ports[0]}"
    text = launcher.text()
    assert "Dutch language model: the embedded default" in text
    assert "Trained in" in text
    assert f"chat page    {door}/\n" in text
    assert f"inbox        {door}/inbox\n" in text
    assert f"first login  {door}/" in text
    assert launcher.stop() == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_stop_ends_everyone(launcher: Launcher, number: int) -> None:
    launcher.start()
    launcher.until("Stop with Ctrl-C")
    pids = [launcher.pid_of(name) for name in ("door", "actions", "assistant")]
    pids.append(launcher.pid_of("assistant", "grandchild"))
    assert launcher.stop(number) == 0
    assert launcher.text().endswith("Stopping ...\nStopped.\n")
    wait_for(lambda: not any(alive(pid) for pid in pids))


def test_a_child_that_dies_is_restarted(launcher: Launcher) -> None:
    launcher.start()
    launcher.until("Stop with Ctrl-C")
    first = launcher.pid_of("door")
    os.kill(first, signal.SIGKILL)
    launcher.until("the door ended (status -9); it starts again in 1 s")
    wait_for(lambda: launcher.pid_of("door") != first)
    assert launcher.stop() == 0


def test_a_port_in_use_is_one_line_and_status_1(launcher: Launcher) -> None:
    with socket.create_server(("127.0.0.1", launcher.ports[0])):
        launcher.start()
        assert launcher.process
        assert launcher.process.wait(20) == 1
    assert launcher.text().count("\n") == 1
    assert f"error: port {launcher.ports[0]} for the door cannot be used" in launcher.text()


def test_a_broken_file_is_one_line_and_status_1(launcher: Launcher) -> None:
    (launcher.project / "data/nlu/tlv.yml").write_text("a: 1\n b: 2\n")
    launcher.start()
    assert launcher.process
    assert launcher.process.wait(20) == 1
    assert launcher.text() == "error: data/nlu/tlv.yml:2: mapping values are not allowed in this context\n"


def test_an_assistant_that_never_answers_is_told_with_its_log(launcher: Launcher) -> None:
    launcher.start(health='{"assistant": false}')
    pid = launcher.pid_of("assistant")
    assert launcher.process
    assert launcher.process.wait(20) == 1
    assert "error: no message could be answered after 2 s; the end of" in launcher.text()
    assert not alive(pid)


def test_a_child_that_cannot_start_is_told_with_its_log(launcher: Launcher) -> None:
    launcher.start(health='{"assistant": false}', assistant=("die", "no model here"))
    assert launcher.process
    assert launcher.process.wait(20) == 1
    assert "  no model here" in launcher.text()
