from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.db import reading, writing
from bot.handoff.accounts import create_account
from bot.handoff.cases import mark_read
from bot.handoff.intake import Intake, Receipt
from bot.handoff.outbox import outbox_table
from bot.handoff.reminders import Reminders, Unread
from bot.handoff.work import EACH, HandoffWork
from bot.privacy.vault import Vault
from bot.settings import Settings
from tests.handoff.handed_over import HOURS, REQUEST

MONDAY = datetime(2026, 11, 23, 8, 0)
"""Nine o'clock in Almere, when the working day begins."""
HOUR = timedelta(hours=1)
CALM = replace(REQUEST, about="De TLV van mijn zoon", transcript=())


@pytest.fixture
def receipt(engine: Engine, vault: Vault) -> Receipt:
    return Intake(engine, vault, HOURS, lambda: MONDAY).submit(CALM)


@pytest.fixture
def reminders(engine: Engine) -> Reminders:
    return Reminders(engine, HOURS, 2, ("mail", "webhook"))


def events(engine: Engine) -> list[str]:
    with reading(engine) as connection:
        keys = connection.execute(select(outbox_table.c.idempotency_key).order_by(outbox_table.c.id)).scalars()
        return [key.split(".")[0] for key in keys if ".mail." in key]


def test_an_unread_case_leads_to_a_reminder_then_the_fallback_then_an_alarm(
    engine: Engine, reminders: Reminders, receipt: Receipt
) -> None:
    seen = []
    for hours in (1.9, 2, 3, 4, 5.9, 6):
        reminders.send_due(MONDAY + hours * HOUR)
        seen.append((len(events(engine)), reminders.look(MONDAY + hours * HOUR).alarm))
    assert seen == [(1, 0), (2, 0), (2, 0), (3, 0), (3, 0), (3, 1)]
    assert events(engine) == ["nieuw", "herinnering", "terugval"]


def test_only_working_hours_count(engine: Engine, vault: Vault, reminders: Reminders) -> None:
    friday_evening = datetime(2026, 11, 20, 18, 0)
    Intake(engine, vault, HOURS, lambda: friday_evening).submit(CALM)
    assert reminders.send_due(MONDAY) == 0
    assert reminders.send_due(MONDAY + 2 * HOUR) == 1


def test_an_urgent_case_waits_half_as_long(engine: Engine, vault: Vault, reminders: Reminders) -> None:
    Intake(engine, vault, HOURS, lambda: MONDAY).submit(replace(CALM, urgent=True))
    assert reminders.send_due(MONDAY + HOUR) == 1
    assert reminders.look(MONDAY + 3 * HOUR) == Unread(1, 1)


def test_a_case_that_is_read_is_left_alone(engine: Engine, reminders: Reminders, receipt: Receipt) -> None:
    account = create_account(engine, "Noor", "noor@example.org", "een zin die ik onthoud").id
    with writing(engine) as connection:
        mark_read(connection, receipt.case_id, account, MONDAY)
    assert reminders.send_due(MONDAY + 100 * HOUR) == 0
    assert reminders.look(MONDAY + 100 * HOUR) == Unread(0, 0)


def test_the_door_does_all_of_it_and_tells_the_health_page(
    engine: Engine, vault: Vault, settings: Settings, receipt: Receipt
) -> None:
    clock = [MONDAY]
    work = HandoffWork(settings, engine, vault, HOURS, lambda: clock[0])
    assert work.deliver_due() == 1
    clock[0] += 7 * HOUR
    assert work.deliver_due() == 1
    clock[0] += EACH / 2
    assert work.deliver_due() == 0
    assert work.health() == {"ongelezen": 1, "te_lang_ongelezen": 0, "wacht_op_bezorging": 0, "niet_bezorgd": 0}
    assert len(list((settings.var_dir / "mail").iterdir())) == 2
