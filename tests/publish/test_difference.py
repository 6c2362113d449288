"""Better, worse, other, or only other words."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.ask import Said
from bot.publish.difference import (
    Outcome,
    difference,
    difference_from_json,
    difference_to_json,
    from_json,
    to_json,
)
from bot.publish.pages import difference_lines, difference_page
from bot.publish.questions import Saved, Wanted, saved_questions
from bot.settings import ROOT
from bot.topics import load_topics

ASKED = Saved("hoe lang", "validatie", (Said("hoe lang <b>"),), (Wanted(topics=frozenset({"tlv/geldigheid"})),))


def came(decision: str, *topics: str, options: tuple[str, ...] = (), text: str = "Antwoord.") -> Outcome:
    return Outcome(decision, topics, options, (text,))


RIGHT, WRONG = came("answer", "tlv/geldigheid"), came("answer", "tlv/uitleg")
OFFERED = came("ask", options=("tlv/geldigheid", "tlv/uitleg"))


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [
        (RIGHT, WRONG, "slechter"),
        (RIGHT, OFFERED, "slechter"),
        (OFFERED, RIGHT, "beter"),
        (WRONG, OFFERED, "beter"),
        (WRONG, came("none"), "anders"),
        (RIGHT, came("answer", "tlv/geldigheid", text="Anders."), "tekst"),
    ],
)
def test_a_change_is_held_against_what_is_right(before: Outcome, after: Outcome, verdict: str) -> None:
    (change,) = difference([ASKED], [before], [after]).changes
    assert change.verdict == verdict


def test_refusing_what_is_out_of_scope_is_right() -> None:
    outside = Saved("weer", "validatie", (Said("weer"),), (Wanted(topics=frozenset({"gesprek/buiten_bereik"})),))
    (change,) = difference([outside], [WRONG], [came("none")]).changes
    assert change.verdict == "beter"


def test_a_conversation_must_go_as_it_is_told_and_a_known_miss_is_neither_better_nor_worse() -> None:
    told = Wanted("answer", frozenset({"tlv/geldigheid"}), all_topics=True)
    conversation = Saved("gesprek", "testgesprek", (Said("a"), Said("b")), (told, Wanted()))
    found = difference([conversation], [RIGHT, RIGHT], [WRONG, WRONG])
    assert [change.verdict for change in found.changes] == ["slechter", "anders"]
    assert found.turns == 2


def test_a_test_conversation_that_goes_wrong_is_told_though_nothing_changed() -> None:
    told = Wanted("answer", frozenset({"vervoer/fiets"}), all_topics=True)
    for source, verdicts in (("testgesprek", ["nog fout"]), ("validatie", [])):
        new = Saved("fiets", source, (Said("mag het op de fiets"),), (told,))
        assert [change.verdict for change in difference([new], [WRONG], [WRONG]).changes] == verdicts


def test_nothing_changed_is_told_as_nothing() -> None:
    found = difference([ASKED], [RIGHT], [RIGHT])
    assert found.changes == ()
    assert next(difference_lines(found)) == "1 beurten van opgeslagen vragen:"


def test_the_page_shows_both_answers_and_runs_nothing_of_them(tmp_path: Path) -> None:
    found = difference([ASKED], [RIGHT], [came("answer", "tlv/uitleg", text="<script>")])
    page = difference_page(found, tmp_path / "a" / "verschil.html", "publicatie 3", "nu").read_text(encoding="utf-8")
    assert "hoe lang &lt;b&gt;" in page and "&lt;script&gt;" in page and "<script>" not in page
    assert "publicatie 3" in page


def test_outcomes_survive_being_written_down() -> None:
    assert from_json(to_json([[RIGHT, OFFERED], [WRONG]])) == [[RIGHT, OFFERED], [WRONG]]
    found = difference([ASKED], [RIGHT], [OFFERED])
    assert difference_from_json(difference_to_json(found)) == found


def test_a_change_of_words_is_told_once_with_the_sentences_that_differ() -> None:
    old, new = (
        came("answer", "tlv/geldigheid", text=f"Dit blijft. {text} Dit ook.") for text in ("Weg!", "Nieuw <i>.")
    )
    found = difference([ASKED, ASKED], [old, old], [new, new])
    (text,) = found.texts
    assert (text.before, text.after, len(text.questions)) == (("Weg!",), ("Nieuw <i>.",), 2)
    assert list(difference_lines(found))[6:] == [
        "tekst     tlv/geldigheid (2 beurten), bijvoorbeeld: hoe lang <b>",
        "          was:   Weg!",
        "          wordt: Nieuw <i>.",
    ]


def test_the_saved_questions_are_the_validation_set_and_every_test_conversation() -> None:
    questions = saved_questions(ROOT, load_topics(ROOT / "knowledge"))
    sources = [question.source for question in questions]
    assert sources.count("validatie") > 100 and sources.count("testgesprek") > 100
    assert all(len(question.turns) == len(question.wanted) for question in questions)
