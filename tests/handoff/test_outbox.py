import threading
from contextlib import ExitStack
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine
from sqlalchemy.exc import IntegrityError

from bot.db import reading, writing
from bot.handoff.outbox import (
    BATCH,
    LEASE,
    Backlog,
    Outbox,
    Parcel,
    Patience,
    announce,
    backlog,
    cancel,
    dead_letters,
    enqueue,
    offer_again,
    outbox_table,
)

NOW = datetime(2026, 11, 23, 9, 0)


class Receiver:
    """A carrier that keeps what it gets, and refuses the first so many."""

    def __init__(self, refuse: int = 0) -> None:
        self.refuse = refuse
        self.attempts: list[Parcel] = []

    def __call__(self, parcel: Parcel) -> None:
        self.attempts.append(parcel)
        if len(self.attempts) <= self.refuse:
            raise OSError(28, "No space left on device")


def fill(engine: Engine, *case_ids: str) -> None:
    with writing(engine) as connection:
        for case_id in case_ids:
            enqueue(connection, "mail", "nieuw", case_id, {"code": "K7QX-M3PD"}, NOW)


def waiting(engine: Engine) -> Backlog:
    with reading(engine) as connection:
        return backlog(connection)


def test_a_parcel_is_delivered_once_and_then_left_alone(engine: Engine) -> None:
    fill(engine, "a")
    receiver = Receiver()
    outbox = Outbox(engine, {"mail": receiver})
    assert [outbox.deliver_due(NOW), outbox.deliver_due(NOW + timedelta(days=1))] == [1, 0]
    assert receiver.attempts == [Parcel("nieuw.mail.a@ouderchat", "a", {"code": "K7QX-M3PD"}, NOW)]
    assert waiting(engine) == Backlog(0, 0, None)


def test_a_failed_parcel_is_tried_again_with_the_same_key_until_it_is_acknowledged(engine: Engine) -> None:
    fill(engine, "a")
    receiver = Receiver(refuse=3)
    outbox = Outbox(engine, {"mail": receiver})
    delivered = [outbox.deliver_due(NOW + timedelta(seconds=s)) for s in (0, 29, 30, 89, 90, 209, 210, 10_000)]
    assert delivered == [0, 0, 0, 0, 0, 0, 1, 0]
    assert len(receiver.attempts) == 4
    assert len({parcel.key for parcel in receiver.attempts}) == 1


def test_a_failure_is_noted_without_the_text_of_the_error(engine: Engine) -> None:
    fill(engine, "a")
    Outbox(engine, {"mail": Receiver(refuse=1)}).deliver_due(NOW)
    with reading(engine) as connection:
        row = connection.execute(select(outbox_table)).one()
    assert (row.last_error, row.attempts, row.delivered_at) == ("OSError", 1, None)
    assert waiting(engine) == Backlog(1, 1, NOW)


def test_the_wait_doubles_from_half_a_minute_to_an_hour() -> None:
    seconds = [Patience().after(attempts).total_seconds() for attempts in (1, 2, 3, 7, 8, 9, 1000)]
    assert seconds == [30, 60, 120, 1920, 3600, 3600, 3600]


def test_it_is_still_tried_after_days(engine: Engine) -> None:
    fill(engine, "a")
    receiver = Receiver(refuse=100)
    outbox = Outbox(engine, {"mail": receiver})
    hours = range(0, 24 * 6)
    assert sum(outbox.deliver_due(NOW + timedelta(hours=hour)) for hour in hours) == 1
    assert len(receiver.attempts) == 101


def test_after_days_a_parcel_is_a_dead_letter_that_can_be_offered_again(engine: Engine) -> None:
    fill(engine, "a")
    receiver = Receiver(refuse=1000)
    outbox = Outbox(engine, {"mail": receiver})
    for hour in range(24 * 7):
        outbox.deliver_due(NOW + timedelta(hours=hour))
    tried, later = len(receiver.attempts), NOW + timedelta(days=8)
    assert tried == 24 * 5 + 1
    assert waiting(engine) == Backlog(1, 1, NOW, dead=1)
    receiver.refuse = 0
    with writing(engine) as connection:
        (letter,) = dead_letters(connection)
        assert offer_again(connection, letter.id, later)
        assert not offer_again(connection, letter.id, later)
    assert outbox.deliver_due(later) == 1
    assert {parcel.key for parcel in receiver.attempts} == {"nieuw.mail.a@ouderchat"}
    assert waiting(engine) == Backlog(0, 0, None)


