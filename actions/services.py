"""What the hand-off actions work with: database, vault and intake. ``ask`` and tests put their own in place."""

from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy.engine import Engine

from bot.db import make_engine
from bot.handoff.carriers import channels
from bot.handoff.hours import Hours
from bot.handoff.intake import Intake
from bot.keys import load_keys
from bot.privacy.vault import Vault
from bot.settings import Settings, get_settings


@dataclass(frozen=True)
class Services:
    """One set of services over one database."""

    engine: Engine
    vault: Vault
    intake: Intake


def make_services(settings: Settings, engine: Engine) -> Services:
    """Services over ``engine`` with the secrets and opening hours of this installation."""
    vault = Vault(engine, load_keys(settings.var_dir))
    return Services(engine, vault, Intake(engine, vault, Hours(settings.knowledge_dir), channels=channels(settings)))


@lru_cache(maxsize=1)
def _installed() -> Services:
    settings = get_settings()
    return make_services(settings, make_engine(settings.db_url))


_replaced: Services | None = None


def use(services: Services | None) -> None:
    """Put other services in place of the installed ones; None brings those back."""
    global _replaced
    _replaced = services


def get_services() -> Services:
    """The services of this process."""
    return _replaced or _installed()
