"""The browser masks as the server does."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from bot.chat.assets import WIDGET_DIR
from bot.privacy.browser import browser_rules, in_order
from bot.privacy.masking import find
from bot.privacy.rules import raw_rules
from tests.privacy.test_masking import CASES

NUMBERED = re.compile(r"#[0-9]+\]")
ORIGIN = "https://masking.test"
MASK = """async (texts) => {
  const { Masker } = await import("/masking.js");
  const masker = new Masker(await (await fetch("/masking.json")).json());
  return texts.map((text) => { const { text: masked, kinds } = masker.mask(text); return [masked, kinds] });
}"""


def test_the_browser_gets_what_the_rules_say() -> None:
    sent, raw = json.loads(browser_rules()), raw_rules()
    lists = ("not_names", "first_names")
    for key in ("token", "barrier", "fold", "parts", "rules", "checks"):
        assert sent[key] == raw[key]
    assert {k: v for k, v in sent["names"].items() if k not in lists} == {
        k: v for k, v in raw["names"].items() if k not in lists
    }


def test_words_are_packed_by_what_they_share_with_the_one_before() -> None:
    assert in_order("annabel anna bram anna") == "0anna4bel0bram"
    words = " ".join((*raw_rules()["names"]["not_names"].values(), raw_rules()["names"]["first_names"]))
    assert not re.search("[0-9]", words), "a digit would be read as a number of letters"


@pytest.mark.browser
class TestInTheBrowser:
    @pytest.fixture(scope="class")
    def page(self, chromium: Browser) -> Iterator[Page]:
        page = chromium.new_page()
        page.route(f"{ORIGIN}/**", serve)
        page.goto(ORIGIN)
        yield page
        page.close()

    def test_the_cases_shared_with_the_server(self, page: Page) -> None:
        found = page.evaluate(MASK, [case["text"] for case in CASES])
        wrong = [
            (case["text"], masked)
            for case, (masked, kinds) in zip(CASES, found, strict=True)
            if (NUMBERED.sub("]", masked), kinds) != (NUMBERED.sub("]", case["masked"]), case["kinds"])
        ]
        assert wrong == []

    def test_a_masked_message_stays_as_it_is(self, page: Page) -> None:
        masked = [NUMBERED.sub("]", case["masked"]) for case in CASES]
        assert page.evaluate(MASK, masked) == [[text, []] for text in masked]

    def test_the_same_is_found_in_cases_put_together_and_in_many_numbers(self, page: Page) -> None:
        texts = [*together(), *numbers()]
        found = page.evaluate(MASK, texts)
        wrong = [(text, masked) for text, (masked, _) in zip(texts, found, strict=True) if masked != as_server(text)]
        assert wrong == []


def serve(route: Any) -> None:
    """The sources as they are, on an address of their own."""
    name = route.request.url.removeprefix(f"{ORIGIN}/")
    if name == "masking.json":
        return route.fulfill(body=browser_rules(), content_type="application/json")
    if name.endswith(".js"):
        return route.fulfill(body=(WIDGET_DIR / "static" / name).read_bytes(), content_type="text/javascript")
    return route.fulfill(body="<!doctype html><title>.</title>", content_type="text/html")


def as_server(text: str) -> str:
    parts, place = [], 0
    for finding in find(text):
        parts += [text[place : finding.start], f"[{finding.kind}]"]
        place = finding.end
    return "".join((*parts, text[place:]))


def together() -> Iterator[str]:
    """Each case after another one, in another order each time."""
    order = random.Random(1)
    for _ in range(2):
        texts = [case["text"] for case in CASES]
        order.shuffle(texts)
        yield from (" ".join(pair) for pair in zip(texts[::2], texts[1::2], strict=False))


def numbers() -> Iterator[str]:
    """Digits as they come, as a parent may write them: most of them are no telephone number."""
    order = random.Random(2)
    for _ in range(600):
        digits = "".join(order.choices("0123456789", k=order.randint(7, 11)))
        begin = order.choice(("0", "06", "036", "+31", "+31 6", "0031", "bel ", "088", "0800", "020-", ""))
        yield f"{order.choice(('mijn nummer ', 'bel ', ''))}{begin}{digits} graag"
