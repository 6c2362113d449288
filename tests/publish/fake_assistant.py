"""An assistant without Rasa: ``fake_assistant.py <kind> --poort <port> --versie <json>``.

Kinds: ``good``; ``wrong`` (fails one of the ten questions); ``dies`` (while it loads). While it loads it listens
already, and answers whoever asks with half an answer: nobody may ever see that.
"""

import argparse
import asyncio
import json
import os
import signal
import sys
import time
from typing import Any

from aiohttp import web

from bot.publish.ten_questions import ten_questions

LOADING, ANSWERING = 1.0, 0.2
HALF, WHOLE = "half geladen", "Antwoord op: "
QUESTIONS = {question.text: question for question in ten_questions()}


class Fake:
    def __init__(self, kind: str, version: dict[str, str]) -> None:
        self.kind, self.version, self.began, self.busy = kind, version, time.monotonic(), 0

    @property
    def loaded(self) -> bool:
        return time.monotonic() - self.began > LOADING

    async def ready(self, _request: web.Request) -> web.Response:
        if not self.loaded:
            return web.json_response({"ready": False}, status=503)
        return web.json_response({"ready": True, "versie": self.version, "bezig": self.busy})

    async def message(self, request: web.Request) -> web.Response:
        text = (await request.json())["text"]
        self.busy += 1
        await asyncio.sleep(ANSWERING)
        self.busy -= 1
        return web.json_response({"messages": [self._answer(text)], "confidence": 0.9, "ranking": []})

    def _answer(self, text: str) -> dict[str, Any]:
        question = QUESTIONS.get(text)
        topic, decision = (question.topic, question.decision) if question else ("tlv/uitleg", "answer")
        if self.kind == "wrong" and question and question.topic == "gesprek/nood":
            topic, decision = "tlv/uitleg", "answer"
        said = f"{WHOLE}{text}" if self.loaded else HALF
        return {"text": said, "metadata": {"onderwerp": topic, "besluit": decision, "versie": self.version}}

    async def wipe(self, _request: web.Request) -> web.Response:
        return web.Response(status=204)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("kind")
    parser.add_argument("--poort", type=int)
    parser.add_argument("--versie", type=json.loads)
    asked = parser.parse_args()
    # Ended at once, with whatever it was answering: who ends it too early loses a message.
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    if asked.kind == "dies":
        time.sleep(0.5)
        sys.exit(3)
    fake = Fake(asked.kind, asked.versie)
    app = web.Application()
    app.router.add_get("/webhooks/ouderchat/", fake.ready)
    app.router.add_post("/webhooks/ouderchat/bericht", fake.message)
    app.router.add_delete("/webhooks/ouderchat/gesprek/{id}", fake.wipe)
    web.run_app(app, host="127.0.0.1", port=asked.poort, print=lambda *_: None, handle_signals=False)


def command(kind: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "tests.publish.fake_assistant", kind)


if __name__ == "__main__":
    main()
