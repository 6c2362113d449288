"""What the inbox works with."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from sqlalchemy.engine import Engine

from bot.handoff.clock import utc_now
from bot.keys import Keys
from bot.privacy.vault import Vault
from bot.settings import Settings

Result = TypeVar("Result")


@dataclass(frozen=True)
class InboxServices:
    """Everything outside the inbox itself.

    Attributes:
        engine: the database, up to date.
        vault: holds the contact details of the cases.
        settings: for the address of the door and the folder with the topics.
        keys: ``signing`` makes the CSRF tokens.
        clock: naive UTC.
    """

    engine: Engine
    vault: Vault
    settings: Settings
    keys: Keys
    clock: Callable[[], datetime] = utc_now


async def in_thread(work: Callable[..., Result], *args: Any, **kwargs: Any) -> Result:
    """Do ``work`` in a thread: the database and a password check would hold up the event loop."""
    return await asyncio.get_running_loop().run_in_executor(None, partial(work, *args, **kwargs))
