from pathlib import Path

import pytest
from jinja2 import UndefinedError

from bot.handoff.inbox.pages import Pages
from bot.handoff.inbox.services import InboxServices
from bot.settings import Settings
from tests.handoff.inbox.conftest import Browser


def text(pages: Pages, template: str) -> str:
    return pages._environment.from_string(template).render()


def test_everything_put_into_a_page_is_escaped(services: InboxServices) -> None:
    response = Pages(services).message(200, "<b>", "&")
    assert response.body is not None
    assert b"<h1>&lt;b&gt;</h1>" in response.body


def test_a_forgotten_value_is_an_error_and_no_empty_place(services: InboxServices) -> None:
    with pytest.raises(UndefinedError):
        Pages(services).show("case.html")


def test_a_topic_is_named_as_on_its_button(services: InboxServices) -> None:
    assert text(Pages(services), "{{ 'tlv/geldigheid' | topic }}") == "Hoe lang is een TLV geldig?"
    assert text(Pages(services), "{{ 'onbekend/onderwerp' | topic }}") == "onbekend/onderwerp"
    assert text(Pages(services), "{{ '' | topic }}") == "Een vraag zonder onderwerp"


def test_without_the_list_of_topics_the_id_is_shown(
    services: InboxServices, settings: Settings, tmp_path: Path
) -> None:
    away = settings.copy(update={"knowledge_dir": tmp_path / "away"})
    pages = Pages(InboxServices(services.engine, services.vault, away, services.keys))
    assert text(pages, "{{ 'tlv/geldigheid' | topic }}") == "tlv/geldigheid"


def test_a_snippet_is_short_and_on_one_line(services: InboxServices) -> None:
    snippet = text(Pages(services), "{{ ('woord \n' * 100) | snippet }}")
    assert len(snippet) <= 160
    assert snippet.endswith("woord…")


def test_style_sheet_and_icon_are_served(visitor: Browser) -> None:
    for path, kind in (("inbox.css", "text/css; charset=utf-8"), ("icon.svg", "image/svg+xml")):
        response = visitor.get(f"/inbox/{path}")
        assert response.headers["content-type"] == kind
        assert response.headers["x-content-type-options"] == "nosniff"
