import io
from pathlib import Path

import pytest

from bot.launch import supervisor as module
from bot.launch.child import Child
from bot.launch.console import Console
from bot.launch.signals import Stop
from bot.launch.supervisor import Supervisor


class Scripted(Child):
    """A child that dies when the test says so."""

    starts = 0
    dead = False

    def rotate(self) -> None:
        pass

    def start(self) -> None:
        self.starts += 1
        self.dead = False

    def running(self) -> bool:
        return not self.dead

    def ended(self) -> int | None:
        return 1 if self.dead else None


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def child() -> Scripted:
    return Scripted("door", [], Path("door.log"))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def output() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def supervisor(child: Scripted, clock: Clock, output: io.StringIO) -> Supervisor:
    made = Supervisor([child], Console(output), Stop(), clock)
    made.start()
    return made


def seconds_until_start(supervisor: Supervisor, child: Scripted, clock: Clock) -> float:
    child.dead = True
    supervisor.look()
    died, starts = clock.now, child.starts
    while child.starts == starts:
        clock.now += 0.5
        supervisor.look()
    return clock.now - died


def test_a_child_that_keeps_dying_waits_longer_each_time(supervisor: Supervisor, child: Scripted, clock: Clock) -> None:
    waits = [seconds_until_start(supervisor, child, clock) for _ in range(7)]
    assert waits == [1, 2, 4, 8, 16, 30, 30]


def test_a_child_that_ran_well_starts_again_soon(supervisor: Supervisor, child: Scripted, clock: Clock) -> None:
    for _ in range(4):
        seconds_until_start(supervisor, child, clock)
    clock.now += module.HEALTHY_AFTER
    assert seconds_until_start(supervisor, child, clock) == 1


def test_a_death_is_one_line_with_the_log(supervisor: Supervisor, child: Scripted, output: io.StringIO) -> None:
    child.dead = True
    for _ in range(5):
        supervisor.look()
    assert output.getvalue().count("\n") == 1
    assert "the door ended (status 1); it starts again in 1 s; see door.log" in output.getvalue()


def test_it_knows_who_does_not_come_up(supervisor: Supervisor, child: Scripted, clock: Clock) -> None:
    seconds_until_start(supervisor, child, clock)
    assert supervisor.gave_up_on(2) is None
    seconds_until_start(supervisor, child, clock)
    assert supervisor.gave_up_on(2) is child
