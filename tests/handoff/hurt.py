"""The house with a mail server and a ticket system beside it, and the harm that is done to them."""

from __future__ import annotations

import asyncio
import random
import resource
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.engine import Engine

from bot.bench.running import free_ports
from bot.db import make_engine
from bot.launch.child import Child, end_all, module
from bot.settings import Settings
from tests.handoff.receivers import SECRET
from tests.house.running import House, crash


@dataclass
class Place:
    """The house with the receivers beside it."""

    house: House
    receivers: dict[str, Child]
    folder: Path
    engine: Engine
    done: list[str] = field(default_factory=list)
    """The faults that were made, in order."""
    locks: dict[str, asyncio.Lock] = field(default_factory=dict)

    @property
    def settings(self) -> Settings:
        return self.house.settings

    @asynccontextmanager
    async def kept(self) -> AsyncIterator[None]:
        """Start again what ended by itself, as the launcher does: a door that starts while the database is locked."""

        async def keep() -> None:
            while True:
                for name, child in {**self.house.children, **self.receivers}.items():
                    being_hurt = self.locks.setdefault(name, asyncio.Lock()).locked()
                    if not being_hurt and not child.running():
                        child.start()
                await asyncio.sleep(1)

        keeper = asyncio.create_task(keep())
        try:
            yield
        finally:
            keeper.cancel()

    def keys(self, kind: str) -> list[str]:
        """The idempotency keys that a receiver acknowledged; mail may also be files in a folder."""
        file = self.folder / f"{kind}.txt"
        noted = file.read_text().split() if file.exists() else []
        if kind == "mail" and not self.settings.smtp_host:
            files = (self.settings.var_dir / "mail").glob("*.eml")
            noted = [f"{path.name.removesuffix('.eml')}@ouderchat" for path in files]
        return noted

    async def hurt(self, what: str, choose: random.Random) -> None:
        """One fault, and its end; not two of one kind at the same time."""
        async with self.locks.setdefault("door" if what == "disk" else what, asyncio.Lock()):
            self.done.append(what)
            await self._hurt(what, choose)

    async def _hurt(self, what: str, choose: random.Random) -> None:
        if what in self.house.children:
            return await self.house.kill(what, choose.uniform(0.0, 0.5))
        if what in self.receivers:
            return await crash(self.receivers[what], choose.uniform(0.0, 2.0))
        return await (self._fill_disk if what == "disk" else self._lock)(choose.choice((0.5, 1.5, 6.0)))

    async def _fill_disk(self, seconds: float) -> None:
        """No file of the door can grow: neither the folder of outgoing mail nor the database."""
        pid = self.house.children["door"].pid
        assert pid
        # A door that ended by itself meanwhile has no limit any more.
        with suppress(ProcessLookupError):
            before = resource.prlimit(pid, resource.RLIMIT_FSIZE)
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, before[1]))
            await asyncio.sleep(seconds)
            resource.prlimit(pid, resource.RLIMIT_FSIZE, before)

    async def _lock(self, seconds: float) -> None:
        """Another process holds the database; longer than the door waits for it, or shorter."""
        connection = sqlite3.connect(self.settings.var_dir / "ouderchat.db", timeout=20, isolation_level=None)
        try:
            connection.execute("BEGIN IMMEDIATE")
            await asyncio.sleep(seconds)
            connection.execute("ROLLBACK")
        finally:
            connection.close()


@contextmanager
def receivers(folder: Path) -> Iterator[tuple[dict[str, Child], dict[str, str]]]:
    """A mail server and a ticket system, with the settings that lead to them."""
    mail, webhook = free_ports(2)
    ports = {"mail": mail, "webhook": webhook}
    children = {
        name: Child(
            name,
            module("tests.handoff.receivers", name, str(port), str(folder / f"{name}.txt")),
            folder / f"{name}.log",
        )
        for name, port in ports.items()
    }
    settings = {
        "OUDERCHAT_SMTP_HOST": "127.0.0.1",
        "OUDERCHAT_SMTP_PORT": str(mail),
        "OUDERCHAT_SMTP_STARTTLS": "false",
        "OUDERCHAT_HANDOFF_MAIL_TO": "ouderadviseurs@example.org",
        "OUDERCHAT_WEBHOOK_URL": f"http://127.0.0.1:{webhook}/haak",
        "OUDERCHAT_WEBHOOK_SECRET": SECRET,
        "OUDERCHAT_DELIVERY_RETRY_SECONDS": "1",
    }
    for child in children.values():
        child.start()
    try:
        yield children, settings
    finally:
        end_all(list(children.values()))


def make_place(house: House, children: dict[str, Child], folder: Path) -> Place:
    """The place with a connection of its own."""
    return Place(house, children, folder, make_engine(house.settings.db_url))
