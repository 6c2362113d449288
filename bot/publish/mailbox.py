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
    """Use this publication from now on."""

    id: str
    number: int


@dataclass(frozen=True)
class Report:
    """What the service says: ``good`` is None as long as it is busy."""

    lines: tuple[str, ...]
    good: bool | None


class Mailbox:
    """In ``var/publicaties``."""

    def __init__(self, folder: Path) -> None:
        self._request, self._report = folder / "verzoek.json", folder / "uitkomst.json"

    def ask(self, number: int) -> str:
        """Ask for a publication; returns the id of the request."""
        request_id = uuid4().hex
        write_json(self._request, {"id": request_id, "nummer": number})
        return request_id

    def take(self) -> Request | None:
        """The request that waits, if any; it is gone then."""
        raw = read_json(self._request)
        if raw is None:
            return None
        self._request.unlink(missing_ok=True)
        return Request(str(raw["id"]), int(raw["nummer"]))

    def report(self, request: Request, lines: list[str], good: bool | None) -> None:
        """Tell how far it is."""
        write_json(self._report, {"id": request.id, "regels": lines, "goed": good})

    def wait(self, request_id: str, seconds: float, say: Callable[[str], None]) -> Report:
        """Tell each line as it comes, until it is done or the time is over."""
        told = 0
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            raw = read_json(self._report)
            if raw and raw["id"] == request_id:
                for line in raw["regels"][told:]:
                    say(line)
                told = len(raw["regels"])
                if raw["goed"] is not None:
                    return Report(tuple(raw["regels"]), bool(raw["goed"]))
            time.sleep(0.2)
        self._request.unlink(missing_ok=True)
        return Report((f"De dienst gaf na {seconds:.0f} seconden geen uitkomst.",), False)
