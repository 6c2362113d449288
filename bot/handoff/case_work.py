"""What an ouderadviseur does with a case: take and pass on, note, call, wait, close; each step is kept with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection

from bot.handoff import cases as store
from bot.handoff.accounts import get_account
from bot.handoff.cases import case_notes, cases
from bot.privacy.masking import mask
from bot.privacy.vault import Vault, case_scope, tokens_in

NoteKind = Literal[
    "notitie",
    "gebeld",
    "gemaild",
    "genomen",
    "overgedragen",
    "terug",
    "gesloten",
    "heropend",
    "live_joined",
    "live_left",
    "live_dropped",
]
WRITTEN: tuple[NoteKind, ...] = ("notitie", "gebeld", "gemaild")
"""What an ouderadviseur writes down; the others come with a step."""
NOTE_MAX = 4000
"""Characters in one note."""

REASONS: Mapping[str, str] = {
    "beantwoord": "Vraag beantwoord",
    "doorverwezen": "Doorverwezen",
    "niet_bereikt": "Ouder niet bereikt",
    "dubbel": "Dubbele zaak",
    "anders": "Anders",
}
"""Why a case is closed, as stored and as ouderadviseurs read it."""


@dataclass(frozen=True)
class Note:
    """One step in a case, with the words that went with it.

    Attributes:
        kind: what was done.
        text: may be empty; in clear.
        account_id: who did it.
        at: naive UTC.
    """

    kind: NoteKind
    text: str
    account_id: int | None
    at: datetime


@dataclass(frozen=True)
class Standing:
    """Where a case stands, apart from what the parent handed over.

    Attributes:
        conversation_id: where it came from; it need not exist any more.
        state: as in :data:`bot.handoff.cases.STATES`.
        taken_by: whose case it is.
        taken_at: since when.
        waiting_since: since when it waits for the parent.
        closed_reason: a key of :data:`REASONS`.
        live_by: who chats with the parent now.
    """

    conversation_id: str
    state: str
    taken_by: int | None
    taken_at: datetime | None
    waiting_since: datetime | None
    closed_reason: str | None
    live_by: int | None

    def revealed_to(self, account_id: int) -> bool:
        """Whether names and numbers are for this ouderadviseur: of one's own case, or one that nobody has taken yet."""
        return self.taken_by is None or self.taken_by == account_id


def standing(connection: Connection, case_id: str) -> Standing | None:
    """Where a case stands; None when there is no such case (any more)."""
    columns = [cases.c[name] for name in Standing.__dataclass_fields__]
    row = connection.execute(select(*columns).filter_by(id=case_id)).first()
    return Standing(**row._mapping) if row else None


class Veil(Vault):
    """Shows the kind of a value in place of the value, for who may read the case but not whose it is."""

    def __init__(self) -> None:
        """It holds nothing."""

    def reveal(self, scope: str, text: str, connection: Connection | None = None) -> str:
        """``text`` with ``[telefoon]`` where a number stood."""
        for token in tokens_in(text):
            text = text.replace(token, f"[{token[1:].partition('#')[0]}]")
        return text


