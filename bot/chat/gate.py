"""What may come in: every limit of the door that depends on how much came before, each with a kind refusal."""

from __future__ import annotations

from sanic import Request

from bot.chat.addresses import Addresses
from bot.chat.errors import BUSY_ADDRESS, FULL, Refused
from bot.chat.hub import Hub
from bot.chat.limits import Rate, rate_of_address, rate_of_starts
from bot.chat.services import Lane, Services
from bot.chat.store import ConversationStore


class Gate:
    """Counts per conversation, per address and in all; nothing of it is stored."""

    def __init__(self, services: Services, lane: Lane, store: ConversationStore, hub: Hub) -> None:
        self._lane, self._store, self._hub = lane, store, hub
        self._detector = services.detector
        self._most = services.settings.most_conversations
        self.addresses = Addresses(services.settings.trusted_proxies)
        self.rate, self.address_rate, self.start_rate = Rate(), rate_of_address(), rate_of_starts()

    def admit_message(self, request: Request, conversation_id: str, text: str) -> None:
        """Let a message in, or say kindly why not now. Danger is never turned away.

        Raises:
            Refused: 429, too many from this conversation or this address.
        """
        if not self.rate.allow(conversation_id):
            self._refuse_unless_danger(text, Refused(429))
        elif not self.address_rate.allow(self._client(request)):
            self._refuse_unless_danger(text, Refused(429, BUSY_ADDRESS))

    async def admit_conversation(self, request: Request) -> None:
        """Let a new conversation begin, or say kindly why not now.

        Raises:
            Refused: 429, too many from this address; 503, too many in all.
        """
        if not self.start_rate.allow(self._client(request)):
            raise Refused(429, BUSY_ADDRESS)
        if await self._lane.run(self._store.count_open) >= self._most:
            raise Refused(503, FULL)

    def admit_stream(self) -> None:
        """Let one more listen; a tab that is turned away still sends and reads.

        Raises:
            Refused: 503, too many in all.
        """
        if self._hub.listeners() >= self._most:
            raise Refused(503, FULL)

    def _refuse_unless_danger(self, text: str, refusal: Refused) -> None:
        if not self._detector.check(text):
            raise refusal

    def _client(self, request: Request) -> str | None:
        forwarded = request.headers.getall("x-forwarded-for", [])
        return self.addresses.name(request.ip, ",".join(forwarded))
