"""Each kind of mistake that staff can make (``mistakes.yml``), and what they are told: file, line, how to mend it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.content.conftest import Edit, Told

MISTAKES = yaml.safe_load((Path(__file__).parent / "mistakes.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("mistake", MISTAKES, ids=[mistake["fout"] for mistake in MISTAKES])
def test_a_mistake_is_told_once_with_file_and_line(
    mistake: dict[str, Any], project: Path, edit: Edit, told: Callable[[], Told]
) -> None:
    edit(mistake["in"], mistake["van"], mistake["naar"])
    complaints = told()
    assert len(complaints) == 1, complaints
    file, line, text = complaints[0]
    assert file == mistake.get("gemeld_in", mistake["in"])
    assert (project / file).read_text(encoding="utf-8").splitlines()[line - 1].strip() == mistake["regel"], complaints
    assert mistake["zegt"].lower() in text.lower()


def test_the_project_itself_has_no_mistake(told: Callable[[], Told]) -> None:
    assert told() == []


def test_a_new_topic_is_asked_for_an_answer_messages_and_a_conversation(edit: Edit, told: Callable[[], Told]) -> None:
    topic = '  - {id: tlv/kosten, over: "kosten", knop: "Kost het geld?"}\n'
    edit("knowledge/onderwerpen.yml", "  - id: gesprek/groet", f"{topic}  - id: gesprek/groet")
    texts = [text for _, _, text in told()]
    for piece in ("geen antwoord", "0 berichten", "geen testgesprek"):
        assert any(piece in text for text in texts), piece
    assert len(texts) == 3


@pytest.mark.parametrize("file", ["data/nlu/tlv.yml", "knowledge/onderwerpen.yml", "tests/conversations/thema_tlv.yml"])
@pytest.mark.parametrize(("content", "said"), [(b"\xff\xfe", "geen UTF-8"), (b"", "leeg"), (b"# niets\n", "leeg")])
def test_a_file_without_text_is_told(
    file: str, content: bytes, said: str, project: Path, told: Callable[[], Told]
) -> None:
    (project / file).write_bytes(content)
    assert any((name, line) == (file, 1) and said in text for name, line, text in told())


@pytest.mark.parametrize("file", ["knowledge/onderwerpen.yml", "tests/data/validatie.jsonl"])
def test_a_missing_file_is_told(file: str, project: Path, told: Callable[[], Told]) -> None:
    (project / file).unlink()
    assert any((name, line) == (file, 1) and "er niet" in text.replace("zijn ", "") for name, line, text in told())


def test_a_broken_list_of_topics_is_all_that_is_told(project: Path, told: Callable[[], Told]) -> None:
    (project / "knowledge/onderwerpen.yml").write_text("onderwerpen: [", encoding="utf-8")
    assert len(told()) == 1


def test_copies_are_shown_side_by_side(edit: Edit, told: Callable[[], Told]) -> None:
    edit("data/nlu/tlv.yml", "      - wanneer loopt", "      - Wat is een TLV\n      - wanneer loopt")
    ((_, _, text),) = told()
    assert text.splitlines()[1:] == [
        "    tlv/geldigheid  Wat is een TLV  (data/nlu/tlv.yml, regel 20)",
        "    tlv/uitleg      Wat is een TLV?  (data/nlu/tlv.yml, regel 7)",
    ]


def test_a_file_with_the_other_ending_is_read_too(project: Path, told: Callable[[], Told]) -> None:
    (project / "data/nlu/tlv.yml").rename(project / "data/nlu/tlv.yaml")
    assert told() == []


def test_windows_line_ends_and_a_byte_order_mark_are_no_mistake(project: Path, told: Callable[[], Told]) -> None:
    file = project / "data/nlu/tlv.yml"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert told() == []
