"""The days that Termijnhulp worked out, as a file for the parent's own calendar. Nothing is stored."""

from __future__ import annotations

import asyncio

from sanic import Blueprint, Request
from sanic.response import HTTPResponse, text

from bot.chat.context import Context
from bot.chat.errors import Refused
from bot.chat.ics import FIELD, BadEvents, events_of, ics
from bot.handoff.clock import utc_now
from bot.knowledge.deadlines import load_deadlines

_NOT_OURS = "Deze dagen kloppen niet. Vraag de chat om een nieuwe link."
_HEADERS = {"Content-Disposition": 'attachment; filename="termijnen.ics"'}


def add_agenda(routes: Blueprint, context: Context) -> None:
    """Add ``GET /agenda?dag=<kind>:<date>``: kinds and titles are those of ``knowledge/termijnen.yml``.

    No token is asked for: the address holds the days, and nothing of the conversation.
    """
    file = context.services.settings.knowledge_dir / "termijnen.yml"

    @routes.get("/agenda")
    async def agenda(request: Request) -> HTTPResponse:
        deadlines = await asyncio.to_thread(load_deadlines, file)
        try:
            events = events_of(request.args.getlist(FIELD, []), deadlines.calendar_titles())
        except BadEvents:
            raise Refused(400, _NOT_OURS) from None
        return text(ics(events, utc_now()), headers=_HEADERS, content_type="text/calendar; charset=utf-8")
