import logging
import os
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.handoff.hours import FILE, Hours
from bot.knowledge.reading import KnowledgeError
from bot.settings import ROOT

SHIPPED = Hours(ROOT / "knowledge")
WEEK = "werkdagen: {maandag: ja, dinsdag: ja, woensdag: nee, donderdag: ja, vrijdag: nee, zaterdag: nee, zondag: nee}"


def write(folder: Path, text: str) -> Path:
    path = folder / FILE
    path.write_text(text, encoding="utf-8")
    return path


def hours(folder: Path, closed: str = "[]", week: str = WEEK) -> Hours:
    write(folder, f"bevestigd: nee\n{week}\ngesloten: {closed}\n")
    return Hours(folder)


def test_the_shipped_days_are_not_said_to_be_confirmed() -> None:
    assert not SHIPPED.schedule.confirmed


@pytest.mark.parametrize(
    ("now", "text"),
    [
        (datetime(2026, 11, 21, 19, 0), "De eerstvolgende werkdag is maandag 23 november."),
        (datetime(2026, 11, 23, 8, 0), "De eerstvolgende werkdag is dinsdag 24 november."),
        # Christmas Day is a Friday, then the weekend.
        (datetime(2026, 12, 24, 12, 0), "De eerstvolgende werkdag is maandag 28 december."),
        (datetime(2026, 12, 31, 12, 0), "De eerstvolgende werkdag is maandag 4 januari 2027."),
        # Easter Monday and King's Day.
        (datetime(2027, 3, 25, 12, 0), "De eerstvolgende werkdag is dinsdag 30 maart."),
        (datetime(2027, 4, 26, 12, 0), "De eerstvolgende werkdag is woensdag 28 april."),
    ],
)
def test_the_receipt_names_the_next_working_day(now: datetime, text: str) -> None:
    assert SHIPPED.next_moment_text(now) == text


def test_the_day_is_decided_on_the_dutch_clock() -> None:
    just_after_midnight_in_almere = datetime(2026, 11, 22, 23, 30)
    assert SHIPPED.next_working_day(just_after_midnight_in_almere) == date(2026, 11, 24)


@given(st.datetimes(datetime(2024, 1, 1), datetime(2034, 1, 1)))
def test_the_next_working_day_lies_ahead_and_is_a_working_day(now: datetime) -> None:
    day = SHIPPED.next_working_day(now)
    assert day is not None
    assert day.weekday() < 5
    assert timedelta(0) < day - now.date() <= timedelta(days=6)


def test_own_days_and_own_closing_days_count(tmp_path: Path) -> None:
    own = hours(tmp_path, '[{dag: "2026-11-23"}, {van: "2026-11-24", tot: "2026-11-30", waarom: studieweek}]')
    assert own.next_working_day(datetime(2026, 11, 21, 12, 0)) == date(2026, 12, 1)


def test_no_day_is_named_when_none_is_known(tmp_path: Path) -> None:
    closed = hours(tmp_path, '[{van: "2026-11-01", tot: "2027-10-31"}]')
    assert closed.next_moment_text(datetime(2026, 11, 2)) == "Wij weten nu nog niet wat de eerstvolgende werkdag is."


def test_a_change_is_followed_without_a_restart(tmp_path: Path) -> None:
    own = hours(tmp_path)
    own_day = own.next_working_day(datetime(2026, 11, 21))
    path = write(tmp_path, f'bevestigd: ja\n{WEEK}\ngesloten: [{{dag: "2026-11-23"}}]\n')
    os.utime(path, ns=(1, 1))
    assert (own_day, own.next_working_day(datetime(2026, 11, 21))) == (date(2026, 11, 23), date(2026, 11, 24))
    assert own.schedule.confirmed


@pytest.mark.parametrize("damage", ["bevestigd: [", None])
def test_a_file_that_turns_bad_is_logged_once_and_the_days_before_stay(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, damage: str | None
) -> None:
    own = hours(tmp_path)
    if damage is None:
        (tmp_path / FILE).unlink()
    else:
        os.utime(write(tmp_path, damage), ns=(1, 1))
    with caplog.at_level(logging.ERROR):
        assert own.next_working_day(datetime(2026, 11, 21)) == date(2026, 11, 23)
        assert own.next_working_day(datetime(2026, 11, 21)) == date(2026, 11, 23)
    assert len(caplog.records) == 1


