"""What has to be done for cases without anybody asking: deliver, remind, delete what was kept long enough."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.db import reading
from bot.handoff.carriers import carriers, channels
from bot.handoff.clock import utc_now
from bot.handoff.hours import Hours
from bot.handoff.outbox import Outbox, Patience, backlog
from bot.handoff.reminders import Reminders
from bot.handoff.retention import Retention, Terms
from bot.privacy.vault import Vault, VaultError
from bot.settings import Settings

EACH = timedelta(minutes=1)
"""Between two looks at unread cases and at what was kept long enough; the outbox is looked at on every call."""

log = logging.getLogger(__name__)


class HandoffWork:
    """All of it, for the door to call every few seconds in a thread.

    Args:
        settings: of this installation.
        engine: the database.
        vault: holds the details of cases.
        hours: of the ouderadviseurs.
        clock: naive UTC.
    """

    def __init__(
        self, settings: Settings, engine: Engine, vault: Vault, hours: Hours, clock: Callable[[], datetime] = utc_now
    ) -> None:
        self._engine, self._clock = engine, clock
        patience = Patience.of(settings.delivery_retry_seconds, settings.delivery_days)
        self._outbox = Outbox(engine, carriers(settings, engine, vault), patience)
        self._reminders = Reminders(engine, hours, settings.unread_hours, channels(settings))
        self._retention = Retention(engine, vault, Terms.of(settings))
        self._looked: datetime | None = None

    def deliver_due(self) -> int:
        """Do what is due; never raises. Returns the number of parcels delivered."""
        now = self._clock()
        if self._looked is None or now - self._looked >= EACH:
            self._looked = now
            try:
                self._reminders.send_due(now)
                self._retention.delete_due(now)
            except (SQLAlchemyError, VaultError) as error:
                log.warning("unread and old cases are looked at later: %s", type(error).__name__)
        return self._outbox.deliver_due(now)

    def health(self) -> dict[str, int]:
        """Counts for the health page: unread cases, those of them that raise the alarm, and what waits or was given up.

        Raises:
            sqlalchemy.exc.SQLAlchemyError: the database cannot be read.
        """
        unread = self._reminders.look(self._clock())
        with reading(self._engine) as connection:
            waiting = backlog(connection)
        return {
            "ongelezen": unread.waiting,
            "te_lang_ongelezen": unread.alarm,
            "wacht_op_bezorging": waiting.waiting - waiting.dead,
            "niet_bezorgd": waiting.dead,
        }
