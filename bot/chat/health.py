"""Whether the door runs (health), and whether a message would be answered now (ready)."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from sanic import Request, Sanic
from sanic.response import HTTPResponse, json
from sqlalchemy import text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.chat.context import Context
from bot.db import writing

_PATIENCE = 2.0
"""Seconds that a part may take to say that it is there."""


def add_health(app: Sanic, context: Context) -> None:
    """Add the two questions, for GET and HEAD.

    ``/health`` also tells how many cases wait, and raises an alarm for those that wait too long.

    ``/health``: 200 as long as the door runs, also while the assistant is away: restarting the door would not help.
    ``/ready``: 200 when database, assistant and actions all work, 503 when one of them does not.
    """

    @app.route("/health", methods=["GET", "HEAD"])
    async def health(_request: Request) -> HTTPResponse:
        assistant = context.services.assistant
        told = {"door": True, "assistant": await assistant.ready(), "versie": dict(assistant.version)}
        return json({**told, **await _cases(context)})

    @app.route("/ready", methods=["GET", "HEAD"])
    async def ready(_request: Request) -> HTTPResponse:
        parts = await _parts(context)
        return json(parts, status=200 if all(parts.values()) else 503)


async def _cases(context: Context) -> Mapping[str, object]:
    """Counts of cases that wait: ``alarm`` is true when one is unread for too long, or something was not delivered."""
    work = context.services.outbox
    if work is None:
        return {}
    try:
        counts = await asyncio.to_thread(work.health)
    except SQLAlchemyError:
        return {"alarm": True}
    return {"zaken": counts, "alarm": bool(counts["te_lang_ongelezen"] or counts["niet_bezorgd"])}


async def _parts(context: Context) -> Mapping[str, bool]:
    services = context.services
    database, assistant, actions = await asyncio.gather(
        context.lane.run(_can_write, services.engine),
        services.assistant.ready(),
        _listens(services.settings.actions_port),
    )
    return {"database": database, "assistant": assistant, "actions": actions}


def _can_write(engine: Engine) -> bool:
    try:
        with writing(engine) as connection:
            connection.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return False
    return True


async def _listens(port: int) -> bool:
    try:
        _, writer = await asyncio.wait_for(asyncio.open_connection("127.0.0.1", port), _PATIENCE)
    except (OSError, asyncio.TimeoutError):
        return False
    writer.close()
    return True
