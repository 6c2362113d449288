"""Rasa's tracker stores with the one thing they lack: deleting a conversation."""

from __future__ import annotations

from rasa.core.tracker_store import InMemoryTrackerStore, SQLTrackerStore
from sqlalchemy import delete


class ErasableSQLTrackerStore(SQLTrackerStore):  # type: ignore[misc]
    """Rasa's SQL store; on SQLite what is deleted is overwritten too."""

    async def delete(self, sender_id: str) -> None:
        """Delete all events of a conversation."""
        with self.session_scope() as session:
            if self.engine.dialect.name == "sqlite":
                session.connection().exec_driver_sql("PRAGMA secure_delete=ON")
            session.execute(delete(self.SQLEvent).where(self.SQLEvent.sender_id == sender_id))
            session.commit()


class ErasableMemoryTrackerStore(InMemoryTrackerStore):  # type: ignore[misc]
    """Rasa's store in memory, for ``ask`` and the tests."""

    async def delete(self, sender_id: str) -> None:
        """Delete a conversation."""
        self.store.pop(sender_id, None)
