"""What the routes of one door share."""

from __future__ import annotations

from sanic import Request

from bot.chat.errors import Refused
from bot.chat.gate import Gate
from bot.chat.hub import Hub
from bot.chat.items import item_maker
from bot.chat.jobs import Jobs
from bot.chat.live import LiveDesk
from bot.chat.metrics import Metrics
from bot.chat.services import Lane, Services
from bot.chat.store import Conversation, ConversationStore
from bot.chat.takeover import Takeover
from bot.chat.turns import Turns
from bot.chat.wiping import Wiper
from bot.topics import CurrentTopics


class Context:
    """The parts of one door, wired together."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.lane, self.hub = Lane(), Hub()
        self.store = ConversationStore(services.engine)
        self.gate = Gate(services, self.lane, self.store, self.hub)
        self.topics = CurrentTopics(services.settings.knowledge_dir)
        self.metrics = Metrics()
        self.item = item_maker(self.topics, services.vault)
        takeover = Takeover(services.engine, services.vault)
        self.turns = Turns(self.store, self.lane, self.hub, services.assistant, takeover, self.item, self.metrics)
        self.live = LiveDesk(services.engine, self.lane, self.hub, self.store, self.turns, takeover)
        self.metrics.gauge("ouderchat_streams", "Streams that are open.", self.hub.listeners)
        self.metrics.gauge("ouderchat_turns_running", "Conversations in which a reply is made.", self.turns.running)
        self.wiper = Wiper(services, self.store, self.lane, self.hub, self.turns)
        self.jobs = Jobs(services, self.store, self.lane, self.turns, self.wiper, self.live)

    async def conversation(self, request: Request) -> Conversation:
        """The conversation that the token in the header opens.

        Raises:
            Refused: 401, there is no such conversation (any more).
        """
        return await self.lane.run(self.find, request)

    def find(self, request: Request) -> Conversation:
        """As :meth:`conversation`, for work that is in the thread of the database already."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        found = self.store.find(token) if scheme.lower() == "bearer" and token else None
        if found is None:
            raise Refused(401)
        return found

    async def close(self) -> None:
        """End streams and tasks; what was not done waits in the database."""
        self.hub.close()
        self.live.close()
        await self.jobs.stop()
        await self.turns.stop()
        await self.wiper.stop()
        await self.services.assistant.close()
        self.lane.close()
