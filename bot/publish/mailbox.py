"""How the command asks the service to change over, and hears what came of it: two small files."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from bot.publish.publications import read_json, write_json


@dataclass(frozen=True)
class Request:
    """Use this publication from now on.

    Attributes:
        id: of this request.
        number: of the publication.
        waits: start and ask it, and take over only when :meth:`Mailbox.decision` says so.
    """

    id: str
    number: int
    waits: bool = False


@dataclass(frozen=True)
class Report:
    """What the service says.

    Attributes:
        lines: all it told.
        good: how it ended; None as long as it is busy.
        ready: it answered the ten questions, and waits for a decision.
    """

    lines: tuple[str, ...]
    good: bool | None = None
    ready: bool = False


class Mailbox:
    """In ``var/publicaties``."""

    def __init__(self, folder: Path) -> None:
        self._request, self._report = folder / "verzoek.json", folder / "uitkomst.json"
        self._decision = folder / "besluit.json"

    def ask(self, number: int, waits: bool = False) -> str:
        """Ask for a publication; returns the id of the request."""
        request_id = uuid4().hex
        write_json(self._request, {"id": request_id, "nummer": number, "wacht": waits})
        return request_id

    def take(self) -> Request | None:
        """The request that waits, if any; it is gone then."""
        raw = read_json(self._request)
        if raw is None:
            return None
        self._request.unlink(missing_ok=True)
        return Request(str(raw["id"]), int(raw["nummer"]), bool(raw.get("wacht")))

    def withdraw(self) -> None:
        """Ask no longer, if nobody took the request yet."""
        self._request.unlink(missing_ok=True)

    def report(self, request: Request, lines: list[str], good: bool | None, ready: bool = False) -> None:
        """Tell how far it is."""
        write_json(self._report, {"id": request.id, "regels": lines, "goed": good, "klaar": ready})

    def heard(self, request_id: str) -> Report:
        """What the service said about a request up to now."""
        raw = read_json(self._report)
        if not raw or raw["id"] != request_id:
            return Report(())
        return Report(tuple(raw["regels"]), raw["goed"], bool(raw.get("klaar")))

    def decide(self, request_id: str, go: bool) -> None:
        """Let a publication that is ready take over, or not."""
        write_json(self._decision, {"id": request_id, "door": go})

    def decision(self, request: Request) -> bool | None:
        """What was decided about a request; None as long as nothing was."""
        raw = read_json(self._decision)
        return bool(raw["door"]) if raw and raw["id"] == request.id else None

    def wait(
        self, request_id: str, seconds: float, say: Callable[[str], None], there: Callable[[], bool] = lambda: True
    ) -> Report:
        """Tell each line as it comes, until it is done, the time is over, or the service is not ``there`` any more."""
        told = 0
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and there():
            report = self.heard(request_id)
            for line in report.lines[told:]:
                say(line)
            told = len(report.lines)
            if report.good is not None:
                return report
            time.sleep(0.2)
        self.withdraw()
        gone = "De dienst stopte." if not there() else f"De dienst gaf na {seconds:.0f} seconden geen uitkomst."
        return Report((gone,), False)
