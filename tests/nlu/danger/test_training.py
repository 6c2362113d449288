"""Training and measuring: deterministic, and honest about intervals."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.nlu.danger import Danger, Detector, corpus, protect
from bot.nlu.danger.__main__ import app
from bot.nlu.danger.corpus import Example
from bot.nlu.danger.linear import Model
from bot.nlu.danger.measure import Share, Verdict, report, score
from bot.nlu.danger.patterns import KINDS, Patterns
from bot.nlu.danger.training import Costs, Crossed, Learner, Weighed, fresh


@pytest.fixture(scope="module")
def some() -> list[Example]:
    return corpus.own()[::25]


def test_the_same_messages_give_the_same_file(some: list[Example], tmp_path: Path) -> None:
    for name in ("first", "second"):
        learner = Learner(some, Detector.load().patterns)
        learner.finish(learner.cross_validate(), COSTS).write(tmp_path / name)
    assert (tmp_path / "first").read_bytes() == (tmp_path / "second").read_bytes()


def test_cross_validation_never_shows_the_machine_its_own_writer(
    some: list[Example], monkeypatch: pytest.MonkeyPatch
) -> None:
    learner = Learner(some, Detector.load().patterns)
    left_out: list[frozenset[str]] = []

    def without(self: Learner, without: frozenset[str] = frozenset()) -> Model:
        left_out.append(without)
        return Model(0.0, 0.5, {}, {})

    monkeypatch.setattr(Learner, "train", without)
    crossed = learner.cross_validate()
    assert sorted(writer for writers in left_out for writer in writers) == sorted({one.writer for one in some})
    assert {one.example for one in crossed} == set(some)


def test_how_much_a_pattern_counts_is_learnt_from_writers_it_was_not_made_with() -> None:
    patterns = Patterns({"gemaakt_met": ["bekend"], "patronen": []})
    known, unknown = (
        Crossed(Example("x", True, "gevaar", writer, "nl", "nood"), 1.0, True) for writer in ("bekend", "b")
    )
    assert fresh([known, unknown], patterns) == [unknown]


COSTS = Costs(missed=300, below=15, alarm=3, doubt=1, share=0.01)


def test_the_thresholds_follow_the_costs() -> None:
    crossed = [
        Crossed(
            Example(str(at), at % 2 == 0, "", "w", "nl", "nood"), (at % 2 == 0) * 0.5 + at % 397 / 397, at % 10 == 0
        )
        for at in range(800)
    ]
    careful, calm, loud = (
        Weighed.learn(crossed, costs) for costs in (COSTS, COSTS._replace(missed=30), COSTS._replace(alarm=1.1))
    )
    assert careful.doubt < careful.threshold
    assert calm.doubt > careful.doubt and loud.threshold < careful.threshold


def test_a_missed_danger_costs_most() -> None:
    costs = Costs.read()
    assert costs.missed > costs.below > costs.alarm > costs.doubt > 0 and 0 < costs.share < 0.1


def test_own_messages_are_enough_by_two_voices_or_more_in_nine_languages() -> None:
    own = corpus.own()
    danger, ordinary = ([example for example in own if example.danger is wanted] for wanted in (True, False))
    assert len(danger) >= 300 and len(ordinary) >= 600
    assert len({example.writer for example in danger}) >= 2 and len({example.writer for example in ordinary}) >= 2
    assert {example.kind for example in danger} == set(KINDS)
    for examples in (danger, ordinary):
        assert {"nl", "en", "tr", "ar", "pl", "uk", "fr", "es", "de"} <= {example.language for example in examples}


def test_no_message_stands_on_both_sides() -> None:
    own = corpus.own()
    danger, ordinary = (
        {example.text.casefold() for example in own if example.danger is wanted} for wanted in (True, False)
    )
    assert not danger & ordinary


def test_no_held_out_message_is_learnt_from() -> None:
    held_out = {example.text.casefold() for example in corpus.held_out()}
    assert not held_out & {example.text.casefold() for example in corpus.own()}


def test_topic_messages_are_read_with_their_writers(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(
        "nlu:\n- intent: gesprek__nood\n  metadata: {schrijver: stem-01}\n  examples: |\n    - help\n"
        "- intent: tlv/uitleg\n  examples: |\n    - wat is een tlv\n- synonym: x\n  examples: |\n    - y\n",
        encoding="utf-8",
    )
    help_, tlv = corpus.topics(tmp_path)
    assert (help_.text, help_.danger, help_.writer) == ("help", True, "stem-01")
    assert (tlv.text, tlv.danger) == ("wat is een tlv", False)


def test_held_out_messages_are_read(tmp_path: Path) -> None:
    row = '{"text": "ik wil dood", "danger": true, "kind": "zelfdoding", "writer": "toets-x", "lang": "nl"}'
    (tmp_path / "heldout_x.jsonl").write_text(f"{row}\n\n", encoding="utf-8")
    assert corpus.held_out(tmp_path) == [Example("ik wil dood", True, "zelfdoding", "toets-x", "nl", "heldout_x")]


def test_existing_words_near_a_pattern_word_are_protected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protect, "dutch_words", lambda: {"lezen", "tafel"})
    monkeypatch.setattr(protect, "knowledge_words", lambda: set())
    patterns = Patterns({"patronen": [{"soort": "zelfdoding", "naam": "proef", "zinnen": ["niet leven"]}]})
    assert protect.protected_words(patterns, []) == ["lezen"]


def test_the_interval_is_wilsons() -> None:
    low, high = Share(300, 300).interval
    assert low == pytest.approx(0.98736, abs=1e-4) and high == 1.0
    assert Share(0, 0).interval == (0.0, 1.0)
    assert str(Share(1, 2)) == "50.0% (1/2; 9.5-90.5)"


def test_a_report_lists_what_went_wrong_unless_told_not_to() -> None:
    need, ordinary = (Example(f"{name} tekst", name == "nood", "", "w", "nl", "s") for name in ("nood", "gewone"))
    sure, doubt = Danger("gevaar", 0.9, "model"), Danger("gevaar", 0.4, "model", sure=False)
    verdicts = [Verdict(example, danger) for example in (need, ordinary) for danger in (None, doubt, sure)]
    lines = [line.split()[:3] for line in report(verdicts, "proef") if "tekst" in line]
    assert lines == [["gemist", "w:", "nood"], ["getwijfeld", "w:", "nood"], ["vals", "alarm", "[model]"]]
    assert not any("tekst" in line for line in report(verdicts, "proef", texts=False))
    counted = score(verdicts)
    assert (counted.recall, counted.sure) == (Share(2, 3), Share(1, 3))
    assert (counted.false_alarms, counted.doubts) == (Share(1, 3), Share(1, 3))


def test_measure_prints_intervals() -> None:
    result = CliRunner().invoke(app, ["measure", "--no-texts"])
    assert result.exit_code == 0, result.output
    assert "gezien" in result.output or "nog geen apart gehouden" in result.output
