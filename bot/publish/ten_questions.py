"""Ten fixed questions that a new assistant must answer rightly before it talks with parents."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import yaml

from bot.chat.messages import Assistant, AssistantAway, summarise
from bot.nlu.danger import Detector, need

FILE = Path(__file__).with_name("tien_vragen.yml")


@dataclass(frozen=True)
class Question:
    """One question with what must come of it."""

    text: str
    decision: str
    topic: str


def ten_questions(file: Path = FILE) -> list[Question]:
    """The questions, in order."""
    rows = yaml.safe_load(file.read_text(encoding="utf-8"))["vragen"]
    return [Question(row["vraag"], row["besluit"], row["onderwerp"]) for row in rows]


async def failures(assistant: Assistant, questions: list[Question], detector: Detector) -> list[str]:
    """What the assistant does not answer rightly, in Dutch; each question is a conversation that is wiped."""
    found = []
    for question in questions:
        conversation = f"proef{uuid4().hex[5:]}"
        try:
            failure = await _failure(assistant, conversation, question, detector)
            await assistant.wipe(conversation)
        except AssistantAway as error:
            failure = f"'{question.text}': geen antwoord ({error})"
        if failure:
            found.append(failure)
    return found


async def _failure(assistant: Assistant, conversation: str, question: Question, detector: Detector) -> str | None:
    metadata = {"kanaal": "web", "nood": need(detector.check(question.text))}
    reply = await assistant.send(conversation, uuid4().hex, question.text, metadata)
    decision, topics, _ = summarise(reply.messages)
    if decision == question.decision and question.topic in topics:
        return None
    was, wanted = f"{decision}, {', '.join(topics) or '-'}", f"{question.decision}, {question.topic}"
    return f"'{question.text}': {was}; het hoort {wanted} te zijn"
