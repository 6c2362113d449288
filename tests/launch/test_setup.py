import shutil
import subprocess
import time
from pathlib import Path

import pytest

from bot.settings import ROOT

UV = """#!/bin/bash
echo "uv $*" >>"$CALLS"
case "$1" in
    --version) echo "uv ${UV_SAYS:-0.9.0}" ;;
    sync) [ -z "${NO_NETWORK:-}" ] || { echo "error: no fetch"; echo " Caused by: dns error"; echo " hint: x"; exit 2; }
          mkdir -p .venv/bin && cp "$TOOLS/python-ok" .venv/bin/python ;;
    python) [ "$2" = find ] && echo "$TOOLS/python-ok" || [ -z "${NO_NETWORK:-}" ] || { echo "no route"; exit 2; } ;;
esac
"""
PYTHON_OK = """#!/bin/bash
echo "python $*" >>"$CALLS"
case "$*" in
    *version_info*) exit 0 ;;
    *sys.executable*) echo "$0" ;;
    "-m venv "*) mkdir -p "$3/bin" && cp "$TOOLS/python-ok" "$3/bin/python" ;;
    "-m pip install "*) [ -z "${NO_NETWORK:-}" ] || { echo "ERROR: No matching distribution"; exit 1; }
                        cp "$TOOLS/uv-own" .cache/uv-venv/bin/uv ;;
    "-m bot.nlu.language_model") echo "Dutch language model: fake" ;;
esac
"""
PYTHON_OTHER = """#!/bin/bash
case "$*" in *version_info*) exit 1 ;; *) exec "$TOOLS/python-ok" "$@" ;; esac
"""
SHIM = '#!/bin/bash\necho "pyenv: version 3.10 is not installed" >&2\nexit 127\n'


class Machine:
    """A machine with the programs that a test gives it, and a clone of the project."""

    def __init__(self, folder: Path) -> None:
        self.clone, self.tools, self.path, self.calls = (folder / name for name in ("clone", "tools", "path", "calls"))
        for made in (self.clone, self.tools, self.path):
            made.mkdir()
        shutil.copytree(ROOT / "scripts", self.clone / "scripts")
        for name in ("pyproject.toml", "uv.lock"):
            (self.clone / name).write_text("1")
        self._write(self.tools / "python-ok", PYTHON_OK)
        self._write(self.tools / "uv-own", UV)
        # Whatever the real machine has, these come first.
        self.has("python3.10", SHIM)
        self.has("python3", PYTHON_OTHER)
        self.has("pyenv", SHIM)
        self.has("uv", SHIM)
        self.environment: dict[str, str] = {}

    def _write(self, path: Path, script: str) -> None:
        path.write_text(script)
        path.chmod(0o755)

    def has(self, name: str, script: str) -> None:
        self._write(self.path / name, script)

    def set_up(self) -> subprocess.CompletedProcess[str]:
        self.calls.write_text("")
        environment = {
            "PATH": f"{self.path}:/usr/bin:/bin",
            "CALLS": str(self.calls),
            "TOOLS": str(self.tools),
            **self.environment,
        }
        script = self.clone / "scripts/setup.sh"
        return subprocess.run([str(script)], env=environment, capture_output=True, text=True, check=False, timeout=30)

    def called(self, words: str) -> bool:
        return words in self.calls.read_text()


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    made = Machine(tmp_path)
    made.has("python3.10", PYTHON_OK)
    made.has("uv", UV)
    return made


def test_a_clone_gets_its_packages_and_language_model(machine: Machine) -> None:
    result = machine.set_up()
    assert result.returncode == 0, result.stderr
    assert machine.called(f"uv sync --frozen --python {machine.path}/python3.10")
    assert result.stdout.splitlines()[0].startswith("Installing the packages into .venv")
    assert result.stdout.endswith("Dutch language model: fake\n")


def test_a_second_time_nothing_is_done_and_at_once(machine: Machine) -> None:
    machine.set_up()
    began = time.monotonic()
    result = machine.set_up()
    assert time.monotonic() - began < 0.5
    assert (result.returncode, result.stdout, machine.calls.read_text()) == (0, "", "")


