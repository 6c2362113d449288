"""A running service for the tests of publishing: a real door, an assistant, and whoever watches over them."""

from __future__ import annotations

import asyncio
import io
import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import ProxyHandler, build_opener

import aiohttp

from bot.bench.parent import Parent, connected
from bot.keys import load_keys
from bot.launch.child import Child, end_all, module
from bot.launch.console import Console
from bot.launch.handover import Handover, MakeChild, Patience
from bot.launch.house import House, begin
from bot.launch.signals import Stop
from bot.launch.supervisor import Supervisor
from bot.publish.mailbox import Mailbox, Report
from bot.publish.publications import Publications
from bot.settings import ROOT, Settings


class Service:
    """Door and assistant, watched as ``python -m bot run`` does it, in a thread."""

    def __init__(self, settings: Settings, make: MakeChild, patience: Patience) -> None:
        self.settings, self.publications = settings, Publications(settings)
        logs = settings.var_dir / "logs"
        extra = {
            "OUDERCHAT_VAR_DIR": str(settings.var_dir),
            "OUDERCHAT_DOOR_PORT": str(settings.door_port),
            "OUDERCHAT_ASSISTANT_PORT": str(settings.assistant_port),
            "OUDERCHAT_ACTIONS_PORT": str(settings.actions_port),
            "OUDERCHAT_KNOWLEDGE_DIR": str(self.publications.knowledge),
        }
        os.umask(0o077)
        load_keys(settings.var_dir)
        begin(House(settings, [], root=ROOT))
        self.actions = Child("actions", module("actions"), logs / "actions.log", extra=extra)
        self.door = Child("door", module("bot.chat"), logs / "door.log", extra=extra)
        self.make, self.patience = make, patience
        self.children: list[Child] = [self.door, self.actions]
        self.said = io.StringIO()
        self.stop = Stop()
        self._ended = threading.Event()

    def start(self, first: Child) -> None:
        self.children = [first, *self.children]
        console = Console(self.said)
        self.supervisor = Supervisor(self.children, console, self.stop)
        self.handover = Handover(self.settings, self.supervisor, console, self.make, self.patience)
        self.supervisor.start()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        with self.publications.serving():
            while not self._ended.is_set():
                time.sleep(0.05)
                self.supervisor.look()
                self.handover.look()
        self.handover.end()
        self.supervisor.end()

    def end(self) -> None:
        self._ended.set()
        self._thread.join(30)
        end_all(self.children)

    def health(self) -> dict[str, object]:
        address = f"http://127.0.0.1:{self.settings.door_port}/health"
        try:
            with build_opener(ProxyHandler({})).open(address, timeout=3) as answer:
                found: dict[str, object] = json.load(answer)
                return found
        except OSError:
            return {}

    def wait_until_ready(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while self.health().get("assistant") is not True:
            assert time.monotonic() < deadline, self.said.getvalue()
            time.sleep(0.2)

    def use(self, number: int, seconds: float) -> Report:
        mailbox = Mailbox(self.publications.folder)
        return mailbox.wait(mailbox.ask(number), seconds, lambda line: None)


@contextmanager
def running(service: Service, first: Child, seconds: float) -> Iterator[Service]:
    service.start(first)
    try:
        service.wait_until_ready(seconds)
        yield service
    finally:
        service.end()


class Crowd:
    """Parents who go on asking until they are told to stop; all they heard is kept."""

    def __init__(self, base: str, count: int, texts: list[str], pause: float) -> None:
        self._base, self._count, self._texts, self._pause = base, count, texts, pause
        self.asked: list[str] = []
        self.errors: list[str] = []
        self.heard: list[tuple[str, dict[str, object]]] = []

    async def until(self, work: Callable[[], object]) -> object:
        """Ask and ask while ``work`` is done in a thread; what was asked is answered before this ends."""
        done = asyncio.Event()
        timeout = aiohttp.ClientTimeout(total=60)
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0), timeout=timeout) as session:
            parents = [asyncio.create_task(self._parent(session, number, done)) for number in range(self._count)]
            try:
                return await asyncio.to_thread(work)
            finally:
                done.set()
                await asyncio.gather(*parents)

    async def _parent(self, session: aiohttp.ClientSession, number: int, done: asyncio.Event) -> None:
        await asyncio.sleep(self._pause * number / self._count)
        turn = 0
        while not done.is_set():
            # A new conversation now and then: one parent may not send for ever without being slowed down.
            async with connected(session, self._base) as parent:
                for _ in range(8):
                    if done.is_set():
                        return
                    turn += 1
                    await self._ask(parent, f"{self._texts[(number + turn) % len(self._texts)]} ({number}.{turn})")
                    await asyncio.sleep(self._pause)

    async def _ask(self, parent: Parent, text: str) -> None:
        self.asked.append(text)
        try:
            await parent.ask(text)
        except Exception as error:
            self.errors.append(f"{text}: {type(error).__name__} {error}")
        self.heard += parent.replies
        parent.replies.clear()


def copy_of(settings: Settings, publications: Publications, model: Path, content: str) -> int:
    """A publication of the content as it is; ``content`` is what it calls itself."""
    return publications.keep(ROOT, model, content, "toets").number
