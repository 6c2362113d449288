"""The door's HTTP: as Sanic's, but a request has one time limit as a whole and connections are counted."""

from __future__ import annotations

import asyncio
import resource
from contextlib import suppress
from typing import cast

from sanic.http import Stage
from sanic.server.protocols.http_protocol import HttpProtocol

MOST_CONNECTIONS = 8192
_LAST_WORDS = 1.0
"""Seconds in which a client can read that it took too long."""
_SPARE_FILES = 128
"""For the database, the log, and the connections to the assistant."""


class DoorProtocol(HttpProtocol):
    """Sanic starts its clock again at every byte, so that one byte now and then keeps a request open for ever."""

    def data_received(self, data: bytes) -> None:
        """Take in what came; only the first byte of a request starts the clock."""
        # The very first bytes may come before the task of the connection has begun.
        http = getattr(self, "_http", None)
        started = self._time if http is not None and http.stage is not Stage.IDLE else None
        super().data_received(data)
        if started is not None:
            self._time = started

    def check_timeouts(self) -> None:
        """End what takes too long, also when the client goes on sending after it was told so."""
        super().check_timeouts()  # type: ignore[no-untyped-call]
        if getattr(self._http, "exception", None) is not None:
            self.loop.call_later(_LAST_WORDS, self.abort)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take on a connection, unless there are too many already."""
        if len(self.connections) >= most_connections():
            cast(asyncio.Transport, transport).abort()
            return
        super().connection_made(transport)  # type: ignore[no-untyped-call]


def most_connections() -> int:
    """How many connections fit in the files that this process may have open."""
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return min(MOST_CONNECTIONS, max(files - _SPARE_FILES, _SPARE_FILES))


def allow_many_files() -> None:
    """Use what the system allows this process; many systems start it with place for 1024 files."""
    files, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(OSError, ValueError):
        wanted = MOST_CONNECTIONS + _SPARE_FILES
        allowed = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(files, allowed), most))