@pytest.mark.parametrize("name", ["pyproject.toml", "uv.lock"])
def test_a_change_of_the_dependencies_is_installed(machine: Machine, name: str) -> None:
    machine.set_up()
    (machine.clone / name).write_text("2")
    machine.set_up()
    assert machine.called("uv sync")


def test_a_venv_that_is_gone_is_made_again(machine: Machine) -> None:
    machine.set_up()
    shutil.rmtree(machine.clone / ".venv")
    machine.set_up()
    assert machine.called("uv sync")


def test_a_language_model_that_is_given_is_looked_at_each_time(machine: Machine) -> None:
    machine.set_up()
    machine.environment["OUDERCHAT_SPACY_MODEL"] = "/some/file.whl"
    assert machine.set_up().returncode == 0
    assert machine.called("python -m bot.nlu.language_model")


def test_a_shim_that_does_not_run_leads_to_the_python_of_pyenv(machine: Machine) -> None:
    prefix = machine.tools / "3.10.99"
    (prefix / "bin").mkdir(parents=True)
    shutil.copy(machine.tools / "python-ok", prefix / "bin/python")
    machine.has("python3.10", SHIM)
    machine.has("pyenv", f'#!/bin/bash\n[ "$*" = "prefix 3.10" ] && echo {prefix}\n')
    assert machine.set_up().returncode == 0
    assert machine.called(f"uv sync --frozen --python {prefix}/bin/python")


def test_without_any_python_310_uv_fetches_one(machine: Machine) -> None:
    machine.has("python3.10", SHIM)
    result = machine.set_up()
    assert result.returncode == 0, result.stderr
    assert "Fetching Python 3.10 ..." in result.stdout
    assert machine.called("uv python install 3.10")


def test_no_python_310_to_be_had_is_one_line(machine: Machine) -> None:
    machine.has("python3.10", SHIM)
    machine.environment["NO_NETWORK"] = "1"
    result = machine.set_up()
    assert result.returncode == 1
    assert result.stderr.startswith("error: no Python 3.10 found and it could not be fetched: no route. Install it")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("uv", [SHIM, UV])
def test_a_uv_that_is_missing_or_too_old_is_brought_along(machine: Machine, uv: str) -> None:
    machine.has("uv", uv.replace("0.9.0", "0.6.17"))
    result = machine.set_up()
    assert result.returncode == 0, result.stderr
    assert "Installing uv" in result.stdout
    assert machine.called("-m pip install --quiet --disable-pip-version-check --retries 1 uv==")


def test_no_network_for_uv_is_one_line(machine: Machine) -> None:
    machine.has("uv", SHIM)
    machine.environment["NO_NETWORK"] = "1"
    result = machine.set_up()
    assert result.returncode == 1
    assert result.stderr.startswith(
        "error: could not install uv: ERROR: No matching distribution. PyPI must be reachable"
    )
    assert result.stderr.count("\n") == 1


def test_no_network_for_the_packages_is_one_line(machine: Machine) -> None:
    machine.environment["NO_NETWORK"] = "1"
    result = machine.set_up()
    assert result.returncode == 1
    assert result.stderr.startswith(
        "error: could not install the packages: Caused by: dns error. PyPI must be reachable"
    )
    assert result.stderr.count("\n") == 1
    machine.environment.clear()
    assert machine.set_up().returncode == 0


def test_a_folder_that_cannot_be_written_is_one_line(machine: Machine) -> None:
    (machine.clone / ".cache").write_text("a file where the folder should be")
    result = machine.set_up()
    assert result.returncode == 1
    assert result.stderr.startswith(f"error: cannot write in {machine.clone}: ")
    assert result.stderr.count("\n") == 1


def test_a_language_model_that_is_damaged_stops_the_set_up(machine: Machine) -> None:
    broken = PYTHON_OK.replace('echo "Dutch language model: fake"', "exit 1")
    (machine.tools / "python-ok").write_text(broken)
    assert machine.set_up().returncode == 1
    (machine.tools / "python-ok").write_text(PYTHON_OK)
    assert machine.set_up().returncode == 0
    assert machine.called("uv sync")
