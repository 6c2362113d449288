from datetime import date, datetime

import pytest

from bot.content.reading import read_content
from bot.content.reviews import NotReviewed, by_owner, calendar, due, mark_reviewed

TODAY = date(2026, 6, 1)


def content_of(project):
    return read_content(project)[0]


def test_an_answer_is_due_a_year_after_its_review_and_at_once_when_there_was_none(project):
    found = {item.topic: (item.kind, item.day) for item in due(content_of(project), TODAY)}
    assert found["tlv/uitleg"] == ("nakijken", date(2027, 1, 15))
    assert found["tlv/geldigheid"] == ("nooit", TODAY)


def test_the_day_on_which_an_answer_ends_is_in_it_too(project, edit):
    edit("data/nlu/tlv.yml", '"Els"\n', '"Els"\n        geldig_tot: "2026-12-31"\n')
    kinds = [(item.kind, item.day) for item in due(content_of(project), TODAY) if item.topic == "tlv/uitleg"]
    assert kinds == [("verlopen", date(2026, 12, 31)), ("nakijken", date(2027, 1, 15))]


def test_one_owner_and_the_days_ahead_can_be_chosen(project, edit):
    edit(
        "data/nlu/tlv.yml",
        'eigenaar: "Redactie"\n        gecontroleerd: "2026',
        'eigenaar: "Gemeente"\n        gecontroleerd: "2026',
    )
    items = due(content_of(project), TODAY)
    assert list(by_owner(items)) == ["Gemeente", "Redactie"]
    assert [item.topic for item in due(content_of(project), TODAY, "gemeente")] == ["tlv/uitleg"]
    assert due(content_of(project), TODAY, "gemeente", days=30) == []


def test_the_calendar_file_has_the_days_and_not_what_has_none(project):
    text = calendar(due(content_of(project), TODAY), datetime(2026, 6, 1))
    assert text.count("BEGIN:VEVENT") == 1
    assert "SUMMARY:Opnieuw nakijken: tlv/uitleg (Redactie)" in text
    assert "DTSTART;VALUE=DATE:20270115" in text


def test_a_review_is_written_where_it_belongs_and_nothing_else_changes(project):
    file = project / "data/nlu/tlv.yml"
    before = file.read_text().splitlines()
    mark_reviewed(content_of(project), "tlv/geldigheid", "  Noor  de Vries ", TODAY)
    after = file.read_text().splitlines()
    assert [new.strip() for old, new in zip(before, after, strict=True) if old != new] == [
        'gecontroleerd: "2026-06-01"',
        'gecontroleerd_door: "Noor de Vries"',
    ]


@pytest.mark.parametrize(
    ("topic", "by"),
    [("tlv/onbekend", "Noor de Vries"), ("tlv/uitleg", ""), ("tlv/uitleg", "nog niet"), ("tlv/uitleg", 'x"y')],
)
def test_a_review_without_a_name_or_an_answer_is_refused(project, topic, by):
    before = (project / "data/nlu/tlv.yml").read_bytes()
    with pytest.raises(NotReviewed):
        mark_reviewed(content_of(project), topic, by, TODAY)
    assert (project / "data/nlu/tlv.yml").read_bytes() == before
