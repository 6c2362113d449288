"""What a parent does with a receipt code: see how the case stands, add a line, withdraw it, ask what is held."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.engine.row import Row

from bot.db import reading, writing
from bot.handoff import audit, outbox
from bot.handoff.cases import case_lines, cases, read_case
from bot.handoff.clock import utc_now
from bot.handoff.held import held, moment
from bot.handoff.intake import remove_case
from bot.handoff.receipts import receipt_hash
from bot.handoff.retention import Terms, kept_until
from bot.privacy.masking import mask
from bot.privacy.vault import Vault, case_scope, tokens_in

STEPS = ("ontvangen", "gelezen", "in behandeling", "afgesloten")
LONGEST_LINE = 2000
MOST_LINES = 20
"""That a parent can add to one case; somebody with more to tell had better be called."""


@dataclass(frozen=True)
class Standing:
    """How a case stands.

    Attributes:
        reference: as staff and mail know the case.
        step: one of :data:`STEPS`.
        moments: of each step that was taken, naive UTC.
        added: lines that the parent added.
        open: whether a line can be added.
        kept_until: when it is deleted; None while that is not settled.
    """

    reference: str
    step: str
    moments: dict[str, datetime]
    added: int
    open: bool
    kept_until: datetime | None


class ParentCases:
    """Cases by receipt code. Whoever has the code is the parent; a wrong code tells nothing.

    Args:
        engine: the database.
        vault: holds the details of the cases.
        terms: how long cases are kept.
        channels: the carriers that tell staff that a line was added.
        clock: naive UTC.
    """

    def __init__(
        self,
        engine: Engine,
        vault: Vault,
        terms: Terms,
        channels: tuple[str, ...] = ("mail",),
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self._engine, self._vault, self._terms = engine, vault, terms
        self._channels, self._clock = channels, clock

    def standing(self, code: str) -> Standing | None:
        """How the case stands, or None when no case has this code (any more)."""
        with reading(self._engine) as connection:
            row = _find(connection, code)
            return self._standing(connection, row) if row else None

    def add_line(self, code: str, text: str, danger: str | None) -> bool:
        """Add what the parent writes to an open case, masked like everything else; tell staff.

        Args:
            code: of the case.
            text: at most :data:`LONGEST_LINE` characters.
            danger: the kind of danger seen in it, or None.

        Returns:
            False when there is no such case, it is closed, or there are too many lines.
        """
        now = self._clock()
        with writing(self._engine) as connection:
            row = _find(connection, code)
            if row is None or not self._standing(connection, row).open:
                return False
            seq = self._insert_line(connection, row.id, text, danger, now)
            reasons = dict.fromkeys((*(("gevaar",) if danger else ()), *row.urgency.split()))
            # Nobody waits any more for a parent who wrote.
            values = {"added_at": now, "waiting_since": None, "urgency": " ".join(reasons), "urgent": bool(reasons)}
            connection.execute(update(cases).where(cases.c.id == row.id).values(**values))
            outbox.announce(connection, self._channels, f"aanvulling-{seq}", row.id, {"code": row.code}, now)
            audit.record(connection, "case_added_to", now, case_id=row.id)
        return True

    def withdraw(self, code: str) -> bool:
        """Delete the case at once with all that belongs to it; False when there is no such case."""
        with writing(self._engine) as connection:
            row = _find(connection, code)
            if row is not None:
                remove_case(connection, self._vault, row.id, "case_withdrawn", self._clock())
        return row is not None

    def export(self, code: str) -> dict[str, Any] | None:
        """Everything that is held about the case, in clear, for the parent; None when there is no such case."""
        now = self._clock()
        with writing(self._engine) as connection:
            row = _find(connection, code)
            if row is None:
                return None
            audit.record(connection, "case_exported", now, case_id=row.id)
            case, standing = read_case(connection, self._vault, row.id), self._standing(connection, row)
            assert case is not None
            steps = {
                "stand": standing.step,
                "momenten": {step: moment(at) for step, at in standing.moments.items()},
                "bewaard_tot": moment(standing.kept_until) or "nog niet bepaald",
            }
            return held(connection, case, row, steps, now)

    def _standing(self, connection: Connection, row: Row) -> Standing:
        steps = zip(STEPS, (row.created, row.read_at, row.taken_at, row.closed_at), strict=True)
        moments = {step: at for step, at in steps if at is not None}
        if row.state != "afgesloten":
            moments.pop("afgesloten", None)
        added = _count_added(connection, row.id)
        is_open = row.state != "afgesloten" and added < MOST_LINES
        return Standing(row.code, _step(row), moments, added, is_open, kept_until(row, self._terms))

    def _insert_line(self, connection: Connection, case_id: str, text: str, danger: str | None, now: datetime) -> int:
        scope = case_scope(case_id)
        typed = text[:LONGEST_LINE]
        for token in tokens_in(typed):
            # Typed by hand it has no meaning, and must not get that of a value that is kept.
            typed = typed.replace(token, f"({token[1:-1]})")
        masked = mask(typed, lambda kind, value: self._vault.put(scope, kind, value, connection)).text
        last = connection.execute(select(func.max(case_lines.c.seq)).filter_by(case_id=case_id)).scalar() or 0
        meta = {"later": True, **({"gevaar": danger} if danger else {})}
        row = {"case_id": case_id, "seq": last + 1, "author": "ouder", "text": masked, "at": now, "meta": meta}
        connection.execute(insert(case_lines).values(**row))
        return int(last) + 1


def _find(connection: Connection, code: str) -> Row | None:
    return connection.execute(select(cases).filter_by(receipt_hash=receipt_hash(code))).first()


def _step(row: Row) -> str:
    if row.state == "afgesloten":
        return "afgesloten"
    if row.state == "behandeling":
        return "in behandeling"
    return "gelezen" if row.read_at else "ontvangen"


def _count_added(connection: Connection, case_id: str) -> int:
    metas = connection.execute(select(case_lines.c.meta).filter_by(case_id=case_id)).scalars()
    return sum(bool(meta and meta.get("later")) for meta in metas)