class CaseWork:
    """Changes cases in the transaction of the caller.

    Args:
        connection: opened with :func:`bot.db.writing`.
        vault: takes what is recognised as personal data out of notes, into the part of the case.
        account_id: who does it.
        now: naive UTC.
    """

    def __init__(self, connection: Connection, vault: Vault, account_id: int, now: datetime) -> None:
        self._connection, self._vault, self._me, self._now = connection, vault, account_id, now

    def take(self, case_id: str) -> bool:
        """Make it one's own; False when a colleague was first, or it is closed or gone."""
        done = store.mark_taken(self._connection, case_id, self._me, self._now)
        return done and self._step(case_id, "genomen")

    def pass_on(self, case_id: str, holder: int, to: int | None) -> bool:
        """Give a case to a colleague, take it from one, or put it back with the new ones.

        Args:
            case_id: the case.
            holder: whose case it is according to the page that was seen.
            to: whose it becomes; None: nobody's.

        Returns:
            False when it is not the holder's any more, somebody chats with the parent now, or it is closed.
        """
        new = {"state": "behandeling" if to else "gelezen", "taken_by": to, "taken_at": self._now if to else None}
        open_case = (cases.c.state == "behandeling") & (cases.c.taken_by == holder) & cases.c.live_by.is_(None)
        if not self._set(case_id, open_case, **new, waiting_since=None):
            return False
        if to is None:
            return self._step(case_id, "terug")
        other = get_account(self._connection, holder if to == self._me else to)
        way = "Overgenomen van" if to == self._me else "Aan"
        return self._keep(case_id, "overgedragen", f"{way} {other.name}" if other else "")

    def note(self, case_id: str, kind: NoteKind, text: str) -> bool:
        """Keep what was done; False when the case is gone."""
        if self._connection.execute(select(cases.c.id).filter_by(id=case_id)).first() is None:
            return False
        return self._step(case_id, kind, text)

    def is_ouderadviseur(self, account_id: int) -> bool:
        """Whether a case can be given to this account."""
        account = get_account(self._connection, account_id)
        return account is not None and account.role == "ouderadviseur" and not account.blocked

    def wait(self, case_id: str, waiting: bool) -> bool:
        """Whether the case waits for the parent; False when that was so already, or it is not one's own."""
        mine = (cases.c.taken_by == self._me) & (cases.c.state == "behandeling")
        known = cases.c.waiting_since.is_(None) if waiting else cases.c.waiting_since.is_not(None)
        return self._set(case_id, mine & known, waiting_since=self._now if waiting else None)

    def close(self, case_id: str, reason: str, text: str) -> bool:
        """Close with a reason; False when it is closed already, a colleague's, in a live conversation, or gone."""
        mine = cases.c.taken_by.is_(None) | (cases.c.taken_by == self._me)
        free = self._set(
            case_id, mine & cases.c.live_by.is_(None) & (cases.c.state != "afgesloten"), waiting_since=None
        )
        if not free or not store.mark_closed(self._connection, case_id, self._me, self._now):
            return False
        self._set(case_id, cases.c.closed_at.is_not(None), closed_reason=reason, taken_by=self._me)
        return self._step(case_id, "gesloten", text)

    def reopen(self, case_id: str) -> bool:
        """Open again, as one's own case; False when it is open or gone."""
        if not store.reopen(self._connection, case_id, self._me, self._now):
            return False
        self._set(case_id, cases.c.closed_at.is_(None), closed_reason=None, waiting_since=None)
        return self._step(case_id, "heropend")

    def _set(self, case_id: str, condition: Any, **values: Any) -> bool:
        change = update(cases).where(cases.c.id == case_id, condition)
        return bool(self._connection.execute(change.values(**values)).rowcount)

    def _step(self, case_id: str, kind: NoteKind, text: str = "") -> bool:
        kept = mask(
            text[:NOTE_MAX], lambda what, value: self._vault.put(case_scope(case_id), what, value, self._connection)
        )
        return self._keep(case_id, kind, kept.text)

    def _keep(self, case_id: str, kind: NoteKind, text: str) -> bool:
        row = {"case_id": case_id, "account_id": self._me, "kind": kind, "text": text, "at": self._now}
        self._connection.execute(insert(case_notes).values(**row))
        return True


def read_notes(connection: Connection, vault: Vault, case_id: str) -> list[Note]:
    """The steps of a case in clear, the latest first."""
    query = select(case_notes).filter_by(case_id=case_id).order_by(case_notes.c.id.desc())
    scope = case_scope(case_id)
    return [
        Note(row.kind, store.readable(vault.reveal(scope, row.text, connection)), row.account_id, row.at)
        for row in connection.execute(query)
    ]
