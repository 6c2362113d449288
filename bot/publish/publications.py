"""Publications: whole copies of what the assistant works with, and which of them is in use.

``var/publicaties`` holds a folder for each (``0003``: data, knowledge, model, and who made it when), and ``actief``, a
link to the one in use; until something was published it leads to ``werkmap``, which is the folder of the project
itself. Door, actions and assistant read through ``actief``, so that they change over at the same moment.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any

from bot.handoff.clock import utc_now
from bot.nlu import language_model
from bot.settings import ROOT, Settings

KEPT = 8
"""Publications that are kept to go back to; each is some 15 MB."""
AT_START = "start"
"""Made by starting the service, not by somebody: something to go back to after the first publication."""
DIALOGUE = ("domain.yml", "config.yml")
"""Kept with each, to tell later whether the same was learnt."""
_RECORD, _MODEL, _TRIAL = "publicatie.json", "model.tar.gz", "proef"
_COPIED = ("data", "knowledge")
_SERVICE, _PUBLISHER = "dienst.lock", "publiceren.lock"
_TRIES = 5


class Busy(Exception):
    """Somebody else is publishing."""


@dataclass(frozen=True)
class Publication:
    """One publication.

    Attributes:
        number: 1, 2, 3 ...
        content: short hash of the content; two with the same have the same content.
        model: the name of the trained model.
        made: when, ISO, UTC.
        by: who made it; :data:`AT_START` for the service itself.
        note: what is different, in the words of who made it.
        program: hash of the part of the program that the model belongs to.
    """

    number: int
    content: str
    model: str
    made: str
    by: str
    note: str
    program: str

    @property
    def version(self) -> dict[str, str]:
        """What every answer carries."""
        return {"publicatie": str(self.number), "inhoud": self.content, "model": self.model}

    def shown(self) -> str:
        """One line for staff."""
        note = f": {self.note}" if self.note else ""
        return f"{self.number}  {self.made[:16].replace('T', ' ')} UTC  {self.by}{note}  (inhoud {self.content})"


def program_digest(settings: Settings, root: Path = ROOT) -> str:
    """Hash over the components and libraries that a model needs to be loaded with."""
    digest = hashlib.sha256()
    for path in sorted((root / "bot" / "nlu").glob("*.py")):
        digest.update(path.read_bytes())
    libraries = [f"{name} {version(name)}" for name in ("rasa", "scikit-learn", "spacy")]
    digest.update("\0".join([*libraries, language_model.current(settings.language_models_dir).id]).encode())
    return digest.hexdigest()[:16]


class Publications:
    """The folder ``var/publicaties`` of one installation."""

    def __init__(self, settings: Settings) -> None:
        self.folder = settings.var_dir / "publicaties"
        self._settings = settings

    @property
    def link(self) -> Path:
        """Leads to what is in use."""
        return self.folder / "actief"

    @property
    def knowledge(self) -> Path:
        """The knowledge in use, whichever that is."""
        return self.link / "knowledge"

    def all(self) -> list[Publication]:
        """Every publication, oldest first."""
        records = sorted(self.folder.glob(f"[0-9]*/{_RECORD}"))
        return [Publication(**json.loads(record.read_text(encoding="utf-8"))) for record in records]

    def get(self, number: int) -> Publication | None:
        """The publication with a number."""
        return next((one for one in self.all() if one.number == number), None)

    def active(self) -> Publication | None:
        """The one in use; None while it is the folder of the project."""
        with suppress(OSError, ValueError):
            return self.get(int(self.link.resolve().name))
        return None

    def base(self) -> Publication | None:
        """The one in use, or else the last that was: what a service began with that works with the project's folder."""
        used = [one for one in self.all() if self.was_used(one)]
        return self.active() or (used[-1] if used else None)

    def pinned(self) -> Publication | None:
        """What a service that starts has to use: what somebody published or went back to, when the program fits it."""
        active = self.active()
        if active is None or not self.model_of(active).exists():
            return None
        return active if active.program == program_digest(self._settings) else None

    def path(self, publication: Publication) -> Path:
        """The folder of a publication."""
        return self.folder / f"{publication.number:04}"

    def model_of(self, publication: Publication) -> Path:
        """The trained model of a publication."""
        return self.path(publication) / _MODEL

    def keep(self, root: Path, model: Path, content: str, by: str, note: str = "") -> Publication:
        """Copy what is in a folder, with its model, as a new publication; it is not in use yet."""
        number = max((one.number for one in self.all()), default=0) + 1
        program = program_digest(self._settings)
        made = Publication(number, content, model.name, utc_now().isoformat(timespec="seconds"), by, note, program)
        aside = self.folder / f".{number:04}.{os.getpid()}"
        for name in _COPIED:
            source = self._settings.knowledge_dir if name == "knowledge" and root == ROOT else root / name
            shutil.copytree(source, aside / name)
        for name in filter(lambda name: (root / name).exists(), DIALOGUE):
            shutil.copy2(root / name, aside / name)
        shutil.copy2(model, aside / _MODEL)
        (aside / _RECORD).write_text(json.dumps(asdict(made), ensure_ascii=False, indent=1), encoding="utf-8")
        if by != AT_START:
            (aside / _TRIAL).touch()
        aside.rename(self.path(made))
        self._forget_old()
        return made

    def activate(self, publication: Publication) -> None:
        """Use this one from now on; at once and whole."""
        (self.path(publication) / _TRIAL).unlink(missing_ok=True)
        _point(self.link, Path(f"{publication.number:04}"))

    def was_used(self, publication: Publication) -> bool:
        """Whether parents ever had it; one that was refused, or whose making broke off, they never had."""
        return not (self.path(publication) / _TRIAL).exists()

    def discard(self, publication: Publication) -> None:
        """Forget one that never came into use."""
        if not self.was_used(publication) and publication != self.active():
            shutil.rmtree(self.path(publication), ignore_errors=True)

    def clear_up(self) -> None:
        """Remove what an attempt left that was broken off, as by a power cut; only while nobody publishes."""
        for left in self.all():
            self.discard(left)
        for half in [*self.folder.glob(".train-*"), *self.folder.glob(".[0-9]*")]:
            shutil.rmtree(half, ignore_errors=True)

    def use_project(self, root: Path) -> None:
        """Use the folder of the project itself."""
        place = self.folder / "werkmap"
        place.mkdir(parents=True, exist_ok=True)
        _point(place / "data", root / "data")
        _point(place / "knowledge", self._settings.knowledge_dir)
        _point(self.link, Path("werkmap"))

    def _forget_old(self) -> None:
        active = self.active()
        for old in self.all()[:-KEPT]:
            if active is None or old.number != active.number:
                shutil.rmtree(self.path(old), ignore_errors=True)

    @contextmanager
    def serving(self) -> Iterator[None]:
        """Held by the service as long as it runs, so that others can see that it does."""
        with (self.folder_made() / _SERVICE).open("w") as file:
            _lock(file)
            yield

    def is_served(self) -> bool:
        """Whether the service runs."""
        return _is_locked(self.folder / _SERVICE)

    @contextmanager
    def publishing(self) -> Iterator[None]:
        """Held by whoever publishes or goes back, one at a time.

        Raises:
            Busy: somebody else does.
        """
        with (self.folder_made() / _PUBLISHER).open("w") as file:
            if not _lock(file):
                raise Busy("somebody else is publishing")
            yield

    def is_publishing(self) -> bool:
        """Whether whoever publishes is still there."""
        return _is_locked(self.folder / _PUBLISHER)

    def folder_made(self) -> Path:
        """The folder, which is there now."""
        self.folder.mkdir(parents=True, exist_ok=True)
        return self.folder


def _lock(file: IO[str]) -> bool:
    # The kernel lets go when the process ends, however it ends. Somebody may only be looking: hence a few times.
    for _ in range(_TRIES):
        with suppress(OSError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        time.sleep(0.05)
    return False


def _is_locked(path: Path) -> bool:
    try:
        with path.open("r") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return False


def write_json(file: Path, value: Any) -> None:
    """Write a file so that a reader sees the old or the new one, never half of it."""
    aside = file.with_name(f".{file.name}.{os.getpid()}")
    aside.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    aside.replace(file)


def read_json(file: Path) -> Any:
    """What stands in a file; None when there is none that can be read."""
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _point(link: Path, target: Path) -> None:
    aside = link.with_name(f".{link.name}.{os.getpid()}")
    aside.unlink(missing_ok=True)
    aside.symlink_to(target)
    aside.replace(link)
