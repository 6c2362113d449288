"""Dates as parents write them; today is Saturday 21 November 2026."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.handoff.clock import MONTHS
from bot.nlu.dutch_dates import find_dates

TODAY = date(2026, 11, 21)


def days(text: str) -> list[list[str]]:
    return [[str(day) for day in mention.dates(TODAY)] for mention in find_dates(text)]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("ik heb op 3 november aangemeld", "2026-11-03"),
        ("op 3 nov. aangemeld", "2026-11-03"),
        ("3 NOVEMBER 2025", "2025-11-03"),
        ("3 november '25", "2025-11-03"),
        ("drie november", "2026-11-03"),
        ("de derde november", "2026-11-03"),
        ("de 3e november", "2026-11-03"),
        ("eenentwintig oktober", "2026-10-21"),
        ("drieëntwintig oktober", "2026-10-23"),
        ("het besluit is van 12-10", "2026-10-12"),
        ("12/10", "2026-10-12"),
        ("3/11/2026", "2026-11-03"),
        ("3-11-26", "2026-11-03"),
        ("3.11.2026", "2026-11-03"),
        ("2026-11-03", "2026-11-03"),
        ("2 jan", "2026-01-02"),
        ("15 febuari", "2026-02-15"),
        ("3 november 10 uur", "2026-11-03"),
        ("gisteren", "2026-11-20"),
        ("gisteravond", "2026-11-20"),
        ("eergisteren", "2026-11-19"),
        ("vanmorgen", "2026-11-21"),
        ("10 dagen geleden", "2026-11-11"),
        ("twee dagen geleden", "2026-11-19"),
        ("een week geleden", "2026-11-14"),
        ("acht weken geleden", "2026-09-26"),
        ("vorige week maandag", "2026-11-09"),
        ("maandag van vorige week", "2026-11-09"),
        ("deze week dinsdag", "2026-11-17"),
        ("afgelopen maandag", "2026-11-16"),
        ("maandag", "2026-11-16"),
        ("afgelopen zaterdag", "2026-11-14"),
    ],
)
def test_a_date_is_read(text: str, day: str) -> None:
    assert days(text) == [[day]]


@pytest.mark.parametrize(
    ("text", "possible"),
    [
        ("1 december", ["2025-12-01", "2026-12-01"]),
        ("zaterdag", ["2026-11-21", "2026-11-14"]),
        ("vorige maandag", ["2026-11-16", "2026-11-09"]),
    ],
)
def test_a_date_that_can_be_two_days_gives_both(text: str, possible: list[str]) -> None:
    assert days(text) == [possible]


@pytest.mark.parametrize(
    "text",
    [
        *("in oktober", "begin november", "eind mei", "vorige week", "een paar weken geleden", "twee maanden geleden"),
        *("31 november", "31-4", "3/13", "het was de 12e"),
    ],
)
def test_what_names_no_day_is_a_date_without_a_day(text: str) -> None:
    assert days(text) == [[]]


@pytest.mark.parametrize(
    "text",
    [
        *("groep 7/8", "4-6 weken", "6 weken", "24/7", "hij is 4 jaar", "cluster 3/4", "art. 8.8", "2-3 keer per week"),
        *("Jan zit thuis", "0800-2000", "113", "een meisje", "wat kan ik in de klas vragen", "om 12.30 uur"),
    ],
)
def test_other_numbers_are_no_dates(text: str) -> None:
    assert find_dates(text) == []


def test_each_date_has_its_place() -> None:
    text = "Op 3 november aangemeld, besluit 1-12-2026."
    assert [text[mention.start : mention.end] for mention in find_dates(text)] == ["3 november", "1-12-2026"]


@given(st.dates(date(2025, 12, 22), TODAY))
def test_a_day_of_the_past_months_is_found_without_its_year(day: date) -> None:
    for text in (f"{day.day} {MONTHS[day.month - 1]}", f"{day.day}-{day.month}", f"{day:%d/%m}"):
        assert days(text) == [[str(day)]]


@given(st.text(max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    for mention in find_dates(text):
        assert 0 <= mention.start < mention.end <= len(text)
        mention.dates(TODAY)
