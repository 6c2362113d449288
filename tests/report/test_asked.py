"""Questions of parents that a change is held against: the same bounds as the weekly report."""

from __future__ import annotations

import pytest

from bot.publish.questions import saved_questions
from bot.report.asked import asked_questions
from bot.report.turns import NoStore, store
from bot.topics import load_topics
from tests.report.conftest import DURING


@pytest.fixture(autouse=True)
def soon_after(monkeypatch):
    monkeypatch.setattr("bot.report.asked.utc_now", lambda: DURING.replace(hour=13))


def asked_by(count, ask, text, *how, **verdict):
    for _ in range(count):
        ask(text, *how, **verdict)


def test_what_was_thumbed_down_refused_or_marked_wrong_counts_as_a_real_question(
    whole_project,
    settings,
    ask,
    task,
):
    asked_by(5, ask, "wanneer loopt dat papier af", "answer", "tlv/uitleg", verdict="niet_goed")
    asked_by(5, ask, "hoeveel verklaring is er geldig", "none")
    for _ in range(5):
        task("waar dient de juf voor")
    asked_by(5, ask, "wat bedoelt de juf", "answer", "tlv/uitleg", verdict="goed")
    asked = asked_questions(whole_project, settings)
    assert sorted(asked) == [
        "hoeveel verklaring is er geldig",
        "waar dient de juf voor",
        "wanneer loopt dat papier af",
    ]
    saved = [
        one
        for one in saved_questions(whole_project, load_topics(whole_project / "knowledge"), asked)
        if one.name in asked
    ]
    assert {(one.source, one.wanted[0].topics) for one in saved} == {("echte vraag", frozenset())}


def test_below_five_parents_or_with_a_word_we_do_not_know_nothing_leaves_the_store(
    whole_project,
    settings,
    ask,
):
    asked_by(4, ask, "wanneer loopt dat papier af", "none")
    asked_by(6, ask, "wat bedoelt zwaantjelien", "none")
    asked_by(6, ask, "bel [telefoon#1] hoeveel jaar", "answer", "tlv/uitleg", verdict="niet_goed")
    assert asked_questions(whole_project, settings) == ()


def test_a_question_that_staff_already_put_into_the_test_is_asked_once(whole_project):
    (whole_project / "tests/data/echte_vragen.jsonl").write_text(
        '{"text": "loopt het af", "label": "tlv/geldigheid"}\n'
    )
    saved = saved_questions(whole_project, load_topics(whole_project / "knowledge"), ["loopt het af", "en dan"])
    real = [question for question in saved if question.source == "echte vraag"]
    assert [question.name for question in real] == ["loopt het af", "en dan"]
    assert real[0].wanted[0].topics == {"tlv/geldigheid"}


def test_where_there_is_no_store_nothing_is_asked_and_none_is_made(whole_project, settings):
    assert asked_questions(whole_project, settings) == ()
    with pytest.raises(NoStore, match="OUDERCHAT_VAR_DIR"), store(settings):
        pass
    assert not list(settings.var_dir.glob("*.db"))
