"""Hand-offs while the house is hurt: parents who keep trying, harm at random moments, and what must be true after."""

from __future__ import annotations

import asyncio
import itertools
import random
import resource
import signal
import sqlite3
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import aiohttp
from sqlalchemy import select
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.bench.running import free_ports
from bot.chat.messages import Before
from bot.chat.relay import HttpAssistant
from bot.chat.turn import finish, prepare
from bot.db import make_engine, reading
from bot.handoff.cases import cases
from bot.handoff.outbox import outbox_table
from bot.keys import load_keys
from bot.launch.child import Child, end_all, module
from bot.nlu.danger import Detector
from bot.privacy.vault import Vault
from bot.settings import Settings
from tests.handoff.receivers import SECRET
from tests.house.running import House

HARM = ("door", "actions", "mail", "webhook", "disk", "lock")
ASSISTANT_ONE_IN = 10
PATIENCE = 600.0
"""Seconds within which a parent must have succeeded, and everything must be delivered; minutes, for a busy machine."""


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
            return await self._kill_receiver(what, choose.uniform(0.0, 2.0))
        return await (self._fill_disk if what == "disk" else self._lock)(choose.choice((0.5, 1.5, 6.0)))

    async def _kill_receiver(self, name: str, seconds: float) -> None:
        child = self.receivers[name]
        child.signal(signal.SIGKILL)
        while child.running():
            await asyncio.sleep(0.01)
        await asyncio.sleep(seconds)
        child.start()

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


def attempts() -> Iterator[int]:
    """Numbers, until the patience is at an end."""
    end = time.monotonic() + PATIENCE
    return itertools.takewhile(lambda _: time.monotonic() < end, itertools.count())


class Told:
    """What a parent was told about the case, held against the database at that moment."""

    def __init__(self, place: Place, conversation_id: str) -> None:
        self._place, self.conversation_id, self.code = place, conversation_id, ""

    def codes(self) -> list[str]:
        """The references of the cases of this conversation."""
        query = select(cases.c.code).filter_by(conversation_id=self.conversation_id)
        with reading(self._place.engine) as connection:
            return list(connection.execute(query).scalars())

    def stored(self, code: str) -> None:
        """ "Uw code is ..." """
        self.code = code[:9]
        assert self.codes() == [self.code], "a receipt without its one case"

    def nothing_sent(self) -> None:
        """ "Er is niets verstuurd" """
        assert self.codes() == [], "told that nothing was sent, and there is a case"


async def by_form(place: Place, session: aiohttp.ClientSession, number: int, choose: random.Random) -> Told:
    """A parent on the chat page, who sends the same form until there is a receipt."""
    begun = await _until(session, "POST", f"{place.house.base}/api/gesprekken", None, {})
    told = Told(place, begun["gesprek"])
    headers = {"Authorization": f"Bearer {begun['token']}"}
    if choose.random() < 0.5:
        message = {"id": uuid4().hex, "text": "hoe lang is een tlv geldig"}
        await _until(session, "POST", f"{place.house.base}/api/berichten", message, headers)
    form = {"waar_gaat_het_over": "De TLV van mijn zoon", "telefoon_of_email": phone(number), "naam": "Samira"}
    consent = uuid4().hex
    for _ in attempts():
        with suppress(aiohttp.ClientError, asyncio.TimeoutError):
            if await _submit(place, session, headers, form, consent, told):
                return told
        await asyncio.sleep(0.3)
    raise AssertionError("no receipt in time")


async def _submit(
    place: Place,
    session: aiohttp.ClientSession,
    headers: dict[str, str],
    form: dict[str, str],
    consent: str,
    told: Told,
) -> bool:
    """One attempt: preview, then consent; whether there is a receipt."""
    url, limit = f"{place.house.base}/api/overdracht", aiohttp.ClientTimeout(total=20)
    async with session.post(f"{url}/voorbeeld", json=form, headers=headers, timeout=limit) as answer:
        if answer.status != 200:
            return False
        seen = await answer.json()
    body = {**form, "id": consent, "tot": seen["tot"], "kenmerk": seen["kenmerk"], "toestemming": True}
    async with session.post(url, json=body, headers=headers, timeout=limit) as answer:
        data = await answer.json()
        if answer.status in (200, 201):
            told.stored(data["code"])
            return True
        assert answer.status in (409, 429, 500, 503), answer.status
        return False


