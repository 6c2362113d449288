from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.db import reading, writing
from bot.handoff.accounts import create_account, set_available
from bot.handoff.presence import GRACE, SILENCE, Presence, presence_table

pytestmark = pytest.mark.usefixtures("quick_passwords")


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 9, 0)

    def __call__(self) -> datetime:
        return self.now

    def later(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def noor(engine: Engine) -> int:
    return create_account(engine, "Noor de Vries", "noor@example.org", "een zin die ik onthoud").id


@pytest.fixture
def presence(engine: Engine, clock: Clock) -> Presence:
    return Presence(engine, clock)


def choose(engine: Engine, account_id: int, available: bool) -> None:
    with writing(engine) as connection:
        set_available(connection, account_id, available, datetime(2026, 11, 23))


def test_who_has_a_page_open_is_here_and_available_only_by_choice(
    presence: Presence, engine: Engine, noor: int
) -> None:
    assert presence.here() == {}
    presence.open(noor)
    assert presence.here() == {noor: None}
    choose(engine, noor, True)
    assert presence.here() == {noor: "Noor"}
    choose(engine, noor, False)
    assert presence.here() == {noor: None}


def test_every_door_sees_the_same(presence: Presence, engine: Engine, clock: Clock, noor: int) -> None:
    other = Presence(engine, clock)
    page = presence.open(noor)
    assert other.here() == {noor: None}
    clock.later(SILENCE - 1)
    other.beat(page, noor)
    clock.later(SILENCE - 1)
    assert presence.here() == other.here() == {noor: None}
    other.leave(noor)
    assert presence.here() == {}


def test_going_to_the_next_page_is_not_leaving_and_closing_the_last_one_is(
    presence: Presence, clock: Clock, noor: int
) -> None:
    presence.close(presence.open(noor))
    clock.later(GRACE - 0.1)
    assert presence.here()
    page = presence.open(noor)
    clock.later(1)
    assert presence.here()
    presence.close(page)
    clock.later(GRACE)
    assert presence.here() == {}


def test_closing_one_of_two_pages_changes_nothing(presence: Presence, clock: Clock, noor: int) -> None:
    presence.open(noor)
    presence.close(presence.open(noor))
    clock.later(GRACE + 1)
    assert presence.here()


def test_a_browser_that_falls_silent_is_gone_and_comes_back_with_a_sign_of_life(
    presence: Presence, clock: Clock, noor: int
) -> None:
    page = presence.open(noor)
    clock.later(SILENCE)
    assert presence.here() == {}
    presence.beat(page, noor)
    assert presence.here()


def test_a_sign_of_life_without_an_open_page_or_of_somebody_else_means_nothing(
    presence: Presence, clock: Clock, noor: int
) -> None:
    presence.beat("", noor)
    assert presence.here() == {}
    page = presence.open(noor)
    clock.later(SILENCE)
    presence.beat(page, noor + 1)
    presence.close(page)
    clock.later(GRACE)
    presence.beat(page, noor)
    assert presence.here() == {}


def test_pages_of_long_ago_are_cleared_away(presence: Presence, engine: Engine, clock: Clock, noor: int) -> None:
    presence.open(noor)
    clock.later(3600)
    page = presence.open(noor)
    with reading(engine) as connection:
        assert connection.execute(select(presence_table.c.page)).scalars().all() == [page]
