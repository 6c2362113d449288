"""What parents ask after an answer."""

import json
from pathlib import Path

import pytest

from bot.knowledge.follow_ups import FILE, load_follow_ups
from bot.knowledge.reading import KnowledgeError
from bot.nlu.follow_up import MOST_WORDS
from bot.settings import ROOT
from bot.topics import load_topics

KNOWLEDGE = ROOT / "knowledge"
APART = ("validatie.jsonl", "vervolgvragen.jsonl")
TOPICS = ("tlv/uitleg", "tlv/duur_aanvraag")


def written(folder: Path, text: str) -> Path:
    file = folder / FILE
    file.write_text(text, encoding="utf-8")
    return file


def test_a_question_belongs_to_the_answer_before_it_and_to_the_topic_that_answers_it(tmp_path: Path) -> None:
    line = '{vraag: "en hoe lang duurt dat?", onderwerp: tlv/duur_aanvraag, schrijver: vervolg-01}'
    (found,) = load_follow_ups(written(tmp_path, f"vervolgvragen:\n  tlv/uitleg:\n    - {line}\n"), TOPICS)
    assert (found.after, found.text, found.topic) == ("tlv/uitleg", "en hoe lang duurt dat?", "tlv/duur_aanvraag")


@pytest.mark.parametrize("last", ["tlv/onbekend", "tlv/uitleg"])
def test_an_unknown_topic_is_refused_with_its_line(tmp_path: Path, last: str) -> None:
    line = '{vraag: "en dan?", onderwerp: tlv/weg, schrijver: vervolg-01}'
    with pytest.raises(KnowledgeError, match=r"staat niet in onderwerpen.yml") as fault:
        load_follow_ups(written(tmp_path, f"vervolgvragen:\n  {last}:\n    - {line}\n"), TOPICS)
    assert fault.value.line in (2, 3)


def test_without_the_file_there_are_none(tmp_path: Path) -> None:
    assert load_follow_ups(tmp_path / FILE, TOPICS) == []


def test_ours_are_short_and_none_is_kept_apart_for_measuring() -> None:
    ours = load_follow_ups(KNOWLEDGE / FILE, load_topics(KNOWLEDGE))
    lines = [line for name in APART for line in (ROOT / "tests/data" / name).read_text("utf-8").splitlines()]
    apart = {(row.get("vorig"), row["text"].lower()) for row in map(json.loads, lines)}
    assert len(ours) > 900
    assert all(len(one.text.split()) <= MOST_WORDS for one in ours)
    assert not {(last, one.text.lower()) for one in ours for last in (None, one.after)} & apart