async def _until(
    session: aiohttp.ClientSession, method: str, url: str, body: object, headers: dict[str, str]
) -> dict[str, str]:
    for _ in attempts():
        with suppress(aiohttp.ClientError, asyncio.TimeoutError):
            limit = aiohttp.ClientTimeout(total=20)
            async with session.request(method, url, json=body, headers=headers, timeout=limit) as answer:
                if answer.status < 300:
                    return dict(await answer.json())
        await asyncio.sleep(0.3)
    raise AssertionError(f"{url}: no answer in time")


def phone(number: int) -> str:
    """A number of its own for each parent, so that it can be looked for afterwards."""
    return f"06-1{number:07d}"


async def by_text(place: Place, number: int, choose: random.Random) -> Told:
    """A parent who holds the conversation in plain text, and types again what got no answer."""
    told = Told(place, uuid4().hex)
    keys = load_keys(place.settings.var_dir)
    vault, detector = Vault(place.engine, keys), Detector.load()
    assistant = HttpAssistant(place.settings.assistant_port, keys.internal)
    first = f"ik ben Samira, bel me op {phone(number)} na vijven over de TLV van mijn zoon"
    text, before = first, Before()
    try:
        for _ in attempts():
            with suppress(SQLAlchemyError):
                prepared = prepare(text, None, vault, told.conversation_id, detector)
                turn = await finish(assistant, told.conversation_id, uuid4().hex, prepared, "tekst", before)
                before = before.after(turn.decision, turn.topics, turn.options)
                reply = "\n".join(message.text for message in turn.reply)
                if "Uw code is **" in reply:
                    told.stored(reply.split("Uw code is **")[1][:19])
                    return told
                if "Er is niets verstuurd" in reply:
                    told.nothing_sent()
                again = text == "ja" and choose.random() < 0.5
                text = "ja" if "Typ **ja**" in reply or again else first
            await asyncio.sleep(0.3)
    finally:
        await assistant.close()
    raise AssertionError("no receipt in time")


async def wave(place: Place, session: aiohttp.ClientSession, first: int, count: int, seed: int) -> list[Told]:
    """Some hand-offs at the same time, and faults at random moments meanwhile."""
    choose = random.Random(seed)
    talks = [
        by_text(place, number, random.Random(seed + number))
        if number % 3 == 0
        else by_form(place, session, number, random.Random(seed + number))
        for number in range(first, first + count)
    ]

    async def harm() -> None:
        for _ in range(max(2, count // 5)):
            await asyncio.sleep(choose.uniform(0.0, 1.2))
            what = "assistant" if choose.randrange(ASSISTANT_ONE_IN) == 0 else choose.choice(HARM)
            await place.hurt(what, choose)

    # Two at the same time: also the door while the mail server is away.
    *told, _, _ = await asyncio.gather(*talks, harm(), harm())
    return told


async def until_delivered(place: Place) -> None:
    """Wait until nothing waits in the outbox."""
    waiting = select(outbox_table.c.idempotency_key).where(outbox_table.c.delivered_at.is_(None))
    left: list[str] = []
    for _ in attempts():
        with suppress(SQLAlchemyError), reading(place.engine) as connection:
            left = list(connection.execute(waiting).scalars())
            if not left:
                return
        await asyncio.sleep(1)
    raise AssertionError(f"not delivered: {left}")


def check(place: Place, told: list[Told]) -> None:
    """Each hand-off is one case, with the code that was told, delivered over each channel under one key."""
    with reading(place.engine) as connection:
        rows = connection.execute(select(cases.c.id, cases.c.code, cases.c.conversation_id)).all()
    by_conversation = {row.conversation_id: row for row in rows}
    assert len(rows) == len(by_conversation) == len(told)
    for one in told:
        assert by_conversation[one.conversation_id].code == one.code
    for kind in ("mail", "webhook"):
        assert set(place.keys(kind)) == {f"nieuw.{kind}.{row.id}@ouderchat" for row in rows}


def check_private(place: Place, numbers: range) -> None:
    """No phone number stands in any file: not in a database, not in a log, not in a mail."""
    wanted = [phone(number).replace("-", "")[1:].encode() for number in numbers]
    files = [*place.settings.var_dir.rglob("*"), *place.folder.glob("*")]
    for file in (path for path in files if path.is_file()):
        content = file.read_bytes()
        assert not [number for number in wanted if number in content], file.name


def make_place(house: House, children: dict[str, Child], folder: Path) -> Place:
    """The place with a connection of its own."""
    return Place(house, children, folder, make_engine(house.settings.db_url))
