"""The knowledge of this process: read once, read again when a file changed."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path

from bot.knowledge.loading import load
from bot.knowledge.model import Knowledge
from bot.knowledge.reading import KnowledgeError
from bot.settings import get_settings

CHECK_SECONDS = 1.0
Stamp = tuple[tuple[str, int, int], ...]
log = logging.getLogger(__name__)


class KnowledgeCache:
    """Holds the knowledge of a folder and follows its files.

    Args:
        directory: the folder with the knowledge files.
        clock: seconds, monotonic.
    """

    def __init__(self, directory: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._directory = directory
        self._clock = clock
        self._lock = threading.Lock()
        self._knowledge: Knowledge | None = None
        self._stamp: Stamp = ()
        self._checked = 0.0

    def current(self) -> Knowledge:
        """The knowledge as it is now; at most one second old.

        A file that turned bad is logged once and what was read before stays in use.

        Raises:
            KnowledgeError: a file is bad at the first read.
        """
        with self._lock:
            if self._knowledge is None:
                self._stamp = self._files()
                self._knowledge = load(self._directory)
                self._checked = self._clock()
            elif self._clock() - self._checked >= CHECK_SECONDS:
                self._checked = self._clock()
                self._refresh()
            return self._knowledge

    def _refresh(self) -> None:
        stamp = self._files()
        if stamp == self._stamp:
            return
        # The stamp moves on also when the file is bad, so that the same error is not logged every second.
        self._stamp = stamp
        try:
            self._knowledge = load(self._directory)
        except KnowledgeError as error:
            log.error("knowledge not reloaded, the version before stays in use: %s", error)

    def _files(self) -> Stamp:
        """Name, time and size of each file; the size catches a second change within the clock's resolution."""
        files = sorted(path for path in self._directory.rglob("*") if path.suffix in (".yml", ".csv"))
        return tuple((str(path), *_time_and_size(path)) for path in files)


def _time_and_size(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except FileNotFoundError:  # an editor replaces the file at this moment
        return 0, 0
    return status.st_mtime_ns, status.st_size


_caches: dict[Path, KnowledgeCache] = {}


def current() -> Knowledge:
    """The knowledge in ``Settings.knowledge_dir``, as :meth:`KnowledgeCache.current`."""
    directory = get_settings().knowledge_dir
    return _caches.setdefault(directory, KnowledgeCache(directory)).current()
