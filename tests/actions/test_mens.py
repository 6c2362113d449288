"""Asking for a human, on the page and in plain text."""

import asyncio
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.engine import Engine

from actions import services as installed
from actions.mens import MensSpreken
from actions.services import Services
from bot.handoff.hours import Hours
from bot.handoff.intake import Intake
from bot.keys import Keys
from bot.privacy.vault import Vault
from bot.settings import ROOT

SUNDAY, MONDAY = datetime(2026, 11, 22, 12), datetime(2026, 11, 23, 12)


@pytest.fixture(autouse=True)
def now(engine: Engine, keys: Keys, tmp_path: Path) -> Iterator[list[datetime]]:
    """The clock of the intake shows the last of the list."""
    moment, vault = [MONDAY], Vault(engine, keys)
    intake = Intake(engine, vault, Hours(ROOT / "knowledge"), clock=lambda: moment[-1])
    installed.use(Services(engine, vault, intake))
    yield moment
    installed.use(None)


def asked(channel: str) -> tuple[list[str | None], list[str]]:
    """What is said (None: a response of the domain), and what follows."""
    message = {"text": "ik wil een mens spreken", "metadata": {"kanaal": channel}}
    dispatcher = CollectingDispatcher()
    tracker = Tracker("gesprek", {}, message, [], False, None, {}, None)
    events = asyncio.run(MensSpreken().run(dispatcher, tracker, {}))
    return [said["text"] for said in dispatcher.messages], [event["name"] for event in events]


@pytest.mark.parametrize(("channel", "next_step"), [("web", []), ("tekst", ["overdracht_form"])])
def test_outside_working_hours_it_is_said_when_there_will_be_somebody(
    now: list[datetime], channel: str, next_step: list[str]
) -> None:
    now.append(SUNDAY)
    (_offer, notice), follows = asked(channel)
    assert notice == "De ouderadviseurs werken nu niet. De eerstvolgende werkdag is maandag 23 november."
    assert follows == next_step


@pytest.mark.parametrize("channel", ["web", "tekst"])
def test_within_working_hours_nothing_is_said_of_it(channel: str) -> None:
    assert len(asked(channel)[0]) == 1
