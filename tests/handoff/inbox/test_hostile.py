"""Whatever a case holds, no script of it runs in the inbox."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import Browser as Chromium

from bot.handoff.accounts import Account
from bot.handoff.intake import Intake, Line, Request
from tests.browser.hostile import hostile
from tests.handoff.inbox.conftest import PASSWORD, REQUEST, START

pytestmark = pytest.mark.browser

NUMBER, PER_CASE = 1000, 100


def test_of_a_thousand_hostile_messages_no_script_runs(
    chromium: Chromium, base: str, noor: Account, intake: Intake
) -> None:
    texts = list(hostile(NUMBER))
    cases = [intake.submit(hostile_case(texts[at : at + PER_CASE], at)).case_id for at in range(0, NUMBER, PER_CASE)]
    page = chromium.new_page()
    page.set_default_timeout(15_000)
    complaints: list[str] = []
    page.on("dialog", lambda dialog: (complaints.append(dialog.message), dialog.dismiss()))
    page.on("console", lambda message: complaints.append(message.text) if "Content Security" in message.text else None)
    page.goto(f"{base}/inbox/inloggen")
    page.fill("#email", "noor@example.org")
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{base}/inbox")
    for case_id in cases:
        page.goto(f"{base}/inbox/zaken/{case_id}")
        assert page.locator("main").inner_text().count("hacked") >= PER_CASE * 0.8, "they are shown, as text"
        assert page.evaluate("() => window.hacked") is None
        assert page.locator("main :is(script, iframe, object, img, style, base)").count() == 0
    assert complaints == []
    page.close()


def hostile_case(texts: list[str], number: int) -> Request:
    lines = tuple(Line(seq, "bot" if seq % 2 else "ouder", text, START) for seq, text in enumerate(texts, 1))
    fields = {"about": texts[0], "preferred": texts[2], "interpreter": texts[3][:90]}
    ids = {"conversation_id": f"{number:032x}", "consent_message_id": f"consent-{number:04}"}
    return replace(REQUEST, transcript=lines, struck=frozenset(), **fields, **ids)
