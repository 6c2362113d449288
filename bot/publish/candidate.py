"""The new assistant of a publication: started and asked beside the old one, and then it takes over or is ended."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import Protocol

from bot.launch.child import Child, end_all, module
from bot.launch.handover import Refused, Steps, Trial
from bot.publish.beside import Say
from bot.publish.mailbox import Mailbox
from bot.publish.publications import Publication, Publications
from bot.publish.stopped import Stopped
from bot.settings import Settings

WAIT_SECONDS = 600.0
_END_SECONDS = 15.0


class Candidate(Protocol):
    """Not talking with any parent yet."""

    name: str

    def look(self) -> bool:
        """Whether it answered the ten questions; raises Stopped when it never will."""
        ...

    def take_over(self) -> None:
        """Let it take over; raises Stopped when it is refused after all."""
        ...

    def end(self) -> None:
        """It is not wanted; what was in use stays. After it took over this does nothing."""
        ...


def candidate(wanted: Publication, settings: Settings, say: Say) -> Candidate:
    """In the service when that runs; otherwise in processes of its own."""
    kind = InService if Publications(settings).is_served() else Alone
    return kind(wanted, settings, say)


class InService:
    """The service starts it, and tells how far it is."""

    name = "de nieuwe assistent"

    def __init__(self, wanted: Publication, settings: Settings, say: Say) -> None:
        self._publications, self._say, self._told = Publications(settings), say, 0
        self._mailbox = Mailbox(self._publications.folder)
        self._request = self._mailbox.ask(wanted.number, waits=True)
        self._until = time.monotonic() + WAIT_SECONDS
        self._over = False

    def look(self) -> bool:
        """See :class:`Candidate`."""
        report = self._mailbox.heard(self._request)
        for line in report.lines[self._told :]:
            self._say(f"  {line}")
        self._told = len(report.lines)
        if report.good is not None:
            self._over = True
            raise Stopped(report.lines[-1])
        if not self._publications.is_served():
            raise Stopped("De dienst stopte. Er is niets gepubliceerd.")
        if not report.ready and time.monotonic() > self._until:
            raise Stopped(f"De dienst had na {WAIT_SECONDS:.0f} seconden geen nieuwe assistent klaar.")
        return report.ready

    def take_over(self) -> None:
        """See :class:`Candidate`."""
        self._mailbox.decide(self._request, go=True)
        report = self._mailbox.wait(self._request, WAIT_SECONDS, lambda line: None, self._publications.is_served)
        self._over = True
        if not report.good:
            raise Stopped(report.lines[-1])
        self._say(f"  {report.lines[-1]}")

    def end(self) -> None:
        """See :class:`Candidate`."""
        if self._over:
            return
        self._over = True
        self._mailbox.withdraw()
        self._mailbox.decide(self._request, go=False)
        # Not longer than it takes the service to say so: nobody waits for an assistant that is not wanted.
        if self._told:
            self._mailbox.wait(self._request, _END_SECONDS, lambda line: None, self._publications.is_served)


class Alone:
    """The service does not run: the ten questions to an assistant and actions that are ended afterwards."""

    name = "de tien vragen"

    def __init__(self, wanted: Publication, settings: Settings, say: Say) -> None:
        from bot.launch.house import the_house

        make = the_house(settings).assistant
        assert make is not None
        self._wanted, self._publications, self._say = wanted, Publications(settings), say
        self._trial = Trial(settings, make, wanted, lambda line: say(f"  {line}"))
        extra = {"OUDERCHAT_KNOWLEDGE_DIR": str(self._publications.path(wanted) / "knowledge")}
        self._actions = Child(
            "actions", module("actions"), settings.var_dir / "logs" / "actions-proef.log", extra=extra
        )
        self._actions.rotate()
        self._actions.start()
        self._steps: Steps | None = self._trial.steps()

    def look(self) -> bool:
        """See :class:`Candidate`."""
        try:
            if self._steps is not None and next(self._steps, "done") == "done":
                self._steps = None
                self.end()
        except Refused as error:
            self.end()
            raise Stopped(f"{error} Er is niets gepubliceerd.") from error
        return self._steps is None

    def take_over(self) -> None:
        """See :class:`Candidate`."""
        self._publications.activate(self._wanted)
        self._say(f"  De dienst draait nu niet. Bij de volgende start is publicatie {self._wanted.number} in gebruik.")

    def end(self) -> None:
        """See :class:`Candidate`."""
        with suppress(ProcessLookupError):
            end_all([self._trial.child, self._actions])