def test_the_patience_of_an_installation_follows_its_settings() -> None:
    hasty = Patience.of(retry_seconds=1, days=2)
    assert (hasty.after(3), hasty.lease, hasty.give_up) == (
        timedelta(seconds=4),
        timedelta(seconds=10),
        timedelta(days=2),
    )
    assert Patience.of(30, 5) == Patience()


def test_an_event_is_announced_once_over_each_channel(engine: Engine) -> None:
    with writing(engine) as connection:
        outcomes = [announce(connection, ("mail", "webhook"), "nieuw", "a", {"code": "x"}, NOW) for _ in range(2)]
    assert outcomes == [True, False]
    assert waiting(engine).waiting == 2


def test_one_parcel_that_fails_does_not_stop_the_others(engine: Engine) -> None:
    fill(engine, "a", "b", "c")
    receiver = Receiver(refuse=1)
    assert Outbox(engine, {"mail": receiver}).deliver_due(NOW) == 2


def test_a_parcel_without_a_carrier_waits(engine: Engine) -> None:
    fill(engine, "a")
    assert Outbox(engine, {}).deliver_due(NOW) == 0
    assert waiting(engine).failing == 1


def test_more_parcels_than_one_batch_all_leave(engine: Engine) -> None:
    fill(engine, *(f"case{number}" for number in range(BATCH + 1)))
    outbox = Outbox(engine, {"mail": Receiver()})
    assert [outbox.deliver_due(NOW), outbox.deliver_due(NOW)] == [BATCH, 1]


def test_an_event_of_a_case_is_sent_once_for_each_kind(engine: Engine) -> None:
    fill(engine, "a")
    with pytest.raises(IntegrityError):
        fill(engine, "a")


def test_nothing_is_marked_delivered_when_the_process_dies_after_sending(engine: Engine) -> None:
    class Killed(BaseException):
        pass

    def dies(_parcel: Parcel) -> None:
        raise Killed

    fill(engine, "a")
    with pytest.raises(Killed):
        Outbox(engine, {"mail": dies}).deliver_due(NOW)
    outbox = Outbox(engine, {"mail": Receiver()})
    assert outbox.deliver_due(NOW + LEASE - timedelta(seconds=1)) == 0
    assert outbox.deliver_due(NOW + LEASE) == 1


def test_two_processes_at_the_same_moment_send_each_parcel_once(engine: Engine) -> None:
    fill(engine, *(f"case{number}" for number in range(20)))
    receiver = Receiver()
    start = threading.Barrier(4)

    def work() -> None:
        start.wait()
        Outbox(engine, {"mail": receiver}).deliver_due(NOW)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(parcel.case_id for parcel in receiver.attempts) == sorted(f"case{n}" for n in range(20))


def test_a_locked_database_makes_parcels_wait_and_loses_none(engine: Engine, hasty_engine: Engine) -> None:
    fill(engine, "a")
    receiver = Receiver()
    outbox = Outbox(hasty_engine, {"mail": receiver})
    with writing(engine):
        assert outbox.deliver_due(NOW) == 0
    assert receiver.attempts == []
    assert outbox.deliver_due(NOW) == 1


def test_a_database_that_locks_after_sending_leads_to_the_same_parcel_again(
    engine: Engine, hasty_engine: Engine
) -> None:
    fill(engine, "a")
    receiver = Receiver()
    with ExitStack() as locks:

        def send_then_lock(parcel: Parcel) -> None:
            receiver(parcel)
            locks.enter_context(writing(engine))

        assert Outbox(hasty_engine, {"mail": send_then_lock}).deliver_due(NOW) == 0
    assert Outbox(engine, {"mail": receiver}).deliver_due(NOW + LEASE) == 1
    assert receiver.attempts[0] == receiver.attempts[1]


def test_a_case_that_is_withdrawn_takes_its_waiting_parcels_along(engine: Engine) -> None:
    fill(engine, "a", "b")
    receiver = Receiver()
    outbox = Outbox(engine, {"mail": receiver})
    with writing(engine) as connection:
        cancel(connection, "a")
    outbox.deliver_due(NOW)
    with writing(engine) as connection:
        cancel(connection, "b")
    assert [parcel.case_id for parcel in receiver.attempts] == ["b"]
    with reading(engine) as connection:
        assert connection.execute(select(outbox_table.c.case_id)).scalars().all() == ["b"]
