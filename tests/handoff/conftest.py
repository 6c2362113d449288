import pytest
from sqlalchemy.engine import Engine

from bot.handoff.intake import Intake
from bot.keys import Keys
from bot.privacy.vault import Vault
from tests.handoff.handed_over import HOURS, NOW


@pytest.fixture
def vault(engine: Engine, keys: Keys) -> Vault:
    return Vault(engine, keys)


@pytest.fixture
def intake(engine: Engine, vault: Vault) -> Intake:
    return Intake(engine, vault, HOURS, lambda: NOW)
