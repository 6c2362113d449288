"""The real house, whose processes are killed one by one: ``make faults``. Minutes, so not part of ``make test``."""

import json
import os
import signal
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import ProxyHandler, Request, build_opener

import pytest

from bot.launch.house import START_SECONDS
from bot.settings import ROOT
from tests.launch.conftest import free_port
from tests.launch.test_child import alive, wait_for

pytestmark = [pytest.mark.faults, pytest.mark.slow]

MODULES = {"door": "bot.chat", "assistant": "bot.chat.assistant", "actions": "actions"}
NEEDS_THE_ACTIONS = "wat betekent de afkorting OPP?"


class RunningHouse:
    """``python -m bot run`` with ports and data of its own, and a parent who asks."""

    def __init__(self, folder: Path) -> None:
        ports = {name: free_port() for name in MODULES}
        changes = {f"OUDERCHAT_{name.upper()}_PORT": str(port) for name, port in ports.items()}
        environment = {**os.environ, **changes, "OUDERCHAT_VAR_DIR": str(folder / "var")}
        self.door = f"http://127.0.0.1:{ports['door']}"
        self.output = folder / "output.txt"
        with self.output.open("wb") as output:
            command = [sys.executable, "-m", "bot", "run"]
            self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output)
        # A training may come first.
        wait_for(lambda: "Stop with Ctrl-C" in self.text() or self.process.poll() is not None, 2 * START_SECONDS)
        assert self.process.poll() is None, self.text()
        self.new_conversation()

    def new_conversation(self) -> None:
        self.token = self.call("POST", "/api/gesprekken", {})["token"]

    def text(self) -> str:
        return self.output.read_text()

    def call(self, method: str, path: str, body: Any = None) -> Any:
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {getattr(self, 'token', '')}"}
        data = None if body is None else json.dumps(body).encode()
        request = Request(self.door + path, data, headers, method=method)
        with build_opener(ProxyHandler({})).open(request, timeout=30) as response:
            return json.load(response)

    def healthy(self) -> bool:
        try:
            return self.call("GET", "/health")["assistant"] is True
        except OSError:
            return False

    def answer(self, text: str) -> dict[str, Any]:
        """What the bot says to ``text``."""
        seq = self.call("POST", "/api/berichten", {"id": uuid.uuid4().hex, "text": text})["seq"]
        replies: list[dict[str, Any]] = []

        def answered() -> bool:
            messages = self.call("GET", "/api/gesprek")["berichten"]
            replies[:] = [message for message in messages if message["seq"] > seq and message["van"] == "bot"]
            return bool(replies)

        wait_for(answered, 30, step=0.5)
        return replies[0]

    def pid(self, name: str) -> int | None:
        """The process of one part, found among the children of the launcher."""
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                parent = (entry / "stat").read_text().rsplit(")", 1)[1].split()[1]
                words = (entry / "cmdline").read_text().split("\0")
            except OSError:
                continue
            if parent == str(self.process.pid) and words[1:3] == ["-m", MODULES[name]]:
                return int(entry.name)
        return None


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHouse]:
    made = RunningHouse(tmp_path_factory.mktemp("house"))
    yield made
    made.process.send_signal(signal.SIGINT)
    made.process.wait(30)


@pytest.mark.parametrize("name", list(MODULES))
def test_a_killed_process_comes_back_and_the_conversation_goes_on(house: RunningHouse, name: str) -> None:
    house.new_conversation()
    assert "storing" not in house.answer(NEEDS_THE_ACTIONS)["meta"]
    before = house.pid(name)
    assert before
    os.kill(before, signal.SIGKILL)
    wait_for(lambda: house.pid(name) not in {None, before}, 30)
    wait_for(house.healthy, START_SECONDS, step=0.5)
    wait_for(lambda: "OPP" in house.answer(NEEDS_THE_ACTIONS)["tekst"], 60, step=3)


def test_without_the_assistant_the_parent_is_told(house: RunningHouse) -> None:
    house.new_conversation()
    assistant = house.pid("assistant")
    assert assistant
    os.kill(assistant, signal.SIGKILL)
    assert house.answer("hoe lang is een tlv geldig?")["meta"]["storing"] is True
    wait_for(house.healthy, START_SECONDS, step=0.5)


def test_a_killed_launcher_leaves_nobody_behind(house: RunningHouse) -> None:
    pids = [pid for name in MODULES if (pid := house.pid(name))]
    assert len(pids) == 3
    os.kill(house.process.pid, signal.SIGKILL)
    wait_for(lambda: not any(alive(pid) for pid in pids), 30)
