"""A request for a hand-off, and what of it stands in the database."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.engine import Engine

from bot.db import metadata, reading
from bot.handoff.cases import Case, Content, case_lines, cases, read_case
from bot.handoff.hours import Hours
from bot.handoff.intake import Line, Request
from bot.handoff.outbox import outbox_table
from bot.privacy.vault import Vault, conversation_scope, vault_table
from bot.settings import ROOT

NOW = datetime(2026, 11, 21, 19, 0)
TALK = "c0ffee00" * 4
SCOPE = conversation_scope(TALK)
HOURS = Hours(ROOT / "knowledge")
LINES = (
    Line(1, "bot", "Goedendag, ik ben een chatbot.", NOW),
    Line(2, "ouder", "Hoe lang is een TLV geldig?", NOW),
    Line(4, "bot", "Dat verschilt. Vraag het de school: 036-1234567.", NOW),
    Line(5, "ouder", "Bel me op 06-12345678, mijn zoon Daan zit thuis.", NOW),
)
REQUEST = Request(
    conversation_id=TALK,
    consent_message_id="consent-0001",
    about="Mijn zoon Daan zit al weken thuis.",
    contact="06-12345678",
    name="Samira",
    transcript=LINES,
    struck=frozenset(),
    topic="tlv/geldigheid",
    urgent=False,
    preferred="na vijven",
    interpreter="Arabisch",
)
CONTENT = Content(
    topic="tlv/geldigheid",
    about="Mijn zoon Daan zit al weken thuis.",
    contact_kind="telefoon",
    contact="06 12345678",
    name="Samira",
    preferred="na vijven",
    interpreter="Arabisch",
    urgent=True,
    lines=(
        *LINES[:2],
        replace(LINES[2], meta={"vraag": 2}),
        replace(LINES[3], text="Bel me op 06 12345678, mijn zoon Daan zit thuis."),
    ),
    urgency=("thuiszitter",),
)
"""What an ouderadviseur gets of that request."""


def counts(engine: Engine) -> dict[str, int]:
    with reading(engine) as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar()
            for table in (cases, case_lines, vault_table, outbox_table)
        }


def dump(engine: Engine) -> str:
    """Everything that stands in the database."""
    with reading(engine) as connection:
        return "\n".join(str(row) for table in metadata.sorted_tables for row in connection.execute(select(table)))


def stored(engine: Engine, vault: Vault, case_id: str) -> Case:
    with reading(engine) as connection:
        case = read_case(connection, vault, case_id)
    assert case is not None
    return case
