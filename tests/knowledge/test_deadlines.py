"""The terms of the law, and the days they come to."""

import re
from datetime import date
from pathlib import Path

import pytest

from bot.knowledge import Knowledge, KnowledgeError, load
from bot.knowledge.deadlines import Deadline, Deadlines, Occasion, due_days, load_deadlines

TUESDAY = date(2026, 11, 3)


@pytest.fixture
def deadlines(knowledge: Knowledge) -> Deadlines:
    return knowledge.deadlines


def days(deadlines: Deadlines, occasion: str, school: str | None = None) -> dict[str, str]:
    due = due_days(deadlines.occasions[occasion], TUESDAY, school)
    return {item.deadline.kind: item.day.isoformat() for item in due}


def test_an_application_gives_six_weeks_ten_weeks_and_the_term_for_objection_after_it(deadlines: Deadlines) -> None:
    assert days(deadlines, "aangemeld") == {
        "besluit": "2026-12-15",
        "verlengd": "2027-01-12",
        "bezwaar": "2027-01-26",
    }


@pytest.mark.parametrize("occasion", ["besluit_school", "besluit_tlv", "besluit"])
def test_a_decision_gives_six_weeks_for_objection(occasion: str, deadlines: Deadlines) -> None:
    assert days(deadlines, occasion)["bezwaar"] == "2026-12-15"


def test_every_last_day_is_the_same_day_of_the_week(deadlines: Deadlines) -> None:
    for occasion in deadlines.occasions.values():
        assert {due.day.weekday() for due in due_days(occasion, TUESDAY)} == {TUESDAY.weekday()}


def test_a_term_that_waits_for_another_is_past_when_that_one_is(deadlines: Deadlines) -> None:
    decision, _, objection = due_days(deadlines.occasions["aangemeld"], TUESDAY)

    assert not objection.is_past(decision.day)
    assert objection.is_past(date(2026, 12, 16)) and objection.day > date(2026, 12, 16)


def test_what_is_uncertain_for_one_kind_of_school_is_not_told_for_it(folder: Path) -> None:
    file = folder / "termijnen.yml"
    file.write_text(file.read_text().replace("zekerheid: middel", "zekerheid: laag"))
    deadlines = load_deadlines(file)

    assert days(deadlines, "aangemeld", "po") == {}
    assert days(deadlines, "aangemeld", None) == {}
    assert len(days(deadlines, "aangemeld", "vo")) == 3


def every(deadlines: Deadlines) -> list[tuple[Occasion, Deadline]]:
    return [(occasion, deadline) for occasion in deadlines.occasions.values() for deadline in occasion.deadlines]


def test_what_was_seen_in_an_older_text_comes_with_that_reservation(deadlines: Deadlines) -> None:
    for occasion, deadline in every(deadlines):
        for school in ("po", "vo"):
            if any(source.certainty == "middel" for source in deadline.sources_for(school)):
                assert "oudere wettekst" in occasion.reservations[school]
                assert "oudere wettekst" in occasion.reservations["onbekend"]


def test_every_day_is_called_an_estimate(deadlines: Deadlines) -> None:
    assert all("schatting" in occasion.start for occasion in deadlines.occasions.values())
    assert all("schatting" in title for title in deadlines.calendar_titles().values())


def test_every_term_has_a_source_for_both_kinds_of_school(deadlines: Deadlines) -> None:
    for _, deadline in every(deadlines):
        assert deadline.sources_for("po") and deadline.sources_for("vo")


def test_the_number_of_weeks_stands_in_the_text(deadlines: Deadlines) -> None:
    for _, deadline in every(deadlines):
        written = re.findall(r"(\d+) weken", deadline.text)
        assert not written or str(deadline.weeks) in written


def test_unknown_topics_are_refused(folder: Path) -> None:
    file = folder / "termijnen.yml"
    file.write_text(file.read_text().replace("onderwerp: tlv/oneens", "onderwerp: tlv/onees", 1))

    with pytest.raises(KnowledgeError, match=r"termijnen\.yml, regel \d+: het onderwerp 'tlv/onees'"):
        load(folder)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("weken: 6", "weken: zes", "'zes' kan niet"),
        ("weken: 6", "weken: 0", "'0' kan niet"),
        ("na: besluit", "na: iets", "de termijn 'iets' staat niet hierboven"),
        ("aan op {begin}", "aan op {dag}", "{dag} is onbekend; hier kan: {begin}"),
        ("**{dag}**: uiterlijk", "**{eerder}**: uiterlijk", "{eerder} is onbekend"),
        ("**{dag}**: uiterlijk", "**{dag**: uiterlijk", "een accolade staat los"),
        ("voor: [vo]", "voor: [mbo]", "'mbo' kan hier niet"),
        ("https://wetten.overheid.nl/BWBR0044212", "wetten.overheid.nl", "is geen webadres"),
        ("      po: ", "      pro: ", "het veld 'pro' is onbekend"),
        ("      po: Van", "      vo: Van", "'vo' staat er dubbel"),
        (
            "      vo: Dit geldt voor de middelbare school.\n      po: Van",
            "      vo: Van",
            "zet hier een voorbehoud bij po",
        ),
    ],
)
def test_a_mistake_is_named_with_file_and_line(old: str, new: str, reason: str, folder: Path) -> None:
    file = folder / "termijnen.yml"
    text = file.read_text()
    assert old in text
    # The explanation at the top uses the same words.
    head, body = text.split("gebeurtenissen:\n", 1)
    file.write_text(f"{head}gebeurtenissen:\n{body.replace(old, new, 1)}")

    with pytest.raises(KnowledgeError, match=rf"termijnen\.yml, regel \d+: .*{re.escape(reason)}"):
        load(folder)
