"""Content staff save a file and see the new answer in the chat on their own machine."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from bot.chat.messages import AssistantReply
from bot.publish import changed, learning
from bot.publish.preview import Preview, make_preview
from bot.settings import Settings
from tests.browser.chat import ask, open_chat
from tests.browser.conftest import PATIENCE
from tests.chat.fakes import RunningDoor, said
from tests.content.conftest import Edit, edit, project  # noqa: F401

pytestmark = pytest.mark.browser
SOON = 10.0
"""Seconds between saving and the new answer, on a busy machine; one or two when there is nothing else to do."""


class Speaker:
    """Stands for the loaded model: says what was put into it for one topic."""

    def __init__(self) -> None:
        self.agent = SimpleNamespace(responses={})

    async def send(self, _conversation: str, _id: str, _text: str, _metadata: Mapping[str, Any]) -> AssistantReply:
        text = self.agent.responses["utter_tlv/geldigheid"][0]["text"]
        return said(text, besluit="answer", onderwerp="tlv/geldigheid")


@pytest.fixture
def heard() -> list[str]:
    return []


@pytest.fixture
def door(
    project: Path,  # noqa: F811
    settings: Settings,
    heard: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[RunningDoor]:
    """The preview as it is served, with nothing to learn."""
    preview = Preview(project, Path("ouderchat-1.tar.gz"), heard.append, fresh=True)

    async def load(self: Preview) -> None:
        self._local = Speaker()
        await self.look()

    monkeypatch.setattr(Preview, "load", load)
    monkeypatch.setattr(learning, "evidence_digest", lambda root: "the same")
    monkeypatch.setattr(changed, "put_responses_in", lambda agent, found: agent.responses.update(found))
    monkeypatch.setattr("actions.services.use", lambda services: None)
    app = make_preview(settings, preview, project, heard.append)
    running = RunningDoor(app.ctx.door.services, app=app).start()
    yield running
    running.stop()


def test_an_answer_that_is_saved_is_given_at_once_and_a_mistake_changes_nothing(
    chromium: Browser,
    door: RunningDoor,
    edit: Edit,  # noqa: F811
    heard: list[str],
) -> None:
    page = chromium.new_page()
    page.set_default_timeout(PATIENCE)
    open_chat(page, door.base)
    expect(ask(page, "tot wanneer?")).to_contain_text("De einddatum staat in het besluit.", timeout=PATIENCE)
    edit("data/nlu/tlv.yml", "De einddatum staat in het besluit.", "De einddatum staat op het papier.")
    saved = time.monotonic()
    while "op het papier" not in ask(page, "tot wanneer?").inner_text():
        assert time.monotonic() - saved < SOON, heard
        page.wait_for_timeout(300)
    edit("data/nlu/tlv.yml", "  utter_tlv/geldigheid:", "  utter_tlv/geldigheid")
    while not any("te verbeteren" in line for line in heard):
        page.wait_for_timeout(100)
        assert time.monotonic() - saved < 3 * SOON, heard
    expect(ask(page, "en nu?")).to_contain_text("De einddatum staat op het papier.", timeout=PATIENCE)
    page.close()
