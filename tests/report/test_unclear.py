"""The weekly report: what is in it, and above all what is not."""

from __future__ import annotations

from bot.db import reading
from bot.nlu.ranking import Ranked
from bot.report.certain import Certainty
from bot.report.unclear import UnclearReport, report, unclear_in
from tests.report.conftest import AFTER, MONDAY

WORDS = ["kost een tlv geld en wie betaalt dat", "wat is passend onderwijs", "Almere"]
CERTAIN = Certainty(WORDS, ["Almere"])
MANY = ("kost een tlv geld", "kost een tlv geld?", "Kost een TLV geld", "kost een tlv ook geld", "wie betaalt een tlv")


def rank(_text: str) -> list[Ranked]:
    return [Ranked("tlv/uitleg", 0.4), Ranked("passend_onderwijs/kosten", 0.3), Ranked("tlv/oneens", 0.2)]


def made(engine) -> UnclearReport:
    with reading(engine) as connection:
        return report(unclear_in(connection, MONDAY, AFTER), MONDAY, AFTER, CERTAIN.shows, rank)


def test_questions_that_are_alike_are_grouped_counted_and_come_with_a_patch(engine, ask):
    for _ in range(6):
        ask("kost een tlv geld", "none")
    (group,) = made(engine).groups
    assert (group.count, group.kinds, group.examples) == (6, {"geweigerd": 6}, ("kost een tlv geld",))
    assert group.topics[0] == ("tlv/uitleg", 0.4)
    assert group.patch == "V1=bericht:tlv/uitleg"


def test_each_kind_of_trouble_is_in_it_and_what_went_well_is_not(engine, ask, task):
    for _ in range(5):
        ask("kost een tlv geld", "none")
        ask("kost een tlv geld", "ask")
        ask("kost een tlv geld", "answer", "tlv/uitleg", verdict="niet_goed")
        task("kost een tlv geld")
        ask("wat is passend onderwijs", "answer", "passend_onderwijs/uitleg", verdict="goed")
    (group,) = made(engine).groups
    assert group.kinds == {"geweigerd": 5, "gevraagd": 5, "duim": 5, "klopte_niet": 5}


def test_below_five_parents_no_text_leaves_the_store(engine, ask):
    for _ in range(4):
        ask("kost een tlv geld", "none")
    found = made(engine)
    assert (found.groups, found.total, found.unshown) == ((), 4, 4)


def test_one_parent_who_asks_five_times_is_one_parent(engine, ask):
    conversation = ask("kost een tlv geld", "none")
    for _ in range(5):
        ask("kost een tlv geld", "none", within=conversation)
    assert made(engine).groups == ()


def test_a_kind_with_fewer_than_five_is_not_told(engine, ask):
    for _ in range(5):
        ask("kost een tlv geld", "none")
    ask("kost een tlv geld", "ask")
    (group,) = made(engine).groups
    assert (group.count, group.kinds) == (6, {"geweigerd": 5})


def test_what_may_hold_something_of_a_person_is_counted_and_never_shown(engine, ask):
    secret = ("kost een tlv geld voor fatima", "kost een tlv geld [naam#1]", "kost een tlv geld 0612345678")
    for text in secret:
        for _ in range(5):
            ask(text, "none")
    assert made(engine).groups == ()
    for _ in range(5):
        ask("kost een tlv geld", "none")
    (group,) = made(engine).groups
    assert group.examples == ("kost een tlv geld",)
    assert group.count >= 10
    assert "fatima" not in str(made(engine).as_dict())


def test_clicks_danger_and_another_week_are_not_in_it(engine, ask):
    for _ in range(5):
        ask("kost een tlv geld", "none", keuze="anders")
        ask("kost een tlv geld", "none", gevaar=["suicide", 0.9])
    assert made(engine).total == 0
    with reading(engine) as connection:
        assert unclear_in(connection, AFTER, AFTER) == []


def test_a_report_survives_being_written_down(engine, ask):
    for text in MANY:
        ask(text, "none")
    found = made(engine)
    assert UnclearReport.from_dict(found.as_dict()) == found


def test_only_known_words_are_certain():
    assert CERTAIN.shows("wie betaalt een tlv")
    assert CERTAIN.shows("kost een tlv 12")
    personal = ("wie betaalt Noor", "een tlv en Noor", "kost een tlv 1234", "[telefoon]", "bel 06-12345678")
    for text in (*personal, "kost " * 80):
        assert not CERTAIN.shows(text), text
