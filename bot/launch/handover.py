"""A new assistant takes the place of the old one while parents go on.

The new one is started beside the old one, on a port of its own. Only when it answers ten fixed questions rightly, door
and actions are pointed to it, in one step. What the old one is still answering it may finish; then it is ended. When
anything goes wrong before that step, the new one is ended and nobody noticed.

One step of :meth:`Handover.look` never waits, so that the service goes on watching its processes.
"""

from __future__ import annotations

import asyncio
import signal
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from bot.chat.where import FILE as WHERE
from bot.chat.where import follow
from bot.keys import load_keys
from bot.launch.child import Child, end_all
from bot.launch.console import Console
from bot.launch.supervisor import Supervisor
from bot.publish.mailbox import Mailbox, Request
from bot.publish.publications import Publication, Publications, write_json
from bot.settings import Settings

START_SECONDS = 300.0
ASK_SECONDS = 120.0
DRAIN_SECONDS = 40.0
"""Longer than the door waits for an answer, so that nothing is under way any more."""
SETTLE_SECONDS = 1.0
"""A message that was on its way when the door changed over has reached the old one by then."""
END_SECONDS = 10.0

MakeChild = Callable[[Publication, int], Child]
Steps = Iterator[None]
Say = Callable[[str], None]


@dataclass
class Patience:
    """Seconds for each step; tests take less."""

    start: float = START_SECONDS
    ask: float = ASK_SECONDS
    drain: float = DRAIN_SECONDS
    settle: float = SETTLE_SECONDS


class Refused(Exception):
    """The old assistant stays; the message is Dutch."""


class Trial:
    """A new assistant that is started and asked, and talks with no parent yet."""

    def __init__(
        self, settings: Settings, make: MakeChild, publication: Publication, say: Say, patience: Patience | None = None
    ) -> None:
        self.port = free_port()
        self.child = make(publication, self.port)
        self._settings, self._say, self._patience = settings, say, patience or Patience()
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="trial")

    def steps(self) -> Steps:
        """Start it and ask the ten questions, without ever waiting.

        Raises:
            Refused: it does not start, or one answer is wrong.
        """
        self._say("De nieuwe assistent start naast de oude.")
        yield from self._start()
        self._say("De nieuwe assistent beantwoordt tien vaste vragen.")
        yield from self._ask()
        self._pool.shutdown(wait=False)

    def run_to_end(self) -> None:
        """The same, waiting.

        Raises:
            Refused: as :meth:`steps`.
        """
        for _ in self.steps():
            time.sleep(0.2)

    def still_runs(self) -> None:
        """Raises Refused when it does not."""
        if not self.child.running():
            raise Refused(f"De nieuwe assistent stopte; zie {self.child.log}.")

    def _start(self) -> Steps:
        self.child.rotate()
        try:
            self.child.start()
        except OSError as error:
            raise Refused(f"De nieuwe assistent start niet ({error.strerror}).") from error
        deadline = time.monotonic() + self._patience.start
        while True:
            asked = self._pool.submit(call, self._settings, self.port, "ready")
            yield from _until(asked)
            if asked.result():
                return
            self.still_runs()
            if time.monotonic() > deadline:
                raise Refused(f"De nieuwe assistent was na {self._patience.start:.0f} seconden niet klaar.")
            yield

    def _ask(self) -> Steps:
        asked = self._pool.submit(call, self._settings, self.port, "questions")
        deadline = time.monotonic() + self._patience.ask
        while not asked.done():
            if time.monotonic() > deadline:
                raise Refused("De tien vragen duurden te lang.")
            yield
        wrong: list[str] = asked.result()
        if wrong:
            raise Refused("\n  ".join([f"{len(wrong)} van de tien vragen ging fout:", *wrong]))
        self.still_runs()


