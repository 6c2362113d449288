"""``python -m bot ask``: messages through the whole path without a server, on a temporary store; nothing is sent."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from bot.chat.messages import Assistant, Before, Turn
from bot.chat.turn import finish, prepare
from bot.db import make_engine, upgrade
from bot.nlu.danger import Detector
from bot.privacy.vault import Vault
from bot.settings import Settings, get_settings
from bot.topics import SOMETHING_ELSE, SOMETHING_ELSE_BUTTON, load_topics


class BadLine(ValueError):
    """A line of the input is not what the contract asks for."""


@dataclass(frozen=True)
class Said:
    """One turn of the input: typed text, or the topic of a clicked button."""

    text: str
    choice: str | None = None


@dataclass(frozen=True)
class Timed:
    """A turn with the time it took.

    Attributes:
        turn: what came of the message.
        ms: milliseconds from message to reply.
    """

    turn: Turn
    ms: float

    def as_dict(self) -> dict[str, Any]:
        """As one element of ``turns`` in the output."""
        return {
            "text": self.turn.text,
            "decision": self.turn.decision,
            "topics": list(self.turn.topics),
            "options": list(self.turn.options),
            "confidence": round(self.turn.confidence, 4),
            "reply": [message.text for message in self.turn.reply],
            "ms": round(self.ms, 1),
        }


class Asker:
    """Holds conversations with an assistant, as the door does."""

    def __init__(self, assistant: Assistant, vault: Vault, detector: Detector) -> None:
        """See :func:`local_asker` for one that is ready to use."""
        self._assistant, self._vault, self._detector = assistant, vault, detector

    async def converse(self, said: Iterable[Said]) -> list[Timed]:
        """A new conversation with these turns; the assistant forgets it afterwards."""
        conversation_id = uuid4().hex
        before = Before()
        timed = []
        for number, message in enumerate(said):
            start = time.perf_counter()
            prepared = prepare(message.text, message.choice, self._vault, conversation_id, self._detector)
            turn = await finish(
                self._assistant,
                conversation_id,
                f"bericht-{number:04}",
                prepared,
                channel="tekst",
                before=before,
            )
            timed.append(Timed(turn, (time.perf_counter() - start) * 1000))
            before = before.after(turn.decision, turn.topics, turn.options)
        await self._assistant.wipe(conversation_id)
        return timed


@contextmanager
def local_asker(assistant: Assistant) -> Iterator[Asker]:
    """An asker on a temporary store, which the actions in this process use too; gone at the end."""
    from actions.services import make_services, use

    with tempfile.TemporaryDirectory(prefix="ouderchat-") as directory:
        settings = Settings(var_dir=Path(directory), database_url="")
        engine = make_engine(settings.db_url)
        upgrade(engine)
        services = make_services(settings, engine)
        use(services)
        try:
            yield Asker(assistant, services.vault, Detector.load())
        finally:
            use(None)
            engine.dispose()


def read_line(line: str) -> tuple[Any, list[Said]]:
    """The id and the turns of one line of JSON.

    Raises:
        BadLine: not JSON, no turns, or a turn that is neither a text nor ``{"keuze": ...}`` with a known topic.
    """
    try:
        raw = json.loads(line)
    except ValueError as error:
        raise BadLine(f"not JSON: {error}") from error
    if not isinstance(raw, dict):
        raise BadLine("not an object")
    turns = raw.get("turns", [raw["text"]] if "text" in raw else None)
    if not isinstance(turns, list) or not turns:
        raise BadLine('needs "turns" (a list) or "text"')
    return raw.get("id"), [_said(turn) for turn in turns]


def _said(turn: Any) -> Said:
    if isinstance(turn, str):
        return Said(turn)
    if not isinstance(turn, dict) or not isinstance(turn.get("keuze"), str):
        raise BadLine('a turn is a text or {"keuze": "<topic id>"}')
    choice = turn["keuze"]
    topics = load_topics(get_settings().knowledge_dir)
    known = topics.get(choice.split(":")[0])
    if known is None and choice != SOMETHING_ELSE:
        raise BadLine(f"unknown topic {choice}")
    return Said(turn.get("text") or (known.button if known else SOMETHING_ELSE_BUTTON), choice)


async def answer_lines(asker: Asker, lines: Iterable[str]) -> AsyncIterator[dict[str, Any]]:
    """One object per line, in order; a broken line gives an object with ``error`` in its place."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            line_id, said = read_line(line)
        except BadLine as error:
            yield {"id": _id_of(line), "line": number, "error": str(error)}
            continue
        yield {"id": line_id, "turns": [timed.as_dict() for timed in await asker.converse(said)]}


def _id_of(line: str) -> Any:
    try:
        return json.loads(line).get("id")
    except (ValueError, AttributeError):
        return None
