import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.launch.child import Child, end_all
from bot.settings import ROOT
from tests.launch.conftest import Fake


def wait_for(condition: Callable[[], object], seconds: float = 10, step: float = 0.02) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(step)


def alive(pid: int) -> bool:
    try:
        # A zombie that its new parent has not fetched yet runs no more.
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def reported(child: Child, word: str) -> int:
    # A line may be there before it is whole.
    whole = re.compile(rf"{word} (\d+)\s*$")
    wait_for(lambda: any(whole.match(line) for line in child.last_lines()))
    return int(next(found[1] for line in child.last_lines() if (found := whole.match(line))))


def started(child: Child) -> Child:
    child.rotate()
    child.start()
    return child


def test_what_a_child_writes_is_in_its_log(fake: Fake) -> None:
    child = started(fake("door", "die", "no such thing"))
    wait_for(lambda: child.ended() is not None)
    assert child.ended() == 3
    assert child.last_lines() == ["no such thing"]


def test_one_earlier_log_is_kept(fake: Fake) -> None:
    for text in ("first", "second", "third"):
        child = started(fake("door", "die", text))
        wait_for(lambda child=child: child.ended() is not None)
    assert child.log.read_text() == "third\n"
    assert child.log.with_name("door.log.1").read_text() == "second\n"


def test_the_end_takes_along_what_the_child_started(fake: Fake) -> None:
    child = started(fake("assistant", "sleep"))
    grandchild = reported(child, "grandchild")
    end_all([child])
    assert not child.running()
    wait_for(lambda: not alive(grandchild))


def test_a_child_that_does_not_hear_is_killed_after_the_grace(fake: Fake) -> None:
    child = started(fake("door", "stubborn"))
    reported(child, "pid")
    end_all([child], grace=0.2)
    assert child.ended() == -9


def test_a_second_request_does_not_wait_for_the_grace(fake: Fake) -> None:
    child = started(fake("door", "stubborn"))
    reported(child, "pid")
    began = time.monotonic()
    end_all([child], hurry=lambda: True)
    assert time.monotonic() - began < 2


def test_telemetry_is_off_in_every_child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RASA_TELEMETRY_ENABLED", "true")
    show = "import os; print(os.environ['RASA_TELEMETRY_ENABLED'])"
    child = started(Child("door", [sys.executable, "-c", show], tmp_path / "door.log"))
    wait_for(lambda: child.ended() is not None)
    assert child.last_lines() == ["false"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent died")
def test_children_end_when_the_launcher_is_killed(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from bot.launch.child import Child\n"
        "child = Child('door', [sys.executable, '-c', 'import time; time.sleep(60)'], Path(sys.argv[1]))\n"
        "child.start(); print(child.pid, flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "door.log")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, text=True) as launcher:
        assert launcher.stdout
        pid = int(launcher.stdout.readline())
        os.kill(launcher.pid, 9)
    wait_for(lambda: not alive(pid))
