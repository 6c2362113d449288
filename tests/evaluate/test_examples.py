"""Messages are read with their topic, their writer and their style."""

import json
from pathlib import Path

import pytest

from bot.evaluate import examples
from tests.evaluate.conftest import WORDS, WRITERS


def test_training_messages_carry_topic_and_writer(themes: Path) -> None:
    read = examples.training_messages(themes)
    assert len(read) == 36
    assert {one.label for one in read} == set(WORDS)
    assert examples.writers(read) == list(WRITERS)


def test_an_intent_name_becomes_a_topic_id(tmp_path: Path) -> None:
    text = "nlu:\n- intent: school__zoeken\n  metadata: {schrijver: stem-a}\n  examples: |\n    - waar is school\n"
    (tmp_path / "school.yml").write_text(text, encoding="utf-8")
    assert examples.training_messages(tmp_path)[0].label == "school/zoeken"


def test_messages_without_a_writer_are_refused(tmp_path: Path) -> None:
    (tmp_path / "tlv.yml").write_text("nlu:\n- intent: tlv/uitleg\n  examples: |\n    - wat is een tlv\n")
    with pytest.raises(ValueError, match=r"tlv\.yml.*schrijver"):
        examples.training_messages(tmp_path)


def test_validation_accepts_other_right_topics(tmp_path: Path) -> None:
    path = tmp_path / "validatie.jsonl"
    row = {"text": "hoi", "label": "gesprek/groet", "also_ok": ["gesprek/wat_kun_je"], "style": "sms"}
    path.write_text(json.dumps(row) + "\n\n")
    (read,) = examples.validation(path)
    assert read.accepted == {"gesprek/groet", "gesprek/wat_kun_je"}
    assert read.style == "sms"


def test_a_set_that_is_not_there_yet_is_empty(tmp_path: Path) -> None:
    assert examples.validation(tmp_path / "validatie.jsonl") == []
    assert examples.out_of_scope(tmp_path) == []


def test_out_of_scope_files_are_read_together(tmp_path: Path) -> None:
    for writer in "ab":
        row = {"text": "hoe bak ik een taart", "writer": writer}
        (tmp_path / f"buiten_bereik_{writer}.jsonl").write_text(json.dumps(row))
    assert [(one.label, one.writer) for one in examples.out_of_scope(tmp_path)] == [
        ("gesprek/buiten_bereik", "a"),
        ("gesprek/buiten_bereik", "b"),
    ]


def test_a_split_keeps_a_writer_on_one_side(themes: Path) -> None:
    train, test = examples.split(examples.training_messages(themes), ["stem-b"])
    assert examples.writers(train) == ["stem-a", "stem-c"]
    assert examples.writers(test) == ["stem-b"]


@pytest.mark.parametrize(("words", "style"), [(6, "kort"), (7, "gewoon"), (26, "lang")])
def test_style_follows_length(words: int, style: str) -> None:
    assert examples.length_style("woord " * words).startswith(style)
