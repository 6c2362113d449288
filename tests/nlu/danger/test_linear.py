"""The linear model: judged per stretch, in a plain file."""

from pathlib import Path

from bot.nlu.danger.linear import Model, stretches
from bot.nlu.danger.words import split

MODEL = Model(
    bias=-1.0,
    threshold=0.5,
    weights={" dood": 6.0, "wil dood": 4.0, "<doo": 1.0},
    kinds={"zelfdoding": {"": 0.0, " dood": 2.0}, "gevaar": {"": 0.1}},
)


def test_one_sentence_of_need_in_a_long_story_is_seen() -> None:
    assert MODEL.probability(split("ik wil dood")) > 0.9
    story = "Het is mooi weer en wij gaan fietsen. {} Morgen is er weer een dag."
    assert MODEL.probability(split(story.format("Ik wil dood."))) > 0.8
    assert MODEL.probability(split(story.format("Ik wil ook mee."))) < 0.5


def test_more_words_of_the_same_do_not_raise_the_score() -> None:
    plain = Model(bias=0.0, threshold=0.5, weights={" nee": 1.0}, kinds={})
    few, many = split("nee ja " * 10), split("nee ja " * 100)
    assert plain.probability(few) < plain.probability(many)
    lowered = plain._replace(length=2.0)
    assert lowered.probability(few) > lowered.probability(many)


def test_a_pattern_adds_to_the_score() -> None:
    words = split("een dode boom")
    assert MODEL.probability(words) < 0.5 < MODEL._replace(pattern=3.0).probability(words, pattern=True)


def test_a_message_without_words_is_no_danger() -> None:
    assert MODEL.probability([]) == 0.0


def test_the_kind_with_most_weight_is_named() -> None:
    assert MODEL.kind(split("dood")) == "zelfdoding"
    assert MODEL.kind(split("hoi")) == "gevaar"


def test_a_model_is_read_as_it_was_written(tmp_path: Path) -> None:
    MODEL.write(tmp_path / "model.json")
    assert Model.read(tmp_path / "model.json") == MODEL


def test_long_sentences_are_judged_in_overlapping_stretches() -> None:
    found = stretches(split("nog meer " * 30))
    assert (0, 60) in found and (0, 24) in found and (12, 36) in found
    assert max(end for _, end in found) == 60
