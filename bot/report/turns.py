"""The turns of all conversations, read from the store, with what came of each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.engine import Connection, make_url

from bot.chat.feedback import BAD, feedback
from bot.chat.messages import BotMessage, summarise
from bot.chat.tables import messages
from bot.db import make_engine, reading
from bot.settings import Settings


class NoStore(Exception):
    """There are no conversations here; the message is Dutch."""


@contextmanager
def store(settings: Settings) -> Iterator[Connection]:
    """The store of the service, to read from.

    Raises:
        NoStore: the service never ran with these settings. Looking makes no database.
    """
    missing = NoStore(
        f"In {settings.var_dir} zijn geen gesprekken bewaard. Heeft de dienst haar gegevens ergens anders? "
        "Zet dan OUDERCHAT_VAR_DIR voor de opdracht."
    )
    address = make_url(settings.db_url)
    if address.get_backend_name() == "sqlite" and not Path(address.database or "").is_file():
        raise missing
    engine = make_engine(settings.db_url)
    try:
        with reading(engine) as connection:
            if not inspect(connection).has_table(messages.name):
                raise missing
            yield connection
    finally:
        engine.dispose()


@dataclass(frozen=True)
class StoredTurn:
    """One message of a parent with the replies to it.

    Attributes:
        conversation: only to count different ones.
        text: masked.
        at: naive, UTC.
        decision, topics: as the replies say.
        verdict: ``goed`` or ``niet_goed`` on one of the replies, or None.
        typed: False for a click on a button.
        danger: a message of danger is in no report.
    """

    conversation: str
    text: str
    at: datetime
    decision: str
    topics: tuple[str, ...]
    verdict: str | None
    typed: bool
    danger: bool


def read_turns(connection: Connection, start: datetime, end: datetime) -> list[StoredTurn]:
    """The answered turns whose message came at or after ``start`` and before ``end``."""
    wanted = select(messages).order_by(messages.c.conversation_id, messages.c.seq)
    rows = list(connection.execute(wanted))
    verdicts = {(row.conversation_id, row.seq): row.verdict for row in connection.execute(select(feedback))}
    return [turn for turn in _turns(rows, verdicts) if start <= turn.at < end]


def _turns(rows: list[Any], verdicts: dict[tuple[str, int], str]) -> Iterator[StoredTurn]:
    asked: Any = None
    replies: list[Any] = []
    for row in [*rows, None]:
        if row is None or row.author == "ouder" or (asked is not None and row.conversation_id != asked.conversation_id):
            if asked is not None and replies:
                yield _turn(asked, replies, verdicts)
            asked, replies = (row if row is not None and row.author == "ouder" else None), []
        elif row.author == "bot" and asked is not None:
            replies.append(row)


def _turn(asked: Any, replies: list[Any], verdicts: dict[tuple[str, int], str]) -> StoredTurn:
    said = [BotMessage(reply.text, (), reply.extra.get("meta") or {}) for reply in replies]
    decision, topics, _ = summarise(said)
    given = [verdicts.get((reply.conversation_id, reply.seq)) for reply in replies]
    verdict = BAD if BAD in given else next((one for one in given if one), None)
    extra = asked.extra
    return StoredTurn(
        asked.conversation_id,
        asked.text,
        asked.at,
        decision,
        topics,
        verdict,
        typed=not extra.get("keuze"),
        danger=bool(extra.get("gevaar")),
    )
