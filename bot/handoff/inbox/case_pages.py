"""The list of cases, searching in it, and one case. Every access is recorded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sanic import Blueprint, HTTPResponse, Request
from sqlalchemy import select
from sqlalchemy.engine import Connection

from bot.db import writing
from bot.handoff import audit
from bot.handoff.accounts import Account, account_of, accounts_table
from bot.handoff.case_list import GROUPS, alarm, list_group, search
from bot.handoff.case_work import Standing, Veil, read_notes, standing
from bot.handoff.cases import read_case
from bot.handoff.inbox.gate import Gate, Visitor
from bot.handoff.inbox.live_items import live_item
from bot.handoff.inbox.services import InboxServices, in_thread
from bot.handoff.outbox import backlog

if TYPE_CHECKING:
    from bot.chat.live import LiveDesk

_GONE = "Deze zaak bestaat niet, of de ouder heeft haar ingetrokken."
TOLD: Mapping[str, str] = {
    "bezet": "Een collega was u net voor. Hieronder ziet u wie.",
    "veranderd": "Er was intussen iets veranderd aan deze zaak. Uw keuze is daarom niet uitgevoerd.",
    "ouder_weg": "De ouder heeft de chat nu niet op het scherm. Bel of mail de ouder.",
    "gewist": "De ouder heeft het gesprek gewist. Bel of mail de ouder.",
    "gesloten": "Deze zaak is afgesloten. Heropen haar eerst.",
    "leeg": "Er stond geen tekst in uw bericht. Er is niets verstuurd.",
    "niet_in_gesprek": "U bent niet meer in gesprek met deze ouder. Uw bericht is niet verstuurd.",
}
"""What a page says after something that could not be done, by the word in its address."""


def add_cases(routes: Blueprint, gate: Gate, live: LiveDesk) -> None:
    """Add the pages."""

    @routes.get("/")
    @gate.member
    async def show_list(request: Request, visitor: Visitor) -> HTTPResponse:
        words = " ".join((request.args.get("zoek") or "").split())[:100]
        values = await in_thread(_list, gate.services, visitor, words)
        return gate.pages.show("list.html", **values, **visitor.on_page)

    @routes.get("/zaken/<case_id:str>")
    @gate.member
    async def show_case(request: Request, visitor: Visitor, case_id: str) -> HTTPResponse:
        values = await in_thread(_case, gate.services, visitor, case_id)
        if values is None:
            return gate.pages.message(404, "Geen zaak gevonden", _GONE, **visitor.on_page)
        values |= await _live_values(live, visitor, case_id, values["standing"])
        values["told"] = TOLD.get(request.args.get("melding") or "")
        return gate.pages.show("case.html", **{**visitor.on_page, **values})


def _list(services: InboxServices, visitor: Visitor, words: str) -> dict[str, Any]:
    me = visitor.account.id
    with writing(services.engine) as connection:
        action: audit.Action = "cases_searched" if words else "list_viewed"
        audit.record(connection, action, services.clock(), me)
        found = search(connection, services.vault, me, words) if words else None
        groups = [(group, list_group(connection, group, me)) for group in GROUPS] if found is None else []
        return {"groups": groups, "found": found, "words": words, **_delivery(connection)}


def _delivery(connection: Connection) -> dict[str, int]:
    """How many parcels are tried again, and how many were given up."""
    waiting = backlog(connection)
    return {"failing": waiting.failing - waiting.dead, "dead": waiting.dead}


def _case(services: InboxServices, visitor: Visitor, case_id: str) -> dict[str, Any] | None:
    # The case is shown only when the row that says so is stored.
    with writing(services.engine) as connection:
        where = standing(connection, case_id)
        mine = where is not None and where.revealed_to(visitor.account.id)
        vault = services.vault if mine else Veil()
        case = read_case(connection, vault, case_id)
        action: audit.Action = "case_opened" if case else "case_refused"
        audit.record(connection, action, services.clock(), visitor.account.id, case_id[:32])
        if case is None:
            return None
        notes = read_notes(connection, vault, case_id)
        # What the parent added here is seen now.
        warning = alarm(connection, visitor.account.id)
        values = {"case": case, "standing": where, "mine": mine, "notes": notes, "alarm": warning}
        return {**values, "people": _people(connection)}


def _people(connection: Connection) -> dict[int, Account]:
    """Everybody who has or had an account, for their names."""
    return {row.id: account_of(row) for row in connection.execute(select(accounts_table))}


async def _live_values(live: LiveDesk, visitor: Visitor, case_id: str, where: Standing) -> dict[str, Any]:
    """The live conversation: its messages only for who is in it."""
    values: dict[str, Any] = {"live": None, "said": [], "parent_is_there": live.parent_is_there(where.conversation_id)}
    if where.live_by == visitor.account.id:
        found = await in_thread(live.takeover.of_conversation, where.conversation_id)
        if found is not None and found.case_id == case_id:
            said = await live.heard(found, 0)
            values |= {"live": found, "said": [live_item(message, text) for message, text in said]}
    return values
