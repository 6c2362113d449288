import shutil
import subprocess
from pathlib import Path

import pytest

from bot.settings import ROOT

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PYTHON = """#!/bin/bash
echo "python $* CHROMIUM=${CHROMIUM:-}" >>"$CALLS"
case "$*" in
    -c*) echo "$FETCHED" ;;
    "-m playwright install chromium") [ -z "${NO_NETWORK:-}" ] || { echo "getaddrinfo"; exit 1; }
                                      cp "$WORKING" "$FETCHED" ;;
esac
"""
WORKING = '#!/bin/bash\necho "Chromium 100"\n'
BROKEN = '#!/bin/bash\necho "install me first" >&2; exit 1\n'


class Machine:
    """A set-up project on a machine whose browsers do not run."""

    def __init__(self, folder: Path) -> None:
        self.clone, self.path, self.calls = folder / "clone", folder / "path", folder / "calls"
        (self.clone / ".venv/bin").mkdir(parents=True)
        (self.clone / ".cache").mkdir()
        self.path.mkdir()
        shutil.copytree(ROOT / "scripts", self.clone / "scripts")
        self.write(self.clone / ".venv/bin/python", PYTHON)
        self.write(folder / "working", WORKING)
        self.write(self.path / "make", '#!/bin/bash\necho "make $*" >>"$CALLS"\n')
        for name in BROWSERS:
            self.write(self.path / name, BROKEN)
        self.environment = {
            "PATH": f"{self.path}:/usr/bin:/bin",
            "CALLS": str(self.calls),
            "FETCHED": str(folder / "fetched"),
            "WORKING": str(folder / "working"),
        }

    def write(self, path: Path, script: str) -> None:
        path.write_text(script)
        path.chmod(0o755)

    def test(self, **changes: str) -> subprocess.CompletedProcess[str]:
        environment = {**self.environment, **changes}
        command = [str(self.clone / "scripts/test.sh")]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=30)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


@pytest.mark.parametrize("name", BROWSERS)
def test_a_browser_of_the_system_is_used(machine: Machine, name: str) -> None:
    machine.write(machine.path / name, WORKING)
    result = machine.test()
    assert result.returncode == 0, result.stderr
    calls = machine.calls.read_text()
    assert f"python -m pytest CHROMIUM={machine.path}/{name}\n" in calls
    assert calls.index("check") < calls.index("bot.launch.training") < calls.index("pytest")


def test_without_one_playwright_fetches_it(machine: Machine) -> None:
    result = machine.test()
    assert result.returncode == 0, result.stderr
    assert "Fetching a browser" in result.stdout
    assert "python -m pytest CHROMIUM=\n" in machine.calls.read_text()


def test_with_neither_one_line_says_how_to_get_one(machine: Machine) -> None:
    result = machine.test(NO_NETWORK="1")
    assert result.returncode == 1
    assert result.stderr.startswith("error: no browser for the browser tests: install chromium")
    assert result.stderr.count("\n") == 1
    assert "pytest" not in machine.calls.read_text()


def test_the_rest_can_run_without_and_says_so_at_the_end(machine: Machine) -> None:
    result = machine.test(BROWSER="no", NO_NETWORK="1")
    assert result.returncode == 0, result.stderr
    assert "python -m pytest -m not browser and not faults" in machine.calls.read_text()
    assert result.stdout.endswith("browser tests NOT run\n")


def test_a_failing_check_fails(machine: Machine) -> None:
    machine.write(machine.path / "make", "#!/bin/bash\nexit 2\n")
    assert machine.test(BROWSER="no").returncode != 0
