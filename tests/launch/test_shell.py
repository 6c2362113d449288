import io
import socket
import sys
from pathlib import Path

import pytest

from bot.launch import shell, training
from bot.launch.console import Console
from bot.settings import Settings
from tests.launch.conftest import fake_command
from tests.launch.test_child import alive, wait_for


@pytest.fixture(autouse=True)
def trained(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "is_current", lambda *_: True)


def run(place: Settings, project: Path, code: str, actions: tuple[str, ...], output: io.StringIO | None = None) -> int:
    console = Console(output or io.StringIO())
    return shell.run(place, (sys.executable, "-c", code), fake_command(*actions), project, console)


def test_the_actions_run_beside_the_shell_and_end_with_it(place: Settings, project: Path) -> None:
    code = f"import socket; socket.create_connection(('127.0.0.1', {place.actions_port})).close(); raise SystemExit(7)"
    assert run(place, project, code, ("serve", str(place.actions_port), "{}")) == 7
    pid = int((place.var_dir / "logs/actions.log").read_text().splitlines()[0].split()[1])
    wait_for(lambda: not alive(pid))


def test_telemetry_is_off_in_the_shell(place: Settings, project: Path) -> None:
    code = "import os; raise SystemExit(os.environ['RASA_TELEMETRY_ENABLED'] != 'false')"
    assert run(place, project, code, ("serve", str(place.actions_port), "{}")) == 0


def test_actions_that_do_not_start_are_told_with_their_log(place: Settings, project: Path) -> None:
    output = io.StringIO()
    assert run(place, project, "", ("die", "no module named actions"), output) == 1
    assert "error: the actions do not start" in output.getvalue()
    assert "no module named actions" in output.getvalue()


def test_a_running_house_is_in_the_way(place: Settings, project: Path) -> None:
    output = io.StringIO()
    with socket.create_server(("127.0.0.1", place.actions_port)):
        assert run(place, project, "", ("sleep",), output) == 1
    assert "OUDERCHAT_ACTIONS_PORT" in output.getvalue()
