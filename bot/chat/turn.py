"""One turn, the same for the door, ``ask`` and the tests: danger, masking, metadata, relay, decision."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from bot import logs
from bot.chat.help_lines import doubt_text, help_text
from bot.chat.messages import (
    NOTHING_BEFORE,
    Assistant,
    AssistantAway,
    AssistantReply,
    Before,
    BotMessage,
    Button,
    Turn,
    summarise,
)
from bot.handoff.details import asks_contact
from bot.nlu.correction import picked
from bot.nlu.danger import Danger, Detector, need
from bot.privacy.masking import mask
from bot.privacy.vault import Vault, conversation_scope
from bot.settings import get_settings
from bot.topics import DANGER, HUMAN

log = logs.get(__name__)

MAX_LENGTH = 2000
"""Characters; a longer message gets a kind request to shorten it."""

_HUMAN_BUTTON = Button("Ik wil een mens spreken", HUMAN)

TOO_LONG = BotMessage(
    "Uw bericht is te lang voor mij. Ik kan hooguit 2.000 tekens lezen. Wilt u uw vraag in een paar zinnen stellen? "
    "Wilt u liever uw hele verhaal vertellen? Dat kan bij een ouderadviseur.",
    (_HUMAN_BUTTON,),
    {"besluit": "none"},
)
AWAY = BotMessage(
    "Ik kan u nu even geen antwoord geven, door een storing. Uw bericht is bewaard. U kunt wel een ouderadviseur om "
    "contact vragen, of zelf zoeken in [alle antwoorden](/antwoorden).",
    (_HUMAN_BUTTON,),
    {"besluit": "none", "storing": True},
)
NO_REPLY = BotMessage(
    "Het opzoeken van het antwoord lukte niet. Probeer het straks nog eens, of vraag een ouderadviseur om contact.",
    (_HUMAN_BUTTON,),
    {"besluit": "none", "storing": True},
)


def help_lines() -> BotMessage:
    """What the door itself says on danger when the assistant cannot."""
    text = help_text(get_settings().knowledge_dir)
    return BotMessage(text, (_HUMAN_BUTTON,), {"besluit": "human", "onderwerp": DANGER})


@dataclass(frozen=True)
class Prepared:
    """A message that may be stored and relayed.

    Attributes:
        text: after masking, cut at :data:`MAX_LENGTH` when it was longer.
        removed: kinds of personal data that were taken out, each once.
        danger: what the detector found in the text as it was typed, surely or in doubt, or None.
        choice: the topic id of a clicked button, or None.
        too_long: the parent is asked to shorten it; it is not relayed.
    """

    text: str
    removed: tuple[str, ...] = ()
    danger: Danger | None = None
    choice: str | None = None
    too_long: bool = False

    @property
    def need(self) -> str:
        """The kind of acute need when it is sure, otherwise empty."""
        return need(self.danger)


def prepare(text: str, choice: str | None, vault: Vault, conversation_id: str, detector: Detector) -> Prepared:
    """Look for danger, then take personal data out; what the hand-off may need goes to the vault.

    Raises:
        sqlalchemy.exc.SQLAlchemyError: the vault cannot be written.
    """
    danger = detector.check(text)
    scope = conversation_scope(conversation_id)
    masked = mask(text[:MAX_LENGTH], lambda kind, value: vault.put(scope, kind, value))
    return Prepared(masked.text, masked.kinds, danger, choice, too_long=len(text) > MAX_LENGTH)


def warm_up(detector: Detector) -> None:
    """Load what the first message needs, so that no parent waits for it.

    Raises:
        KnowledgeError: the help lines cannot be read.
    """
    help_lines()
    doubt_text(get_settings().knowledge_dir)
    detector.check("hallo")
    mask("mijn zoon Noor, 06-12345678", lambda kind, _value: f"[{kind}#1]")


async def finish(
    assistant: Assistant,
    conversation_id: str,
    message_id: str,
    prepared: Prepared,
    channel: str = "web",
    before: Before = NOTHING_BEFORE,
) -> Turn:
    """Relay a prepared message and read what came of it. Never raises: a fault becomes a true answer.

    Args:
        assistant: the dialogue model.
        conversation_id: the conversation.
        message_id: the client's id of the message; the same id again gives the stored reply.
        prepared: what :func:`prepare` gave.
        channel: ``web`` for the chat page, ``tekst`` where no form can be shown.
        before: what was answered and offered just before.
    """
    if prepared.too_long and not prepared.need:
        return _turn(prepared, _with_help_lines(prepared, AssistantReply((TOO_LONG,))))
    # Said in either case: what was typed has been looked at, and need not be looked at again after masking.
    metadata: dict[str, Any] = {"kanaal": channel, "nood": prepared.need}
    if choice := prepared.choice or picked(prepared.text, before.offered) or _contact_asked(prepared):
        metadata["keuze"] = choice
    if before.topic:
        metadata["vorig_onderwerp"] = before.topic
    try:
        reply = await assistant.send(conversation_id, message_id, prepared.text, metadata)
    except AssistantAway as fault:
        log.warning("assistant away", error=str(fault))
        reply = AssistantReply((AWAY,))
    else:
        if not reply.messages:
            reply = AssistantReply((NO_REPLY,), reply.confidence, reply.ranking)
    return _turn(prepared, _with_help_lines(prepared, reply))


def _contact_asked(prepared: Prepared) -> str | None:
    """The hand-off, for a message with a number or address and the wish to be reached on it; danger goes first."""
    return HUMAN if not prepared.need and asks_contact(prepared.text) else None


def _with_help_lines(prepared: Prepared, reply: AssistantReply) -> AssistantReply:
    """Danger shows the help lines first, whatever the assistant made of the message; in doubt they stand below."""
    shown = any(message.metadata.get("onderwerp") == DANGER for message in reply.messages)
    if prepared.danger is None or shown:
        return reply
    if prepared.danger.sure:
        return AssistantReply((help_lines(), *reply.messages), reply.confidence, reply.ranking)
    *others, last = reply.messages
    below = replace(last, text=f"{last.text}\n\n{doubt_text(get_settings().knowledge_dir)}")
    return AssistantReply((*others, below), reply.confidence, reply.ranking)


def _turn(prepared: Prepared, reply: AssistantReply) -> Turn:
    decision, topics, options = summarise(reply.messages)
    return Turn(prepared.text, decision, topics, options, reply.confidence, reply.messages, reply.ranking)
