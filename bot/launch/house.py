"""``python -m bot run``, from the first check to the last child's end."""

from __future__ import annotations

import json
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.request import ProxyHandler, build_opener

from bot.db import make_engine
from bot.keys import keep_private
from bot.launch.checks import NotReady, check_all
from bot.launch.child import Child, module
from bot.launch.console import Console
from bot.launch.signals import Stop
from bot.launch.supervisor import Supervisor
from bot.launch.training import TrainingFailed, train_if_needed
from bot.nlu import language_model
from bot.nlu.language_package import LanguageModelError
from bot.settings import ROOT, Settings

START_SECONDS = 300.0
"""How long the first answer may take; about 20 s is usual, minutes on a busy machine."""

DEATHS_AT_START = 3
"""A child that dies this often before the house is ready will not come up by itself."""


@dataclass(frozen=True)
class House:
    """What is started; tests put smaller things in it.

    Attributes:
        settings: ports and folders.
        children: the processes, in the order of their start.
        train: the command that makes a model.
        root: where data and configuration are.
        start_seconds: how long the children may take until a message can be answered.
    """

    settings: Settings
    children: Sequence[Child]
    train: tuple[str, ...] = module("bot", "train")
    root: Path = ROOT
    start_seconds: float = START_SECONDS


def the_house(settings: Settings) -> House:
    """The three processes of DESIGN."""
    logs = settings.var_dir / "logs"
    commands = {"assistant": "bot.chat.assistant", "actions": "actions", "door": "bot.chat"}
    return House(settings, [Child(name, module(target), logs / f"{name}.log") for name, target in commands.items()])


def run(settings: Settings, house: House | None = None, console: Console | None = None) -> int:
    """Check, train when needed, start, and watch until the operator stops it.

    Returns:
        0 after a stop that was asked for, 1 when the house could not start.
    """
    keep_private()
    console, stop = console or Console(), Stop()
    try:
        with stop.listening():
            _run(house or the_house(settings), console, stop)
    except (NotReady, TrainingFailed, LanguageModelError) as error:
        console.line(f"error: {error}")
        return 1
    console.line("Stopped.")
    return 0


def _run(house: House, console: Console, stop: Stop) -> None:
    check_all(house.settings, house.root)
    console.line(language_model.describe(language_model.current(house.settings.language_models_dir)))
    train_if_needed(house.settings, console, stop, house.root, house.train)
    if stop.asked:
        return
    supervisor = Supervisor(house.children, console, stop)
    try:
        supervisor.start()
        _wait_until_ready(house, supervisor, console, stop)
        while not stop.asked:
            stop.sleep(0.5)
            supervisor.look()
    finally:
        if stop.asked:
            console.line("Stopping ...")
        supervisor.end()


def _wait_until_ready(house: House, supervisor: Supervisor, console: Console, stop: Stop) -> None:
    counter = console.counter("Starting " + ", ".join(child.name for child in house.children))
    while not stop.asked:
        if can_answer(house.settings):
            return _announce(house, console, counter.seconds)
        if dead := supervisor.gave_up_on(DEATHS_AT_START):
            raise NotReady(_report(dead, f"the {dead.name} does not start"))
        if counter.seconds > house.start_seconds:
            raise NotReady(_not_answering(house))
        stop.sleep(0.3)
        supervisor.look()
        counter.tick()
    return None


def can_answer(settings: Settings) -> bool:
    """Whether a message would be answered now: the door reaches the assistant, and the actions listen."""
    try:
        with socket.create_connection(("127.0.0.1", settings.actions_port), timeout=1):
            pass
        # A proxy of the environment has no business on loopback.
        with build_opener(ProxyHandler({})).open(f"{_local_door(settings)}/health", timeout=2) as response:
            health = json.load(response)
    except (OSError, ValueError):
        return False
    return isinstance(health, dict) and health.get("assistant") is True


def _local_door(settings: Settings) -> str:
    host = settings.door_host
    if host in {"0.0.0.0", "::", ""}:
        host = "127.0.0.1"
    return f"http://[{host}]:{settings.door_port}" if ":" in host else f"http://{host}:{settings.door_port}"


def _announce(house: House, console: Console, seconds: float) -> None:
    base = house.settings.base_url
    lines = [f"Ready in {seconds:.0f} s.", f"  chat page    {base}/", f"  inbox        {base}/inbox"]
    if link := _first_login(house.settings):
        lines.append(f"  first login  {link} (makes the first account; works once, 24 hours)")
    lines.append(f"Stop with Ctrl-C. Logs: {house.settings.var_dir / 'logs'}")
    console.line("\n".join(lines))


def _first_login(settings: Settings) -> str | None:
    from bot.handoff.accounts import first_login_link

    engine = make_engine(settings.db_url)
    try:
        return first_login_link(engine, settings.base_url)
    finally:
        engine.dispose()


def _not_answering(house: House) -> str:
    # The assistant is nearly always the one that is late; the door is asked first since it speaks for it.
    suspects = [child for child in house.children if not child.running()] or list(house.children)[:1]
    return _report(suspects[0], f"no message could be answered after {house.start_seconds:.0f} s")


def _report(child: Child, what: str) -> str:
    return "\n".join([f"{what}; the end of {child.log}:", *(f"  {line}" for line in child.last_lines())])
