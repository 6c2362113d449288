"""The model of a publication: the one there is, that one with other texts, or one that is trained now."""

from __future__ import annotations

import tarfile
import time
from collections.abc import Sequence
from pathlib import Path

from bot.launch.training import is_current
from bot.publish.beside import Beside, Clock
from bot.publish.learning import basis
from bot.publish.publications import Publications
from bot.publish.responses import responses_of
from bot.publish.stopped import Stopped
from bot.publish.texts import OtherAnswers, with_texts
from bot.settings import Settings
from bot.training import NAME, newest_model


def ready_model(root: Path, settings: Settings, content: str, folder: Path, clock: Clock) -> Path | None:
    """A model that needs no training: the newest, or that of a publication with the texts of ``root`` put in.

    Args:
        root: the folder with the content.
        settings: of the installation.
        content: fingerprint of the folder.
        folder: where a new model may be written.
        clock: takes the lines for staff.
    """
    newest = newest_model(settings.models_dir)
    if newest is not None and is_current(settings, content):
        clock.say("  Het model is er al.")
        return newest
    found = basis(settings, root)
    if found is None:
        return None
    try:
        made = with_texts(Publications(settings).model_of(found), responses_of(root), folder / time.strftime(NAME))
    except (OtherAnswers, tarfile.TarError):
        return None
    clock.say(f"  Alleen teksten veranderden: er is niets te leren. Het model is dat van publicatie {found.number}.")
    return made


class Training:
    """A training in a process of its own."""

    name = "het trainen"

    def __init__(self, command: Sequence[str], root: Path, settings: Settings, folder: Path) -> None:
        self._folder, self.log = folder, settings.var_dir / "logs" / "train.log"
        self._work = Beside(self.name, (*command, str(folder)), self.log, root)

    def look(self) -> bool:
        """See :class:`bot.publish.beside.Part`."""
        ended = self._work.ended()
        if ended is None:
            return False
        if ended != 0 or newest_model(self._folder) is None:
            raise Stopped(f"Het trainen mislukte; zie {self.log}. Er is niets gepubliceerd.")
        return True

    def model(self) -> Path:
        """What was trained."""
        model = newest_model(self._folder)
        assert model is not None
        return model

    def end(self) -> None:
        """End it, if it still runs."""
        self._work.end()