class Handover:
    """Looks for a request, and carries it out step by step."""

    def __init__(
        self,
        settings: Settings,
        supervisor: Supervisor,
        console: Console,
        make: MakeChild,
        patience: Patience | None = None,
    ) -> None:
        """``make`` gives the process of an assistant for a publication and a port, not started."""
        self._settings, self._supervisor, self._console, self._make = settings, supervisor, console, make
        self._patience = patience or Patience()
        self._publications = Publications(settings)
        self._mailbox = Mailbox(self._publications.folder)
        self._steps: Steps | None = None
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="handover")

    def look(self) -> None:
        """Do the next step, if there is anything to do. Call this often."""
        if self._steps is None:
            request = self._mailbox.take()
            if request:
                self._steps = self._carry_out(request)
        if self._steps is not None and next(self._steps, "done") == "done":
            self._steps = None

    def end(self) -> None:
        """The service stops: end an assistant that did not take over yet, and one that is no longer used."""
        if self._steps is not None:
            self._steps.close()  # type: ignore[attr-defined]
        self._pool.shutdown(wait=False)

    def _carry_out(self, request: Request) -> Steps:
        lines: list[str] = []

        def tell(line: str, good: bool | None = None, ready: bool = False) -> None:
            lines.append(line)
            self._console.line(f"publication {request.number}: {line}")
            self._mailbox.report(request, lines, good, ready)

        publication = self._publications.get(request.number)
        if publication is None:
            return tell(f"Publicatie {request.number} is er niet.", good=False)
        try:
            yield from self._take_over(publication, request, tell)
        except Refused as error:
            tell(f"{error} De assistent die er was, blijft.", good=False)

    def _take_over(self, publication: Publication, request: Request, tell: Callable[..., None]) -> Steps:
        trial = Trial(self._settings, self._make, publication, tell, self._patience)
        try:
            yield from trial.steps()
            if request.waits:
                tell("De nieuwe assistent staat klaar.", ready=True)
                yield from self._decided(request, trial)
        except BaseException:
            end_all([trial.child], grace=1.0)
            raise
        port = follow(self._settings)()
        old = self._switch(publication, trial)
        tell(f"Publicatie {publication.number} is nu in gebruik (inhoud {publication.content}).", good=True)
        if old is not None:
            yield from self._drain(old, port)

    def _decided(self, request: Request, trial: Trial) -> Steps:
        """Wait until whoever publishes wants it to take over.

        Raises:
            Refused: they do not want it, or went away; or the new assistant stopped meanwhile.
        """
        while (go := self._mailbox.decision(request)) is None:
            trial.still_runs()
            if not self._publications.is_publishing():
                raise Refused("Het publiceren werd afgebroken.")
            yield
        if not go:
            raise Refused("Er is niet gepubliceerd.")
        trial.still_runs()

    def _switch(self, publication: Publication, trial: Trial) -> Child | None:
        """Point everybody to the new one; gives the old one, which is still answering."""
        self._publications.activate(publication)
        write_json(self._settings.var_dir / WHERE, {"poort": trial.port, **publication.version})
        return self._supervisor.replace("assistant", trial.child)

    def _drain(self, child: Child, port: int) -> Steps:
        """Let the old one finish what it is answering, and end it."""
        began = time.monotonic()
        try:
            while child.running() and time.monotonic() - began < self._patience.drain:
                asked = self._pool.submit(call, self._settings, port, "busy")
                yield from _until(asked)
                if asked.result() == 0 and time.monotonic() - began > self._patience.settle:
                    break
                yield
            child.signal(signal.SIGTERM)
            ended = time.monotonic()
            while child.running() and time.monotonic() - ended < END_SECONDS:
                yield
        finally:
            end_all([child], grace=0.0)


def call(settings: Settings, port: int, what: str) -> Any:
    """Ask the assistant on a port: is it ready, is it busy, does it answer the ten questions."""
    return asyncio.run(_called(port, load_keys(settings.var_dir).internal, what))


async def _called(port: int, secret: str, what: str) -> Any:
    # Not before they are needed: the service starts at once and stays small beside its processes.
    from bot.chat.relay import HttpAssistant
    from bot.nlu.danger import Detector
    from bot.publish.ten_questions import failures, ten_questions

    assistant = HttpAssistant(port, secret)
    try:
        if what == "ready":
            return await assistant.ready()
        if what == "busy":
            return await assistant.busy()
        return await failures(assistant, ten_questions(), Detector.load())
    finally:
        await assistant.close()


def _until(asked: Future[Any]) -> Steps:
    while not asked.done():
        yield


def free_port() -> int:
    """A port on loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
