from datetime import datetime, timedelta

import pytest
from sqlalchemy.engine import Engine

from bot.db import writing
from bot.handoff.accounts import create_account
from bot.handoff.cases import mark_closed, mark_read, mark_taken
from bot.handoff.intake import Intake
from bot.handoff.retention import Retention, Terms
from bot.keys import Keys
from bot.privacy.vault import Vault
from tests.handoff.handed_over import HOURS, NOW, REQUEST, counts

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("changes", "terms", "until"),
    [
        ((), Terms(unread=3, open=1, closed=1), NOW + 3 * DAY),
        ((mark_read,), Terms(unread=1, open=3, closed=1), NOW + 4 * DAY),
        ((mark_read, mark_taken), Terms(unread=1, open=3, closed=1), NOW + 5 * DAY),
        ((mark_read, mark_taken, mark_closed), Terms(unread=1, open=1, closed=3), NOW + 6 * DAY),
    ],
)
def test_each_state_has_its_own_term(
    engine: Engine, keys: Keys, changes: tuple[object, ...], terms: Terms, until: datetime
) -> None:
    vault = Vault(engine, keys)
    receipt = Intake(engine, vault, HOURS, lambda: NOW).submit(REQUEST)
    account = create_account(engine, "Noor", "noor@example.org", "een zin die ik onthoud").id
    for number, change in enumerate(changes, 1):
        with writing(engine) as connection:
            assert change(connection, receipt.case_id, account, NOW + number * DAY)  # type: ignore[operator]
    retention = Retention(engine, vault, terms)
    assert retention.delete_due(until - timedelta(seconds=1)) == 0
    assert retention.delete_due(until) == 1
    assert counts(engine)["cases"] == counts(engine)["case_lines"] == counts(engine)["outbox"] == 0


def test_without_a_term_nothing_goes(engine: Engine, keys: Keys) -> None:
    vault = Vault(engine, keys)
    Intake(engine, vault, HOURS, lambda: NOW).submit(REQUEST)
    assert Retention(engine, vault, Terms()).delete_due(NOW + 10_000 * DAY) == 0
