"""The preview follows the files: a text at once, messages when they are learnt, and a mistake changes nothing."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bot.publish import changed, compare, learning
from bot.publish.preview import Preview
from tests.content.conftest import Edit, edit, project  # noqa: F401


@pytest.fixture
def heard() -> list[str]:
    return []


@pytest.fixture
def preview(project: Path, heard: list[str], monkeypatch: pytest.MonkeyPatch) -> Preview:  # noqa: F811
    """With an assistant that only remembers what was put into it."""
    monkeypatch.setattr(learning, "evidence_digest", lambda root: (root / "knowledge/onderwerpen.yml").read_text())
    monkeypatch.setattr(compare, "learnt", lambda root: "a topic model")
    monkeypatch.setattr(changed, "put_responses_in", lambda agent, responses: agent.responses.append(responses))
    monkeypatch.setattr(changed, "put_in", lambda agent, content: agent.models.append(content.model))
    made = Preview(project, Path("ouderchat-1.tar.gz"), heard.append)
    made._local = SimpleNamespace(agent=SimpleNamespace(responses=[], models=[]))
    return made


def agent(preview: Preview) -> Any:
    return preview._local.agent


async def test_a_text_is_read_at_once_and_nothing_is_learnt_for_it(
    preview: Preview,
    edit: Edit,  # noqa: F811
    heard: list[str],
) -> None:
    await preview.look()
    await preview.settled()
    edit("data/nlu/tlv.yml", "Kijk in het besluit.", "Kijk op het papier.")
    await preview.look()
    await preview.look()
    assert agent(preview).responses[1]["utter_tlv/geldigheid"][1]["text"] == "Kijk op het papier."
    assert len(agent(preview).responses) == 2
    assert agent(preview).models == ["a topic model"]
    assert heard[-1].startswith("De teksten zijn gelezen")


async def test_what_is_learnt_from_is_learnt_again(preview: Preview, edit: Edit) -> None:  # noqa: F811
    await preview.look()
    await preview.settled()
    edit("knowledge/onderwerpen.yml", 'knop: "Hallo"', 'knop: "Dag"')
    await preview.look()
    await preview.settled()
    assert agent(preview).models == ["a topic model", "a topic model"]


@pytest.fixture
def go_on(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Learning lasts until this is set."""
    until = threading.Event()
    monkeypatch.setattr(compare, "learnt", lambda root: until.wait(10) and "a topic model")
    return until


async def test_a_text_that_is_saved_while_messages_are_learnt_is_read_at_once_and_stays(
    preview: Preview,
    edit: Edit,  # noqa: F811
    heard: list[str],
    go_on: threading.Event,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(changed, "put_in", lambda agent, content: agent.models.append(content.responses))
    await preview.look()
    edit("data/nlu/tlv.yml", "Kijk in het besluit.", "Kijk op het papier.")
    await preview.look()
    assert agent(preview).responses[-1]["utter_tlv/geldigheid"][1]["text"] == "Kijk op het papier."
    assert not any("zijn geleerd" in line for line in heard)
    go_on.set()
    await preview.settled()
    assert agent(preview).models == [agent(preview).responses[-1]]


async def test_what_changes_while_messages_are_learnt_is_learnt_after_it(
    preview: Preview,
    edit: Edit,  # noqa: F811
    heard: list[str],
    go_on: threading.Event,
) -> None:
    await preview.look()
    edit("knowledge/onderwerpen.yml", 'knop: "Hallo"', 'knop: "Dag"')
    await preview.look()
    go_on.set()
    await preview.settled()
    assert agent(preview).models == ["a topic model", "a topic model"]
    assert sum("worden geleerd" in line for line in heard) == 1


async def test_nothing_is_learnt_for_a_model_of_the_files_as_they_are(preview: Preview, edit: Edit) -> None:  # noqa: F811
    preview._fresh = True
    await preview.look()
    await preview.settled()
    assert agent(preview).models == []
    edit("knowledge/onderwerpen.yml", 'knop: "Hallo"', 'knop: "Dag"')
    await preview.look()
    await preview.settled()
    assert agent(preview).models == ["a topic model"]


async def test_a_mistake_is_told_with_its_line_and_changes_nothing(
    preview: Preview,
    edit: Edit,  # noqa: F811
    heard: list[str],
) -> None:
    await preview.look()
    await preview.settled()
    edit("data/nlu/tlv.yml", '"Els"', '"Els')
    await preview.look()
    assert len(agent(preview).responses) == 1
    assert heard[-2] == "1 te verbeteren; de chat werkt door met wat er was:"
    assert "data/nlu/tlv.yml, regel" in heard[-1] and "dat niet sluit" in heard[-1]


async def test_a_file_that_is_half_there_is_waited_for(preview: Preview, project: Path, heard: list[str]) -> None:  # noqa: F811
    await preview.look()
    shutil.move(project / "data/nlu/tlv.yml", project / "weg.yml")
    await preview.look()
    shutil.move(project / "weg.yml", project / "data/nlu/tlv.yml")
    await preview.look()
    assert "utter_tlv/uitleg" in agent(preview).responses[-1]
