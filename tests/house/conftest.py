"""The real house: door, assistant and actions as processes of their own, logging all they can."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

from bot.bench.running import apart, house
from bot.settings import get_settings
from bot.training import newest_model
from tests.house.running import House


@pytest.fixture(scope="session")
def real_house() -> Iterator[House]:
    """One house for all tests in this folder; ports and folders of its own."""
    model = newest_model(get_settings().models_dir)
    assert model is not None, "no trained model; run: make train"
    changes = {"OUDERCHAT_LOG_LEVEL": "debug", "LOG_LEVEL": "DEBUG", "OUDERCHAT_METRICS_TOKEN": "meten"}
    with pytest.MonkeyPatch.context() as environment, apart() as settings:
        for name, value in changes.items():
            environment.setenv(name, value)
        shutil.copy(model, settings.models_dir)
        with house(settings) as children:
            yield House(settings, {child.name: child for child in children})
