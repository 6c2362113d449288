"""The one place that takes a hand-off in: it checks, previews, and stores it in a single transaction."""

from __future__ import annotations

import logging
import re
import uuid
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError, OperationalError

from bot.db import reading, writing
from bot.handoff import audit, outbox
from bot.handoff.cases import Line, add_case, cases, delete_case, new_code
from bot.handoff.clock import utc_now
from bot.handoff.draft import Drafts
from bot.handoff.fields import FIELDS, Problem
from bot.handoff.hours import Hours
from bot.handoff.in_words import in_words, row_numbers
from bot.handoff.presence import Presence
from bot.handoff.receipts import receipt_code, receipt_hash
from bot.handoff.request import CONSENT_TEXT, InvalidRequest, NotStored, Preview, PreviewChanged, Receipt, Request
from bot.handoff.sheet import passed_on
from bot.knowledge import current
from bot.privacy.vault import Vault, VaultError, case_scope, conversation_scope

__all__ = [
    "CONSENT_TEXT",
    "Intake",
    "InvalidRequest",
    "Line",
    "NotStored",
    "Preview",
    "PreviewChanged",
    "Problem",
    "Receipt",
    "Request",
]

_CONSENT_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
log = logging.getLogger(__name__)


class Intake:
    """Takes hand-offs in, from the door's form as well as from Rasa's.

    Args:
        engine: the database.
        vault: holds the tokens of the conversation and gets those of the case.
        hours: for the next working day on the receipt.
        clock: naive UTC.
        channels: the carriers that tell staff of a new case.
    """

    def __init__(
        self,
        engine: Engine,
        vault: Vault,
        hours: Hours,
        clock: Callable[[], datetime] = utc_now,
        channels: tuple[str, ...] = ("mail",),
    ) -> None:
        self._engine, self._channels = engine, channels
        self._vault = vault
        self._hours = hours
        self._presence = Presence(engine, clock)
        self._clock = clock

    def check(self, request: Request) -> list[Problem]:
        """The fields that have to be filled in again, in the order of the form; stores nothing."""
        texts = ((field, getattr(request, field)) for field in FIELDS)
        found = (self.check_field(request.conversation_id, field, text) for field, text in texts)
        return [problem for problem in found if problem]

    def check_field(self, conversation_id: str, field: str, text: str) -> Problem | None:
        """What is wrong with one field, for a form that asks them one by one; stores nothing.

        Args:
            conversation_id: for the tokens in the text.
            field: one of ``about``, ``contact``, ``name``, ``preferred``, ``interpreter``.
            text: what the parent wrote, raw or with tokens.
        """
        with reading(self._engine) as connection:
            return Drafts(self._vault, conversation_id, connection, self._clock()).problem(field, text)

    def preview(self, request: Request) -> Preview:
        """Exactly what the ouderadviseur would get; stores nothing, not even in the vault.

        Raises:
            InvalidRequest: a field has to be filled in again.
        """
        with reading(self._engine) as connection:
            drafts = Drafts(self._vault, request.conversation_id, connection, self._clock())
            draft = drafts.draft(request)
            content, masked = drafts.content(request, draft), drafts.masked(request, draft)
            whole, fingerprint = drafts.whole(request), drafts.fingerprint(request)
        knowledge, now, lines = current(), self._clock(), request.transcript
        rows = passed_on(content, knowledge, now)
        numbers = row_numbers(lines, passed_on(whole, knowledge, now) if request.struck else rows, rows)
        topic = knowledge.topics.get(content.topic, content.topic)
        text = in_words(masked, topic, rows, numbers, request.struck & {line.seq for line in lines})
        return Preview(content, rows, text, numbers, CONSENT_TEXT, fingerprint, self.closed_notice())

    def submit(self, request: Request) -> Receipt:
        """Store the case, its lines, its part of the vault and its parcel in the outbox: all of it or nothing.

        Call it only after the parent has agreed to :data:`CONSENT_TEXT`. The same ids again give the same receipt.

        Raises:
            InvalidRequest: a field has to be filled in again.
            PreviewChanged: the content is not what the parent saw (only with ``seen``).
            NotStored: the database is locked or full, or the vault cannot be read; try again.
            ValueError: the id of the message of consent is no id.
        """
        if not _CONSENT_ID.fullmatch(request.consent_message_id):
            raise ValueError("the id of the message of consent has 8 to 64 letters, digits, - or _")
        try:
            return self._submit(request)
        except (OperationalError, VaultError) as error:
            log.error("a hand-off could not be stored: %s", type(error).__name__)
            raise NotStored from error

    def closed_notice(self) -> str:
        """Outside working hours, with no ouderadviseur there all the same: when there will be somebody; else ""."""
        notice = self._hours.closed_notice(self._clock())
        return "" if notice and any(self._presence.here().values()) else notice

    def withdraw(self, conversation_id: str) -> int:
        """Delete the cases of a conversation, with their vault entries and the parcels that did not leave yet.

        Returns:
            The number of cases deleted.
        """
        now = self._clock()
        with writing(self._engine) as connection:
            ids = connection.execute(select(cases.c.id).filter_by(conversation_id=conversation_id)).scalars().all()
            for case_id in ids:
                remove_case(connection, self._vault, case_id, "case_withdrawn", now)
        return len(ids)

    def codes(self, conversation_id: str) -> tuple[str, ...]:
        """The receipt codes of the cases of a conversation, for "Wis mijn gesprek", which asks about them apart."""
        query = select(cases.c.code).filter_by(conversation_id=conversation_id).order_by(cases.c.created)
        with reading(self._engine) as connection:
            return tuple(connection.execute(query).scalars())

    def _submit(self, request: Request) -> Receipt:
        try:
            with writing(self._engine) as connection:
                return self._known(request, connection) or self._store(request, connection)
        except IntegrityError:
            # Where writers do not wait for each other, two of them can get here; the second takes what the first made.
            with reading(self._engine) as connection:
                known = self._known(request, connection)
            if known is None:
                raise
            return known

    def _known(self, request: Request, connection: Connection) -> Receipt | None:
        consent = {"conversation_id": request.conversation_id, "consent_message_id": request.consent_message_id}
        row = connection.execute(select(cases).filter_by(**consent)).first()
        return self._receipt(row.code, row.id, row.created, created=False) if row else None

    def _receipt(self, code: str, case_id: str, at: datetime, *, created: bool) -> Receipt:
        whole = receipt_code(self._vault, code, case_id)
        return Receipt(code, case_id, self._hours.next_moment_text(at), created, whole)

    def _store(self, request: Request, connection: Connection) -> Receipt:
        drafts = Drafts(self._vault, request.conversation_id, connection, self._clock())
        draft = drafts.draft(request)
        if request.seen and request.seen != drafts.fingerprint(request):
            raise PreviewChanged
        scope = conversation_scope(request.conversation_id)
        sealed = draft.seal(lambda kind, value: self._vault.put(scope, kind, value, connection))
        case_id, code, now = uuid.uuid4().hex, new_code(connection), self._clock()
        self._vault.copy(scope, case_scope(case_id), sealed.tokens(), connection)
        opens = receipt_hash(receipt_code(self._vault, code, case_id))
        moments = {"created": now, "consented_at": now}
        about_it = {"receipt_hash": opens, "id": case_id, "code": code, "consent_text": CONSENT_TEXT, **moments}
        reasons = drafts.urgency(request, draft)
        urgent = {"urgent": bool(reasons), "urgency": " ".join(reasons)}
        left = {"topic": drafts.topic(request, draft), "struck_rows": " ".join(sorted(request.struck_rows))}
        values = {**_asked(request), **about_it, **urgent, **left, **sealed.columns()}
        add_case(connection, values, sealed.lines)
        outbox.announce(connection, self._channels, "nieuw", case_id, {"code": code}, now)
        return self._receipt(code, case_id, now, created=True)


def remove_case(connection: Connection, vault: Vault, case_id: str, why: audit.Action, now: datetime) -> None:
    """Delete all of a case, also what did not leave yet; that it was there, and why it went, stays in the audit."""
    outbox.cancel(connection, case_id)
    delete_case(connection, vault, case_id)
    audit.record(connection, why, now, case_id=case_id)


def _asked(request: Request) -> dict[str, object]:
    names = ("conversation_id", "consent_message_id")
    return {name: getattr(request, name) for name in names}
