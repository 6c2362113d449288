"""The list of cases, one case, and what an ouderadviseur does with it. Every access is recorded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sanic import Blueprint, HTTPResponse, Request
from sqlalchemy.engine import Connection

from bot.db import writing
from bot.handoff import audit
from bot.handoff.accounts import get_account
from bot.handoff.cases import STATES, list_cases, mark_closed, mark_read, read_case
from bot.handoff.inbox.gate import Gate, Visitor, go
from bot.handoff.inbox.services import InboxServices, in_thread
from bot.handoff.outbox import backlog

CLOSED_SHOWN = 50
_GONE = "Deze zaak bestaat niet, of de ouder heeft haar ingetrokken."

Change = Callable[[Connection, str, int, datetime], bool]


def add_cases(routes: Blueprint, gate: Gate) -> None:
    """Add the pages."""
    _add_pages(routes, gate)
    _add_change(routes, gate, "gelezen", "case_read", mark_read)
    _add_change(routes, gate, "afgesloten", "case_closed", mark_closed)


def _add_pages(routes: Blueprint, gate: Gate) -> None:
    @routes.get("/")
    @gate.member
    async def show_list(_request: Request, visitor: Visitor) -> HTTPResponse:
        values = await in_thread(_list, gate.services, visitor)
        return gate.pages.show("list.html", **values, **visitor.on_page)

    @routes.get("/zaken/<case_id:str>")
    @gate.member
    async def show_case(_request: Request, visitor: Visitor, case_id: str) -> HTTPResponse:
        values = await in_thread(_case, gate.services, visitor, case_id)
        if values is None:
            return gate.pages.message(404, "Geen zaak gevonden", _GONE, **visitor.on_page)
        return gate.pages.show("case.html", **values, **visitor.on_page)


def _add_change(routes: Blueprint, gate: Gate, name: str, action: audit.Action, change: Change) -> None:
    @routes.post(f"/zaken/<case_id:str>/{name}", name=f"send_{name}")
    @gate.member
    async def send_change(_request: Request, visitor: Visitor, case_id: str) -> HTTPResponse:
        await in_thread(_change, gate.services, visitor, case_id, action, change)
        # The page of the case tells who was first, where somebody else was.
        return go(f"/inbox/zaken/{case_id}")


def _list(services: InboxServices, visitor: Visitor) -> dict[str, Any]:
    with writing(services.engine) as connection:
        audit.record(connection, "list_viewed", services.clock(), visitor.account.id)
        groups = [
            (state, list_cases(connection, state, CLOSED_SHOWN if state == "afgesloten" else 200)) for state in STATES
        ]
        return {"groups": groups, **_delivery(connection)}


def _delivery(connection: Connection) -> dict[str, int]:
    """How many parcels are tried again, and how many were given up."""
    waiting = backlog(connection)
    return {"failing": waiting.failing - waiting.dead, "dead": waiting.dead}


def _case(services: InboxServices, visitor: Visitor, case_id: str) -> dict[str, Any] | None:
    # The case is shown only when the row that says so is stored.
    with writing(services.engine) as connection:
        case = read_case(connection, services.vault, case_id)
        action: audit.Action = "case_opened" if case else "case_refused"
        audit.record(connection, action, services.clock(), visitor.account.id, case_id[:32])
        if case is None:
            return None
        readers = {name: get_account(connection, getattr(case, name)) for name in ("read_by", "closed_by")}
        return {"case": case, **readers}


def _change(services: InboxServices, visitor: Visitor, case_id: str, action: audit.Action, change: Change) -> None:
    with writing(services.engine) as connection:
        now = services.clock()
        if change(connection, case_id, visitor.account.id, now):
            audit.record(connection, action, now, visitor.account.id, case_id)
