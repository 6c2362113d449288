"""A session full of personal data leaves none of it in store, tracker store, logs at any level, mail or metrics."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import aiohttp
import pytest

from tests.house.running import House, Parent
from tests.personal import FORM, MESSAGES, secrets


def everything_written(house: House) -> Iterator[tuple[str, str]]:
    """Each file of the installation with its content; what is deleted or encrypted included."""
    for path in sorted(Path(house.settings.var_dir).rglob("*")):
        if path.is_file() and path.name != "geheimen.json":
            yield path.name, path.read_bytes().decode("utf-8", "replace").lower()


async def tell_everything(parent: Parent, texts: list[str]) -> None:
    await parent.begin()
    for text in texts:
        await parent.send(text)
    await parent.until_answered()


async def hand_off(parent: Parent) -> Any:
    shown = await parent.call("POST", "/api/overdracht/voorbeeld", FORM)
    consent = {"id": uuid4().hex, "toestemming": True, "kenmerk": shown["kenmerk"], "tot": shown["tot"]}
    return await parent.call("POST", "/api/overdracht", {**FORM, **consent})


async def session_full_of_personal_data(house: House) -> str:
    """What metrics and the conversation itself show of it."""
    texts = list(MESSAGES)
    async with aiohttp.ClientSession() as session:
        parents = [Parent(session, house.base) for _ in range(2)]
        for parent, part in zip(parents, (texts[:8], texts[8:]), strict=True):
            await tell_everything(parent, part)
        assert (await hand_off(parents[0]))["nieuw"]
        seen = [json.dumps((await parent.call("GET", "/api/gesprek"))["berichten"]) for parent in parents]
        async with session.get(f"{house.base}/metrics", headers={"Authorization": "Bearer meten"}) as answer:
            seen.append(await answer.text())
        for parent in parents:
            await parent.leave()
    return "\n".join(seen).lower()


@pytest.mark.slow
def test_no_personal_data_is_written_anywhere(real_house: House) -> None:
    seen = asyncio.run(session_full_of_personal_data(real_house))
    mail = Path(real_house.settings.var_dir) / "mail"
    for _ in range(100):
        if mail.exists() and list(mail.glob("*.eml")):
            break
        asyncio.run(asyncio.sleep(0.1))
    files = dict(everything_written(real_house))
    assert {"ouderchat.db", "rasa.db", "door.log", "assistant.log", "actions.log"} <= files.keys()
    assert any(name.endswith(".eml") for name in files)
    assert all(files[name].strip() for name in ("door.log", "assistant.log", "actions.log")), "they log, at debug"
    for secret in secrets():
        assert secret not in seen, f"{secret} in the chat or the metrics"
        for name, content in files.items():
            assert secret not in content, f"{secret} in {name}"


@pytest.mark.slow
def test_what_was_said_is_in_no_log_and_a_request_has_one_id_in_all_three(real_house: House) -> None:
    texts = ["kwikstaartjes vliegen boven het schoolplein", "wat betekent de afkorting OPP?"]

    async def say() -> None:
        async with aiohttp.ClientSession() as session:
            parent = Parent(session, real_house.base)
            await tell_everything(parent, texts)
            await parent.leave()

    asyncio.run(say())
    logs = {name: content for name, content in everything_written(real_house) if ".log" in name}
    assert not [name for name, content in logs.items() if "kwikstaart" in content or "de afkorting" in content]
    ids = (set(re.findall(r'"request": "(\w+)"', logs[f"{name}.log"])) for name in ("door", "assistant", "actions"))
    assert set.intersection(*ids), "a request has one id in all three"


@pytest.mark.slow
def test_a_wipe_during_a_running_turn_leaves_nothing_in_any_file(real_house: House) -> None:
    async def wipe() -> str:
        async with aiohttp.ClientSession() as session:
            parent = Parent(session, real_house.base)
            await tell_everything(parent, ["hoe lang is een tlv geldig voor mijn zeearend"])
            await parent.send("wat betekent de afkorting OPP, vraagt de zeearend")
            await parent.call("DELETE", "/api/gesprek")
            await parent.leave()
            return parent.id

    conversation = asyncio.run(wipe())
    for _ in range(100):
        left = [name for name, content in everything_written(real_house) if conversation in content]
        if not left:
            break
        asyncio.run(asyncio.sleep(0.1))
    assert left == []
    assert not any("zeearend" in content for _, content in everything_written(real_house))
