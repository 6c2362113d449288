"""Parents who keep trying to hand over, by form and in plain text; what they are told is held against the truth."""

from __future__ import annotations

import asyncio
import itertools
import random
import time
from collections.abc import Iterator
from contextlib import suppress
from uuid import uuid4

import aiohttp
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from bot.chat.messages import Before
from bot.chat.relay import HttpAssistant
from bot.chat.turn import finish, prepare
from bot.db import reading
from bot.handoff.cases import cases
from bot.keys import load_keys
from bot.nlu.danger import Detector
from bot.privacy.vault import Vault
from tests.handoff.hurt import Place

PATIENCE = 600.0
"""Seconds within which a parent must have succeeded, and everything must be delivered; minutes, for a busy machine."""


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
