"""``python -m bot run``, from the first check to the last child's end."""

from __future__ import annotations

import json
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.request import ProxyHandler, build_opener

from bot.chat.where import FILE as WHERE
from bot.db import make_engine
from bot.keys import keep_private
from bot.launch.checks import NotReady, check_all
from bot.launch.child import Child, module
from bot.launch.console import Console
from bot.launch.handover import Handover, MakeChild
from bot.launch.signals import Stop
from bot.launch.supervisor import Supervisor
from bot.launch.training import TrainingFailed, fingerprint, is_current, train_if_needed
from bot.nlu import language_model
from bot.nlu.language_package import LanguageModelError
from bot.publish.publications import AT_START, Publication, Publications
from bot.settings import ROOT, Settings
from bot.training import newest_model

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
        assistant: gives the process of an assistant for a publication and a port.
    """

    settings: Settings
    children: Sequence[Child]
    train: tuple[str, ...] = module("bot", "train")
    root: Path = ROOT
    start_seconds: float = START_SECONDS
    assistant: MakeChild | None = None


def the_house(settings: Settings) -> House:
    """The three processes of DESIGN; with the publication that is in use, if any.

    They read the knowledge through a link that :func:`begin` makes.
    """
    logs, publications = settings.var_dir / "logs", Publications(settings)
    extra = {"OUDERCHAT_KNOWLEDGE_DIR": str(publications.knowledge)}

    def assistant(publication: Publication, port: int) -> Child:
        words = ("--model", str(publications.model_of(publication)), "--poort", str(port))
        version = ("--versie", json.dumps(publication.version))
        log = logs / f"assistant-{publication.number}.log"
        # It loads before the link leads to what it belongs to.
        own = {"OUDERCHAT_KNOWLEDGE_DIR": str(publications.path(publication) / "knowledge")}
        return Child("assistant", module("bot.chat.assistant", *words, *version), log, extra=own)

    published = publications.pinned()
    first = assistant(published, settings.assistant_port) if published else None
    commands = {"assistant": "bot.chat.assistant", "actions": "actions", "door": "bot.chat"}
    children = [Child(name, module(target), logs / f"{name}.log", extra=extra) for name, target in commands.items()]
    return House(settings, [first, *children[1:]] if first else children, assistant=assistant)


def begin(house: House) -> Publication | None:
    """Make the link through which the processes read; nobody was sent to another port yet.

    Returns:
        The publication that is in use, None when it is the folder of the project.
    """
    publications = Publications(house.settings)
    published = publications.pinned()
    if published is None:
        publications.use_project(house.root)
    (house.settings.var_dir / WHERE).unlink(missing_ok=True)
    return published


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
    published = begin(house)
    if published is None:
        train_if_needed(house.settings, console, stop, house.root, house.train)
    else:
        console.line(f"Publication {published.number} is in use (content {published.content}): {published.note}")
    if not stop.asked:
        _serve(house, console, stop, published)


def _serve(house: House, console: Console, stop: Stop, published: Publication | None) -> None:
    publications = Publications(house.settings)
    supervisor = Supervisor(house.children, console, stop)
    handover = Handover(house.settings, supervisor, console, house.assistant) if house.assistant else None
    try:
        with publications.serving():
            supervisor.start()
            _wait_until_ready(house, supervisor, console, stop)
            if handover and published is None:
                keep_first(house)
            while not stop.asked:
                stop.sleep(0.2)
                supervisor.look()
                if handover:
                    handover.look()
    finally:
        if stop.asked:
            console.line("Stopping ...")
        if handover:
            handover.end()
        supervisor.end()


def keep_first(house: House) -> None:
    """Keep what the folder of the project gave as a publication, so that there is something to go back to."""
    publications, model = Publications(house.settings), newest_model(house.settings.models_dir)
    content = fingerprint(house.settings, house.root)[:12]
    kept = publications.all()
    if model and not (kept and kept[-1].content == content) and is_current(house.settings, fingerprint(house.settings)):
        publications.keep(house.root, model, content, AT_START)


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
