"""Calendar files: what RFC 5545 asks for."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.ics import BadEvents, Event, address, events_of, ics

MADE = datetime(2026, 11, 21, 20, 0)
TITLES = {"aangemeld_besluit": "De school beslist", "besluit_bezwaar": "Laatste dag"}
EVENT = Event("aangemeld_besluit", "De school beslist; uiterlijk, \\ vandaag", date(2026, 12, 31))


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def test_a_day_becomes_a_whole_day_with_a_reminder() -> None:
    lines = unfolded(ics([EVENT], MADE))

    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert "DTSTART;VALUE=DATE:20261231" in lines and "DTEND;VALUE=DATE:20270101" in lines
    assert "DTSTAMP:20261121T200000Z" in lines
    assert "UID:aangemeld_besluit-20261231@ouderchat" in lines
    assert "TRIGGER:-P7D" in lines
    assert lines[-2:] == ["END:VCALENDAR", ""]


def test_signs_with_a_meaning_are_escaped() -> None:
    assert "SUMMARY:De school beslist\\; uiterlijk\\, \\\\ vandaag" in unfolded(ics([EVENT], MADE))


def test_the_same_day_has_the_same_id_in_every_file() -> None:
    later = ics([EVENT], datetime(2027, 1, 1))
    assert [line for line in unfolded(later) if line.startswith("UID")] == ["UID:aangemeld_besluit-20261231@ouderchat"]


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs"]), max_size=200))
def test_lines_are_short_and_no_title_can_add_one(title: str) -> None:
    text = ics([Event("x", title, date(2026, 1, 1))], MADE)

    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert text.count("BEGIN:VEVENT") == 1 or "BEGIN:VEVENT" in title
    assert "\n" not in text.replace("\r\n", "")
    assert len(unfolded(text)) == len(unfolded(ics([EVENT], MADE)))


def test_an_address_gives_back_its_events() -> None:
    event = Event("aangemeld_besluit", TITLES["aangemeld_besluit"], date(2026, 12, 15))

    assert address([event]) == "/api/agenda?dag=aangemeld_besluit:2026-12-15"
    assert events_of(["aangemeld_besluit:2026-12-15"], TITLES) == [event]


@pytest.mark.parametrize(
    "values",
    [
        [],
        ["aangemeld_besluit:2026-12-15"] * 7,
        ["iets_anders:2026-12-15"],
        ["aangemeld_besluit:15-12-2026"],
        ["aangemeld_besluit"],
        ["aangemeld_besluit:0001-01-01"],
        ["aangemeld_besluit:9999-12-31"],
    ],
)
def test_other_days_are_not_made_into_a_file(values: list[str]) -> None:
    with pytest.raises(BadEvents):
        events_of(values, TITLES)
