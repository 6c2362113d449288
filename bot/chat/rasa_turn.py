"""One turn inside Rasa: used by the channel (over HTTP) and by ``ask`` (in process)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.chat.messages import AssistantReply, BotMessage

CHANNEL = "ouderchat"


class SilentOutput(OutputChannel):  # type: ignore[misc]
    """Takes messages without passing them on: the reply is read from the tracker, whole."""

    @classmethod
    def name(cls) -> str:
        """The name under which Rasa stores where a message came from."""
        return CHANNEL

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Do nothing; a message sent twice would be one too many."""


async def run_turn(
    agent: Agent, conversation_id: str, message_id: str, text: str, metadata: Mapping[str, Any]
) -> AssistantReply:
    """One turn under Rasa's lock; a message id that was handled before gives the stored reply.

    Raises:
        rasa.core.exceptions.AgentNotReady: no model is loaded.
    """
    async with agent.lock_store.lock(conversation_id):
        reply = await _stored_reply(agent, conversation_id, message_id)
        if reply is None:
            message = UserMessage(
                neutral(text),
                SilentOutput(),
                conversation_id,
                input_channel=CHANNEL,
                message_id=message_id,
                metadata=dict(metadata),
            )
            try:
                await agent.processor.handle_message(message)
            except BaseException:
                # Half a turn is not remembered: what is in memory would differ from what is stored.
                _own_store(agent).drop(conversation_id)
                raise
            reply = await _stored_reply(agent, conversation_id, message_id)
    return reply or AssistantReply(())


async def forget(agent: Agent, conversation_id: str) -> None:
    """Delete the tracker of a conversation under Rasa's lock, so that a running turn cannot write it back."""
    async with agent.lock_store.lock(conversation_id):
        await _own_store(agent).delete(conversation_id)


def _own_store(agent: Agent) -> Any:
    # Rasa wraps the store named in the endpoints in one that falls back to memory when it fails.
    return getattr(agent.tracker_store, "_tracker_store", agent.tracker_store)


def neutral(text: str) -> str:
    """The text without the leading slashes that Rasa would read as a command."""
    return text.lstrip("/ \t\n") or "…"


async def _stored_reply(agent: Agent, conversation_id: str, message_id: str) -> AssistantReply | None:
    tracker: DialogueStateTracker | None = await agent.tracker_store.retrieve(conversation_id)
    if tracker is None:
        return None
    reply: list[BotMessage] = []
    for event in reversed(list(tracker.events)):
        if isinstance(event, BotUttered):
            reply.insert(0, BotMessage.from_rasa(event.message()))
        elif isinstance(event, UserUttered):
            if event.message_id == message_id:
                return AssistantReply(tuple(reply), *_understanding(event.parse_data or {}))
            reply = []
    return None


def _understanding(parse_data: Mapping[str, Any]) -> tuple[float, tuple[tuple[str, float], ...]]:
    ranking = (parse_data.get("onderwerpen") or {}).get("ranking") or []
    pairs = tuple((entry["onderwerp"], float(entry["kans"])) for entry in ranking)
    return (pairs[0][1] if pairs else 0.0), pairs
