from dataclasses import replace
from datetime import date
from typing import Any

from bot.handoff.cases import Author, Line
from bot.handoff.lines import with_questions
from bot.handoff.sheet import Answered, Sheet, Term, make_sheet, rows
from bot.knowledge import current
from tests.handoff.handed_over import CONTENT, NOW


def line(seq: int, author: Author, text: str, **meta: Any) -> Line:
    return Line(seq, author, text, NOW, meta)


def sheet(*lines: Line, **changes: Any) -> Sheet:
    calm = {"topic": "zorgplicht/termijn", "about": "De school wil mijn zoon niet", "urgent": False, "urgency": ()}
    content = replace(CONTENT, **{**calm, "lines": tuple(with_questions(lines)), **changes})
    return make_sheet(content, current(), NOW)


def test_a_bare_case_has_a_sheet_too() -> None:
    bare = sheet(topic="", preferred="", interpreter="")
    assert (bare.open_question, bare.reach, bare.phase, bare.answered) == (
        "De school wil mijn zoon niet",
        "06 12345678",
        "",
        (),
    )


def test_it_says_how_and_when_to_reach_the_parent_and_with_which_interpreter() -> None:
    assert (sheet().reach, sheet().interpreter) == ("06 12345678, na vijven", "Arabisch")


def test_running_terms_come_first_with_the_days_that_are_left() -> None:
    agenda = [
        {"soort": "a", "titel": "De school beslist", "datum": "2026-12-15"},
        {"soort": "b", "titel": "De school vraagt uitstel", "datum": "2026-11-10"},
    ]
    terms = sheet(line(1, "ouder", "ik meldde aan"), line(2, "bot", "...", onderwerp="x/y", agenda=agenda)).terms
    assert terms == (
        Term("De school beslist", date(2026, 12, 15), 24),
        Term("De school vraagt uitstel", date(2026, 11, 10), -11),
    )


def test_what_the_bot_answered_and_the_parent_rejected_stands_in_order() -> None:
    talk = (
        line(1, "ouder", "wat is een tlv"),
        line(2, "bot", "...", onderwerp="tlv/uitleg", besluit="answer"),
        line(3, "ouder", "mag een school weigeren"),
        line(4, "bot", "...", onderwerp="zorgplicht/weigering", besluit="answer"),
        line(5, "ouder", "daar heb ik niks aan"),
        line(6, "bot", "...", onderwerp="gesprek/niet_tevreden", besluit="human"),
    )
    assert sheet(*talk).answered == (Answered("tlv/uitleg", 2, False), Answered("zorgplicht/weigering", 4, True))
    assert sheet(*talk).open_question == "mag een school weigeren"


def test_a_thumb_down_counts_as_rejected() -> None:
    talk = (line(1, "ouder", "wat is een tlv"), line(2, "bot", ".", onderwerp="tlv/uitleg", oordeel="niet_goed"))
    assert sheet(*talk).answered == (Answered("tlv/uitleg", 2, True),)


def test_the_open_question_is_the_last_one_without_an_answer() -> None:
    talk = (
        line(1, "ouder", "wie betaalt de taxi naar zwemles"),
        line(2, "bot", "...", onderwerp="gesprek/buiten_bereik", besluit="none"),
        line(3, "ouder", "dank u"),
        line(4, "bot", "...", onderwerp="gesprek/bedankt", besluit="answer"),
    )
    assert sheet(*talk).open_question == "wie betaalt de taxi naar zwemles"


def test_what_was_struck_leaves_no_trace_on_the_sheet() -> None:
    talk = with_questions(
        [line(1, "ouder", "mijn zoon zit op de middelbare school"), line(2, "bot", ".", besluit="none")]
    )
    assert sheet(lines=(talk[1],)).school_kind == ""
    assert sheet(lines=(talk[1],)).open_question == "De school wil mijn zoon niet"


def test_the_phase_that_the_parent_chose_goes_before_the_one_of_the_topic() -> None:
    chosen = sheet(line(1, "ouder", "Ik maak me zorgen", keuze="ondersteuning/route:zorgen"), topic="tlv/uitleg")
    assert ("zorgen over uw kind" in chosen.phase, chosen.phase_is_guess) == (True, False)
    guessed = sheet(topic="ondersteuning/eerste_stap")
    assert guessed.phase and guessed.phase_is_guess


def test_of_several_phases_with_the_topic_the_one_that_names_it_first_counts() -> None:
    steps = current().route.steps
    assert sheet(topic="thuiszitten/hulp").phase == steps["thuis"].where
    assert sheet(topic="tlv/oneens").phase == steps["tlv_besluit"].where


def test_primary_or_secondary_and_a_school_that_is_surely_meant_are_named() -> None:
    name = next(school.name for school in current().schools if len(school.name) > 12)
    seen = sheet(line(1, "ouder", f"hij zit in groep 6 van {name}"))
    assert seen.school_kind == "primair onderwijs"
    assert seen.schools == (name,)
    assert sheet(line(1, "ouder", "de school doet niets")).schools == ()


def test_why_it_is_urgent_stands_in_words() -> None:
    urgent = sheet(urgency=("gevaar", "termijn"), urgent=True)
    assert urgent.urgency == ("een teken van gevaar", "een termijn die nu loopt")


def test_rows_that_were_struck_stay_empty_but_a_question_asked_later_is_shown() -> None:
    talk = (line(1, "ouder", "mijn zoon zit op de middelbare school"),)
    struck = frozenset({"school_kind", "open_question"})
    assert (sheet(*talk, struck_rows=struck).school_kind, sheet(*talk, struck_rows=struck).open_question) == ("", "")
    later = sheet(*talk, line(2, "ouder", "en wie betaalt dat?", later=True), struck_rows=struck)
    assert later.open_question == "en wie betaalt dat?"


def test_the_rows_read_the_same_for_parent_and_ouderadviseur() -> None:
    agenda = [{"soort": day, "titel": title, "datum": day} for title, day in DAYS.items()]
    talk = (
        line(1, "ouder", "wat is een tlv"),
        line(2, "bot", ".", onderwerp="tlv/uitleg", oordeel="niet_goed", agenda=agenda),
    )
    read = {row.title: row.texts for row in rows(sheet(*talk, topic=""), lambda topic: f"over {topic}", NOW)}
    assert read == {
        "Open vraag": ("wat is een tlv",),
        "Termijnen": (
            "Vandaag: zaterdag 21 november (vandaag)",
            "Morgen: zondag 22 november (nog 1 dag)",
            "Later: zaterdag 2 januari 2027 (nog 42 dagen)",
            "Eerder: dinsdag 10 november (voorbij)",
        ),
        "De chatbot gaf antwoord op": ("over tlv/uitleg – niet geholpen",),
    }


DAYS = {"Eerder": "2026-11-10", "Vandaag": "2026-11-21", "Morgen": "2026-11-22", "Later": "2027-01-02"}
