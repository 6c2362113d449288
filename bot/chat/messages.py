"""The shapes that pass between door, assistant and ``ask``: a bot message, a button, a reply, a turn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, get_args

from bot.topics import SMALL_TALK

Decision = Literal["answer", "ask", "human", "none"]
DECISIONS: tuple[Decision, ...] = get_args(Decision)


@dataclass(frozen=True)
class Button:
    """A button under a message; ``topic`` is what a click sends along as metadata."""

    title: str
    topic: str


@dataclass(frozen=True)
class BotMessage:
    """One message of the bot: Markdown text, buttons, and what is known about the answer.

    ``metadata`` may hold: ``onderwerp`` (topic id), ``besluit`` (a decision), ``opties`` and ``vervolg`` (topic ids),
    ``bronnen``, ``eigenaar``, ``gecontroleerd``, ``gecontroleerd_door``, ``formulier`` and ``storing``.
    """

    text: str
    buttons: tuple[Button, ...] = ()
    metadata: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def from_rasa(cls, message: Mapping[str, Any]) -> BotMessage:
        """From a message as Rasa hands it to an output channel."""
        buttons = tuple(
            Button(button["title"], button.get("keuze", "")) for button in message.get("buttons") or () if button
        )
        return cls(message.get("text") or "", buttons, dict(message.get("metadata") or {}))

    def as_dict(self) -> dict[str, Any]:
        """As JSON, the form :meth:`from_dict` reads."""
        return {
            "text": self.text,
            "buttons": [{"title": button.title, "keuze": button.topic} for button in self.buttons],
            "metadata": dict(self.metadata),
        }

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> BotMessage:
        """From what :meth:`as_dict` gave."""
        return cls.from_rasa(raw)


@dataclass(frozen=True)
class AssistantReply:
    """What the assistant gave for one message: its messages and how the message was understood.

    Attributes:
        messages: in the order they were uttered; may be empty.
        confidence: probability of the first topic, 0 to 1.
        ranking: topic ids with their probability, most likely first.
    """

    messages: tuple[BotMessage, ...]
    confidence: float = 0.0
    ranking: tuple[tuple[str, float], ...] = ()

    def carrying(self, **metadata: Any) -> AssistantReply:
        """The same reply, with more metadata in each of its messages."""
        messages = (BotMessage(one.text, one.buttons, {**one.metadata, **metadata}) for one in self.messages)
        return AssistantReply(tuple(messages), self.confidence, self.ranking)

    def as_dict(self) -> dict[str, Any]:
        """As JSON, the form :meth:`from_dict` reads."""
        return {
            "messages": [message.as_dict() for message in self.messages],
            "confidence": self.confidence,
            "ranking": [list(entry) for entry in self.ranking],
        }

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> AssistantReply:
        """From what :meth:`as_dict` gave."""
        return cls(
            tuple(BotMessage.from_dict(message) for message in raw["messages"]),
            raw["confidence"],
            tuple((topic, probability) for topic, probability in raw["ranking"]),
        )


class AssistantAway(Exception):
    """The assistant cannot be reached or gave no usable reply."""


class Assistant(Protocol):
    """The dialogue model, over HTTP or in process."""

    async def send(
        self, conversation_id: str, message_id: str, text: str, metadata: Mapping[str, Any]
    ) -> AssistantReply:
        """One turn; the same message id again gives the stored reply.

        Raises:
            AssistantAway: it cannot be reached, or broke off.
        """

    async def wipe(self, conversation_id: str) -> None:
        """Delete what the assistant remembers of a conversation, after a running turn.

        Raises:
            AssistantAway: it cannot be reached.
        """


@dataclass(frozen=True)
class Turn:
    """One message of a parent with what came of it.

    Attributes:
        text: the message as it may be stored, after masking.
        decision: see the table in ``docs/ontwikkelaars.md``.
        topics: what was answered, in order.
        options: the topic ids offered.
        confidence: of the first topic, 0 to 1.
        reply: the messages for the parent.
        ranking: topic ids with their probability, most likely first.
    """

    text: str
    decision: Decision
    topics: tuple[str, ...]
    options: tuple[str, ...]
    confidence: float
    reply: tuple[BotMessage, ...]
    ranking: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class Before:
    """What went before a message, for a follow-up ("en hoe lang duurt dat?") or a pick ("de tweede").

    Attributes:
        topic: the topic answered last, small talk aside, or None.
        offered: the topic ids offered by the message just before; usually none.
    """

    topic: str | None = None
    offered: tuple[str, ...] = ()

    def after(self, decision: Decision, topics: Sequence[str], options: Sequence[str]) -> Before:
        """What goes before the next message, once this one was answered."""
        about = [topic for topic in topics if topic not in SMALL_TALK]
        return Before(about[-1] if about else self.topic, tuple(options) if decision == "ask" else ())


NOTHING_BEFORE = Before()


def summarise(messages: Sequence[BotMessage]) -> tuple[Decision, tuple[str, ...], tuple[str, ...]]:
    """Decision, topics and options of a turn, read from the metadata of its messages.

    The first of ``human``, ``ask``, ``answer``, ``none`` that any message carries decides. After ``ask`` no topic was
    answered, so topics are empty.
    """
    decisions = {message.metadata.get("besluit") for message in messages}
    order: tuple[Decision, ...] = ("human", "ask", "answer", "none")
    decision: Decision = next((name for name in order if name in decisions), "none")
    topics = dict.fromkeys(str(m.metadata["onderwerp"]) for m in messages if m.metadata.get("onderwerp"))
    options = dict.fromkeys(topic for m in messages for topic in m.metadata.get("opties") or ())
    return decision, () if decision == "ask" else tuple(topics), tuple(options) if decision == "ask" else ()
