from datetime import datetime

from bot.db import reading
from bot.report.figures import SUPPRESSED, as_csv, weeks_of
from bot.report.weekly import bars

NOW = datetime(2026, 11, 25, 9)


def weeks(engine, count=2):
    with reading(engine) as connection:
        return weeks_of(connection, NOW, count)


def test_whole_weeks_are_counted_from_monday(engine, ask):
    for _ in range(6):
        ask("hoe lang", "answer", "tlv/geldigheid", verdict="goed")
    before, last = weeks(engine)
    assert (before.start, last.start) == ("2026-11-09", "2026-11-16")
    assert last.counts["gesprekken"] == last.counts["antwoord"] == last.counts["duim_omhoog"] == 6
    assert dict(last.topics) == {"tlv/geldigheid": 6}
    assert before.counts["berichten"] == 0


def test_a_number_below_five_is_told_nowhere_also_not_none(engine, ask):
    for _ in range(4):
        ask("hoe lang", "ask")
    ask("hoe lang", "answer", "tlv/geldigheid")
    (week,) = weeks(engine, 1)
    assert (week.told("gevraagd"), week.told("mens"), week.told("berichten")) == (SUPPRESSED, SUPPRESSED, "5")
    assert dict(week.topics) == {}
    text = as_csv([week])
    assert "2026-11-16,gevraagd,<5" in text
    assert "tlv/geldigheid" not in text
    assert bars([week], "gevraagd") == [("2026-11-16", SUPPRESSED, 0.0)]
