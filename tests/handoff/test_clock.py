from datetime import date, datetime, timedelta, timezone

from bot.handoff.clock import as_utc, dutch_date, dutch_time, utc_now


def test_now_is_naive_utc() -> None:
    assert utc_now().tzinfo is None


def test_a_time_with_a_zone_is_stored_as_utc() -> None:
    summer = timezone(timedelta(hours=2))
    assert as_utc(datetime(2026, 7, 1, 14, 0, tzinfo=summer)) == datetime(2026, 7, 1, 12, 0)
    assert as_utc(datetime(2026, 7, 1, 12, 0)) == datetime(2026, 7, 1, 12, 0)


def test_a_date_names_the_year_only_when_it_is_another() -> None:
    assert dutch_date(date(2026, 11, 23), date(2026, 11, 21)) == "maandag 23 november"
    assert dutch_date(date(2027, 1, 4), date(2026, 12, 31)) == "maandag 4 januari 2027"


def test_a_time_is_shown_on_the_dutch_clock_in_summer_and_winter() -> None:
    assert dutch_time(datetime(2026, 7, 1, 12, 5), datetime(2026, 7, 1, 13, 0)) == "vandaag 14:05"
    assert dutch_time(datetime(2026, 11, 20, 12, 5), datetime(2026, 11, 21, 13, 0)) == "vrijdag 20 november, 13:05"
