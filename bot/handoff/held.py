"""All that is held about a case, in clear and in Dutch, for the parent who asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.engine import Connection
from sqlalchemy.engine.row import Row

from bot.handoff.audit import Action, audit_table
from bot.handoff.case_work import REASONS as CLOSED
from bot.handoff.cases import Case, case_notes
from bot.handoff.clock import local
from bot.handoff.lines import REASONS as URGENT
from bot.handoff.outbox import outbox_table
from bot.handoff.sheet import make_sheet, rows
from bot.knowledge import current

WRITERS: Mapping[str, str] = {"ouder": "u", "bot": "chatbot", "mens": "ouderadviseur"}
DONE: Mapping[Action, str] = {
    "case_created": "uw vraag kwam binnen",
    "case_opened": "uw vraag bekeken",
    "case_refused": "geprobeerd uw vraag te bekijken; dat mocht niet",
    "case_read": "gemeld dat uw vraag gelezen is",
    "case_assigned": "uw vraag in behandeling genomen, of aan een collega gegeven",
    "case_released": "uw vraag teruggelegd bij de nieuwe vragen",
    "case_noted": "een notitie gemaakt",
    "case_contacted": "opgeschreven dat er gebeld of gemaild is",
    "case_waiting": "opgeschreven of er op u gewacht wordt",
    "case_closed": "uw vraag afgesloten",
    "case_reopened": "uw vraag heropend",
    "case_added_to": "iets toegevoegd",
    "case_exported": "deze gegevens opgevraagd",
    "case_danger": "een teken van gevaar gezien",
    "answer_wrong": "gemeld dat een antwoord van de chatbot niet klopte",
    "live_joined": "in de chat met u gaan praten",
    "live_left": "het gesprek in de chat beëindigd",
    "live_dropped": "de verbinding in de chat viel weg",
}
"""What was done with a case that still exists, as a parent reads it."""
_SENT = {"mail": "mail aan de ouderadviseurs", "webhook": "bericht aan het ticketsysteem"}
_NOTES = "De tekst van de notities kunt u opvragen bij het Oudersteunpunt."


def held(connection: Connection, case: Case, row: Row, steps: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """What the parent gets: times as on the clock in the Netherlands, with their distance to UTC.

    Args:
        connection: of the transaction.
        case: in clear.
        row: of the same case, for what only staff see.
        steps: how it stands, when each step was taken, and until when it is kept.
        now: naive UTC.
    """
    count = select(func.count()).select_from(case_notes).filter_by(case_id=row.id)
    return {
        "gemaakt_op": moment(now),
        "zaak": {**_told(case, row), **steps},
        "zaakblad": _sheet(case, now),
        "regels": [{"van": WRITERS[it.author], "tekst": it.text, "op": moment(it.at)} for it in case.content.lines],
        "wie_deed_wat": _accesses(connection, row.id),
        "verstuurd": _sent(connection, row.id),
        "notities_van_ouderadviseurs": {"aantal": int(connection.execute(count).scalar() or 0), "uitleg": _NOTES},
    }


def moment(at: datetime | None) -> str:
    """A stored time as ``2026-11-23 14:05:09+01:00``; "" for none."""
    return local(at).isoformat(" ", timespec="seconds") if at else ""


def _told(case: Case, row: Row) -> dict[str, Any]:
    content = case.content
    return {
        "nummer": case.code,
        "onderwerp": current().topics.get(content.topic, content.topic),
        "waar_het_over_gaat": content.about,
        content.contact_kind: content.contact,
        "naam": content.name or "",
        "bereikbaar": content.preferred,
        "tolk": content.interpreter,
        "spoed": [URGENT.get(reason, reason) for reason in content.urgency],
        "reden_van_afsluiten": CLOSED.get(row.closed_reason, ""),
        "toestemming": {"tekst": case.consent_text, "op": moment(case.consented_at)},
    }


def _sheet(case: Case, now: datetime) -> list[dict[str, Any]]:
    knowledge = current()
    made = make_sheet(case.content, knowledge, now)
    shown = rows(made, lambda topic: knowledge.topics.get(topic, topic), now)
    return [{"titel": row.title, "teksten": list(row.texts)} for row in shown]


def _accesses(connection: Connection, case_id: str) -> list[dict[str, str]]:
    found = connection.execute(select(audit_table).filter_by(case_id=case_id).order_by(audit_table.c.id))
    return [
        {
            "op": moment(row.at),
            "wat": DONE.get(row.action, row.action),
            "wie": "het Oudersteunpunt" if row.account_id else "u of de chat",
        }
        for row in found
    ]


def _sent(connection: Connection, case_id: str) -> list[dict[str, Any]]:
    found = connection.execute(select(outbox_table).filter_by(case_id=case_id).order_by(outbox_table.c.id))
    return [
        {"soort": _SENT.get(row.kind, row.kind), "gemaakt": moment(row.created), "bezorgd": moment(row.delivered_at)}
        for row in found
    ]
