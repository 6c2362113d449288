"""Tasks for content staff: an answer was wrong. A task holds the masked question of the parent and nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, DateTime, ForeignKey, Integer, Table, Text, insert, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.engine.row import Row

from bot.db import metadata
from bot.handoff.accounts import accounts_table
from bot.handoff.cases import case_lines
from bot.privacy.masking import mask

answer_tasks = Table(
    "answer_tasks",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("question", Text, nullable=False),
    Column("created", DateTime, nullable=False),
    Column("done_at", DateTime, nullable=True),
    Column("done_by", ForeignKey(accounts_table.c.id), nullable=True),
)
"""Without the case or the conversation: staff who read tasks may not come to know which parent asked."""

_TOKEN_NUMBER = re.compile(r"\[(telefoon|email|naam)#\d+\]")
SHOWN = 200


@dataclass(frozen=True)
class Task:
    """One question to which the answer was wrong; ``done_at`` is None while nobody has dealt with it."""

    id: int
    question: str
    created: datetime
    done_at: datetime | None


def add_task(connection: Connection, case_id: str, seq: int, now: datetime) -> bool:
    """Make a task of the question that a line of the bot answers, once per question.

    Returns:
        False when the line is not of the bot, or the parent left out the question.
    """
    question = _question(connection, case_id, seq)
    if question is None:
        return False
    # Numbers of tokens go, what the masking of today knows goes; the day is enough.
    text = mask(_TOKEN_NUMBER.sub(r"[\1]", question), lambda kind, _value: f"[{kind}]").text
    waiting = select(answer_tasks.c.id).filter_by(question=text).where(answer_tasks.c.done_at.is_(None))
    if connection.execute(waiting).first() is None:
        day = datetime(now.year, now.month, now.day)
        connection.execute(insert(answer_tasks).values(question=text, created=day))
    return True


def list_tasks(connection: Connection) -> list[Task]:
    """The tasks: what waits first, oldest on top; then what was done, latest on top."""
    columns = [answer_tasks.c[name] for name in ("id", "question", "created", "done_at")]
    waiting = select(*columns).where(answer_tasks.c.done_at.is_(None)).order_by(answer_tasks.c.id)
    done = select(*columns).where(answer_tasks.c.done_at.is_not(None)).order_by(answer_tasks.c.done_at.desc())
    rows = [*connection.execute(waiting.limit(SHOWN)), *connection.execute(done.limit(SHOWN))]
    return [Task(*row) for row in rows]


def finish_task(connection: Connection, task_id: int, account_id: int, now: datetime) -> bool:
    """Mark a task as dealt with; False when it already was."""
    chosen = (answer_tasks.c.id == task_id) & answer_tasks.c.done_at.is_(None)
    values = {"done_at": now, "done_by": account_id}
    return bool(connection.execute(update(answer_tasks).where(chosen).values(**values)).rowcount)


def _question(connection: Connection, case_id: str, seq: int) -> str | None:
    line = _line(connection, case_id, seq)
    asked = (line.meta or {}).get("vraag") if line is not None and line.author == "bot" else None
    question = _line(connection, case_id, asked) if asked is not None else None
    return None if question is None else str(question.text)


def _line(connection: Connection, case_id: str, seq: int) -> Row | None:
    return connection.execute(select(case_lines).filter_by(case_id=case_id, seq=seq)).first()