CONFIRMED = (
    f'bevestigd: ja\n{WEEK}\ngesloten: []\nuren: {{van: "09:00", tot: "16:30"}}\nantwoord_binnen_werkdagen: "2"\n'
)
"""Working days: Monday, Tuesday, Thursday."""


def test_outside_working_hours_the_parent_hears_when_there_will_be_an_answer(tmp_path: Path) -> None:
    write(tmp_path, CONFIRMED)
    own = Hours(tmp_path)
    at = [datetime(2026, 11, 23, 7, 59), datetime(2026, 11, 23, 8, 0), datetime(2026, 11, 23, 15, 30)]
    assert [own.is_open(moment) for moment in at] == [False, True, False]
    assert own.closed_notice(at[1]) == ""
    assert own.closed_notice(at[2]) == (
        "De ouderadviseurs werken nu niet. De eerstvolgende werkdag is dinsdag 24 november. "
        "U hoort uiterlijk donderdag 26 november van ons."
    )


def test_hours_that_nobody_confirmed_are_not_told(tmp_path: Path) -> None:
    write(tmp_path, CONFIRMED.replace("ja\n", "nee\n", 1))
    own, evening = Hours(tmp_path), datetime(2026, 11, 23, 20, 0)
    assert own.is_open(evening)
    assert own.next_moment_text(evening) == "De eerstvolgende werkdag is dinsdag 24 november."
    assert not own.is_open(datetime(2026, 11, 25, 12, 0))


@pytest.mark.parametrize(
    ("start", "end", "hours_between"),
    [
        (datetime(2026, 11, 23, 7, 0), datetime(2026, 11, 23, 9, 30), 1.5),
        (datetime(2026, 11, 23, 15, 0), datetime(2026, 11, 24, 9, 0), 1.5),
        (datetime(2026, 11, 24, 12, 0), datetime(2026, 11, 26, 9, 0), 4.5),
        (datetime(2026, 11, 27, 8, 0), datetime(2026, 11, 29, 20, 0), 0.0),
        (datetime(2026, 11, 23, 12, 0), datetime(2026, 11, 23, 12, 0), 0.0),
    ],
)
def test_only_working_hours_count(tmp_path: Path, start: datetime, end: datetime, hours_between: float) -> None:
    write(tmp_path, CONFIRMED)
    assert Hours(tmp_path).working_hours(start, end) == hours_between


def test_a_working_day_without_known_hours_counts_from_nine_to_five(tmp_path: Path) -> None:
    assert hours(tmp_path).working_hours(datetime(2026, 11, 23), datetime(2026, 11, 24)) == 8.0


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("bevestigd: misschien\n" + WEEK + "\ngesloten: []", 1),
        ("bevestigd: nee\nwerkdagen: {maandag: ja}\ngesloten: []", 2),
        ("bevestigd: nee\n" + WEEK.replace("ja", "nee") + "\ngesloten: []", 2),
        ("bevestigd: nee\n" + WEEK + '\ngesloten:\n  - dag: "24-12-2026"', 4),
        ("bevestigd: nee\n" + WEEK + '\ngesloten:\n  - van: "2026-12-24"', 4),
        ("bevestigd: nee\n" + WEEK + '\ngesloten:\n  - van: "2026-12-24"\n    tot: "2026-12-20"', 5),
        ("bevestigd: nee\n" + WEEK + '\ngesloten: []\nuren: {van: "9 uur", tot: "17:00"}', 4),
        ("bevestigd: nee\n" + WEEK + '\ngesloten: []\nuren: {van: "17:00", tot: "09:00"}', 4),
        ("bevestigd: nee\n" + WEEK + '\ngesloten: []\nantwoord_binnen_werkdagen: "snel"', 4),
    ],
)
def test_a_wrong_file_is_refused_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    write(tmp_path, text)
    with pytest.raises(KnowledgeError) as error:
        Hours(tmp_path)
    assert (error.value.file.name, error.value.line) == (FILE, line)
