"""The three processes on free ports with folders of their own, ended whatever happens."""

from __future__ import annotations

import os
import socket
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from bot.bench.processes import memory
from bot.launch.child import Child, end_all
from bot.launch.house import begin, can_answer, the_house
from bot.settings import Settings

START_SECONDS = 180.0


class NotStarted(Exception):
    """The house did not come up; the message has the end of a log."""


def free_ports(count: int) -> list[int]:
    """Ports on 127.0.0.1 that nothing listens on, all different."""
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]
    finally:
        for probe in probes:
            probe.close()


@contextmanager
def apart() -> Iterator[Settings]:
    """Settings of an installation of its own: temporary folders, free ports, nothing sent.

    The processes read them from the environment, which is put back afterwards.
    """
    door, assistant, actions = free_ports(3)
    with tempfile.TemporaryDirectory(prefix="ouderchat-bench-") as folder:
        own = {
            "OUDERCHAT_VAR_DIR": f"{folder}/var",
            "OUDERCHAT_MODELS_DIR": f"{folder}/models",
            "OUDERCHAT_DATABASE_URL": "",
            "OUDERCHAT_DOOR_HOST": "127.0.0.1",
            "OUDERCHAT_DOOR_PORT": str(door),
            "OUDERCHAT_ASSISTANT_PORT": str(assistant),
            "OUDERCHAT_ACTIONS_PORT": str(actions),
            "OUDERCHAT_PUBLIC_URL": "",
            "OUDERCHAT_HANDOFF_MAIL_TO": "",
            "OUDERCHAT_SMTP_HOST": "",
            # Nothing from an earlier training: all of it is measured.
            "RASA_CACHE_DIRECTORY": f"{folder}/cache",
        }
        for name in ("var", "models"):
            (Path(folder) / name).mkdir()
        with _environment(own):
            yield Settings()


@contextmanager
def _environment(values: Mapping[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@contextmanager
def house(settings: Settings) -> Iterator[list[Child]]:
    """Door, assistant and actions, ready to answer.

    Raises:
        NotStarted: one of them ended, or no message could be answered in time.
    """
    the_three = the_house(settings)
    begin(the_three)
    children = list(the_three.children)
    try:
        for child in children:
            child.rotate()
            child.start()
        _wait(settings, children)
        yield children
    finally:
        end_all(children)


def _wait(settings: Settings, children: list[Child]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not can_answer(settings):
        dead = next((child for child in children if not child.running()), None)
        if dead or time.monotonic() > deadline:
            late = dead or children[0]
            raise NotStarted("\n".join([f"the {late.name} does not start:", *late.last_lines()]))
        time.sleep(0.3)


def memories(children: list[Child]) -> dict[str, float]:
    """Megabytes of each process with all that it started."""
    return {child.name: memory(child.pid) for child in children if child.pid}
