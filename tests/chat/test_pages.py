"""The pages of the door and the files they need."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import aiohttp
import pytest

from bot.chat.answers import AnswersPage
from bot.chat.assets import WIDGET_DIR, Assets
from bot.chat.services import Services
from bot.topics import Topic
from tests.chat.fakes import Client, running

TOPICS = {
    "tlv/uitleg": Topic("tlv/uitleg", "wat een TLV is", "Wat is een TLV?"),
    "tlv/oud": Topic("tlv/oud", "een oude regel", "Wat gold er vroeger?"),
    "gesprek/groet": Topic("gesprek/groet", "begroeting", "Hallo"),
}
ANSWERS = """
nlu:
- intent: tlv/uitleg
  examples: |
    - wat is een tlv
responses:
  utter_tlv/uitleg:
  - text: "Een **TLV** is een besluit. <script>alert(1)</script>"
    metadata:
      bronnen: [{naam: "De bron", url: "https://example.org/tlv"}, {naam: "Zonder adres"}]
      gecontroleerd_door: "nog niet"
  - text: "Makkelijk"
    metadata: {wanneer: {vorm: eenvoudig}}
  utter_tlv/oud:
  - text: "Dit gold tot 2020."
    metadata: {geldig_tot: "2020-12-31"}
  utter_gesprek/groet:
  - text: "Hallo"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "antwoorden"
    found.mkdir()
    (found / "tlv.yml").write_text(ANSWERS, encoding="utf-8")
    return found


def test_the_answers_page_has_each_answer_that_is_valid_today(folder: Path) -> None:
    (theme,) = AnswersPage(folder, TOPICS).themes(date(2026, 11, 21))
    (answer,) = theme.answers
    assert (answer.id, answer.question) == ("tlv-uitleg", "Wat is een TLV?")
    assert "<strong>TLV</strong>" in answer.html and "<script" not in answer.html
    assert [source["naam"] for source in answer.sources] == ["De bron"]
    assert answer.checked_by is None


def test_an_answer_that_has_expired_is_not_shown(folder: Path) -> None:
    page = AnswersPage(folder, TOPICS)
    assert len(page.themes(date(2020, 6, 1))[0].answers) == 2
    assert len(page.themes(date(2026, 6, 1))[0].answers) == 1


def test_a_changed_file_is_read_again_and_a_broken_one_leaves_what_was(folder: Path) -> None:
    page, today = AnswersPage(folder, TOPICS), date(2026, 11, 21)
    before = page.themes(today)
    (folder / "tlv.yml").write_text("responses: [", encoding="utf-8")
    assert page.themes(today) == before
    (folder / "tlv.yml").write_text(ANSWERS.replace("een besluit", "een papier"), encoding="utf-8")
    assert "een papier" in page.themes(today)[0].answers[0].html


async def test_every_page_is_there_and_loads_nothing_from_elsewhere(client: Client) -> None:
    for path in ("/", "/chat", "/antwoorden", "/toegankelijkheid"):
        async with client.session.get(client.base + path) as answer:
            text = await answer.text()
            assert answer.status == 200, path
            assert 'lang="nl"' in text
            assert "Set-Cookie" not in answer.headers
        for address in re.findall(r'(?:src|href)="([^"#]+)"', text):
            if address.startswith("/"):
                async with client.session.get(client.base + address) as linked:
                    assert linked.status == 200, address
        assert not re.search(r'<(?:script|link|img|iframe)[^>]+(?:src|href)="(?:https?:)?//', text)


async def test_a_page_may_run_no_inline_script_and_be_framed_as_the_settings_say(services: Services) -> None:
    public = {"frame_ancestors": "https://school.example", "public_url": "https://chat.example.org"}
    services.settings = services.settings.copy(update=public)
    with running(services) as door:
        async with aiohttp.ClientSession() as session, session.get(door.base + "/chat") as answer:
            policy = answer.headers["Content-Security-Policy"]
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert (answer.headers["X-Content-Type-Options"], answer.headers["Referrer-Policy"]) == ("nosniff", "no-referrer")
    assert "script-src 'self'" in policy and "unsafe" not in policy
    assert "frame-ancestors https://school.example" in policy


async def test_the_chat_says_what_happens_to_what_one_types(client: Client) -> None:
    _, text = await client.call("GET", "/chat")
    for words in ("chatbot", "28 dagen", "Wis mijn gesprek", "Mens spreken"):
        assert words in text


async def test_scripts_and_styles_may_be_kept_under_their_version(client: Client) -> None:
    version = Assets().version
    async with client.session.get(f"{client.base}/statisch/{version}/frame.js") as answer:
        assert "immutable" in answer.headers["Cache-Control"]
        assert answer.content_type == "text/javascript"
        etag = answer.headers["ETag"]
    headers = {"If-None-Match": etag}
    async with client.session.get(f"{client.base}/statisch/oud/frame.js", headers=headers) as answer:
        assert answer.status == 304


@pytest.mark.parametrize("name", ["geheimen.json", "..%2F..%2Fkeys.py", "%2e%2e/%2e%2e/settings.py", "main.js.map"])
async def test_nothing_but_the_widget_is_served(client: Client, name: str) -> None:
    status, _ = await client.call("GET", f"/statisch/x/{name}")
    assert status == 404


async def test_an_unknown_page_says_so_in_dutch(client: Client) -> None:
    assert await client.call("GET", "/bestaat-niet") == (404, "Deze pagina bestaat niet.")
    status, data = await client.call("GET", "/api/bestaat-niet")
    assert (status, data["melding"]) == (404, "Deze pagina bestaat niet.")


def test_the_chat_is_light() -> None:
    sizes = Assets().packed_size()
    assert sizes["widget.js"] < 4_000
    # The page itself, some 3 kB, comes on top; a browser test weighs all that it loads.
    assert sum(sizes[name] for name in ("widget.js", "frame.js", "frame.css", "masking.json")) < 42_000


def test_no_script_or_style_is_longer_than_300_lines() -> None:
    for path in (*(WIDGET_DIR / "static").iterdir(), *(WIDGET_DIR / "templates").iterdir()):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 300, path.name
