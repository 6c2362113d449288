"""Rasa's tracker stores with what they lack: deleting a conversation, and not reading it anew at every step."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from rasa.core.tracker_store import InMemoryTrackerStore, SQLTrackerStore
from rasa.shared.core.events import Event, SessionStarted
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import create_engine, delete, event, insert
from sqlalchemy.orm import sessionmaker
from sqlalchemy.pool import QueuePool

KEPT = 1000
"""Conversations in memory; each takes some tens of kilobytes."""


@dataclass
class _Kept:
    tracker: DialogueStateTracker
    stored: int
    """How many of its events are in the database."""


class ErasableSQLTrackerStore(SQLTrackerStore):  # type: ignore[misc]
    """Rasa's SQL store for one assistant; on SQLite what is deleted is overwritten too.

    The conversations used last stay in memory: nobody else writes to this database, and Rasa's lock lets one turn of a
    conversation run at a time. A turn that breaks off must be followed by :meth:`drop`.
    """

    engine: Any

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        if self.engine.dialect.name == "sqlite":
            url = self.engine.url
            self.engine.dispose()
            self.engine = _sqlite(url)
            self.sessionmaker = sessionmaker(bind=self.engine)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The tracker of a conversation, since its session began."""
        kept = self._kept.get(sender_id)
        if kept is not None:
            self._kept.move_to_end(sender_id)
            return kept.tracker
        tracker = await super().retrieve(sender_id)
        if tracker is not None:
            self._keep(tracker)
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Add the events that are not stored yet."""
        kept = self._kept.get(tracker.sender_id)
        if kept is None or kept.tracker is not tracker:
            await super().save(tracker)
        else:
            await self.stream_events(tracker)
            self._append(tracker.sender_id, islice(tracker.events, kept.stored, None))
        if any(isinstance(entry, SessionStarted) for entry in islice(tracker.events, 2, None)):
            # A later session begins: what went before it is not part of the tracker that is read next.
            self.drop(tracker.sender_id)
        else:
            self._keep(tracker)

    async def delete(self, sender_id: str) -> None:
        """Delete all events of a conversation."""
        self.drop(sender_id)
        with self.session_scope() as session:
            session.execute(delete(self.SQLEvent).where(self.SQLEvent.sender_id == sender_id))
            session.commit()
        if self.engine.dialect.name == "sqlite":
            with self.engine.connect() as connection:
                # The log keeps old pages until it is emptied.
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def drop(self, sender_id: str) -> None:
        """Forget what is in memory of a conversation; the database has what was saved."""
        self._kept.pop(sender_id, None)

    def _keep(self, tracker: DialogueStateTracker) -> None:
        self._kept[tracker.sender_id] = _Kept(tracker, len(tracker.events))
        self._kept.move_to_end(tracker.sender_id)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)

    def _append(self, sender_id: str, events: Iterable[Event]) -> None:
        rows = [self._row(sender_id, entry) for entry in events]
        if rows:
            with self.engine.begin() as connection:
                connection.execute(insert(self.SQLEvent.__table__), rows)

    def _row(self, sender_id: str, entry: Event) -> dict[str, Any]:
        data = entry.as_dict()
        return {
            "sender_id": sender_id,
            "type_name": entry.type_name,
            "timestamp": data.get("timestamp"),
            "intent_name": data.get("parse_data", {}).get("intent", {}).get("name"),
            "action_name": data.get("name"),
            "data": json.dumps(data),
        }


class ErasableMemoryTrackerStore(InMemoryTrackerStore):  # type: ignore[misc]
    """Rasa's store in memory, for ``ask`` and the tests."""

    async def delete(self, sender_id: str) -> None:
        """Delete a conversation."""
        self.store.pop(sender_id, None)

    def drop(self, sender_id: str) -> None:
        """Nothing: what is read here is made anew at every reading."""


def _sqlite(url: Any) -> Any:
    # Connections stay open: SQLite empties its log when the last one closes, which costs more than a write.
    engine = create_engine(url, poolclass=QueuePool, connect_args={"timeout": 5, "check_same_thread": False})
    event.listen(engine, "connect", _prepare)
    return engine


def _prepare(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    # A killed process loses nothing; after a power cut the dialogue may have forgotten its last turns. The transcript,
    # in the door's own database, is written in full.
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.close()
