"""Hand-offs under fire: each ends as exactly one case, delivered, and what the parent was told is true.

``make test`` does ten with a fixed seed, ``make faults`` five hundred: four hundred with a mail server, one hundred
with mail as files in a folder whose disk fills up.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import aiohttp
import pytest

from bot.bench.running import apart, house
from bot.settings import Settings, get_settings
from bot.training import newest_model
from tests.handoff.hurt import Place, make_place, receivers
from tests.handoff.under_fire import check, check_private, until_delivered, wave
from tests.house.running import House

START_SECONDS = 600.0
WAVE = 25
"""Parents at the same time."""


@contextmanager
def place_in(folder: Path, by_smtp: bool) -> Iterator[Place]:
    model = newest_model(get_settings().models_dir)
    assert model is not None, "no trained model; run: make train"
    with pytest.MonkeyPatch.context() as environment, apart() as bare, receivers(folder) as (children, changes):
        if not by_smtp:
            changes = {name: value for name, value in changes.items() if "SMTP" not in name}
        # Other tests may be running: slow is not what is tested here.
        environment.setattr("bot.bench.running.START_SECONDS", START_SECONDS)
        for name, value in changes.items():
            environment.setenv(name, value)
        shutil.copy(model, bare.models_dir)
        settings = Settings()
        with house(settings) as processes:
            place = make_place(House(settings, {child.name: child for child in processes}), children, folder)
            try:
                yield place
            finally:
                place.engine.dispose()


async def hand_over(place: Place, count: int, seed: int) -> None:
    connector = aiohttp.TCPConnector(limit=0, force_close=True)
    told = []
    async with aiohttp.ClientSession(connector=connector) as session, place.kept():
        for first in range(0, count, WAVE):
            told += await wave(place, session, first, min(WAVE, count - first), seed + first)
            print(f"{len(told)} of {count} parents", flush=True)
            await place.house.until_ready(START_SECONDS)
        await until_delivered(place)
    assert len(place.done) >= count // 3, "not enough went wrong"
    check(place, told)
    check_private(place, range(count))


@pytest.mark.slow
async def test_ten_hand_offs_under_fire_are_ten_cases(tmp_path: Path) -> None:
    with place_in(tmp_path, by_smtp=True) as place:
        await hand_over(place, 10, seed=6)


@pytest.mark.faults
@pytest.mark.slow
@pytest.mark.parametrize(("by_smtp", "count"), [(True, 400), (False, 100)], ids=["mail server", "mail folder"])
async def test_five_hundred_hand_offs_under_fire_are_five_hundred_cases(
    tmp_path: Path, by_smtp: bool, count: int
) -> None:
    with place_in(tmp_path, by_smtp) as place:
        await hand_over(place, count, seed=2026)
