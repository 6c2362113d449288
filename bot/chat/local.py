"""The assistant in this process, with the actions beside it: for ``ask``, the checks and the tests."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent, load_agent
from rasa.core.utils import AvailableEndpoints
from rasa.shared.core.domain import Domain
from rasa.utils.endpoints import ClientResponseError, EndpointConfig
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection

from bot.chat.actions_endpoint import check_results_once_compiled
from bot.chat.messages import AssistantAway, AssistantReply
from bot.chat.rasa_turn import forget, run_turn
from bot.chat.tracker_store import ErasableMemoryTrackerStore
from bot.nlu.classifier import TopicClassifier
from bot.nlu.model import TopicModel
from bot.settings import ROOT


class InProcessActions(EndpointConfig):  # type: ignore[misc]
    """Stands where Rasa expects the address of the actions server, and runs the actions itself."""

    def __init__(self, package: str = "actions") -> None:
        """Registers every action in ``package``."""
        super().__init__("http://in-process/webhook", enable_selective_domain=True)
        self._executor = ActionExecutor()
        self._executor.register_package(package)

    async def request(self, method: str = "post", json: Any = None, **_options: Any) -> Any:
        """Run one action call; a rejected form answers as the server would.

        Raises:
            ClientResponseError: status 400, the form rejected the message.
        """
        try:
            return await self._executor.run(_as_sent(json))
        except ActionExecutionRejection as rejection:
            body = {"error": str(rejection), "action_name": rejection.action_name}
            raise ClientResponseError(400, "rejected", _as_text(body)) from rejection


class LocalAssistant:
    """Rasa's agent with trackers in memory."""

    def __init__(self, agent: Agent) -> None:
        """See :meth:`load`."""
        self.agent = agent

    @classmethod
    async def load(cls, model: Path) -> LocalAssistant:
        """Load a trained model.

        Raises:
            AssistantAway: the model cannot be loaded.
        """
        check_results_once_compiled()
        endpoints = AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml"))
        endpoints.action = InProcessActions()
        agent = await load_agent(str(model), endpoints=endpoints)
        if not agent.is_ready():
            raise AssistantAway(f"model {model} cannot be loaded")
        store = ErasableMemoryTrackerStore(agent.domain or Domain.empty())
        agent.tracker_store = store
        agent.processor.tracker_store = store
        return cls(agent)

    @property
    def topic_model(self) -> TopicModel:
        """What chooses the topic, as it was loaded with the rest."""
        return classifier_of(self.agent)._model

    async def send(
        self, conversation_id: str, message_id: str, text: str, metadata: Mapping[str, Any]
    ) -> AssistantReply:
        """See :class:`bot.chat.messages.Assistant`."""
        return await run_turn(self.agent, conversation_id, message_id, text, metadata)

    async def wipe(self, conversation_id: str) -> None:
        """See :class:`bot.chat.messages.Assistant`."""
        await forget(self.agent, conversation_id)


def classifier_of(agent: Agent) -> TopicClassifier:
    """The component of a loaded agent that chooses the topic."""
    # Rasa keeps its components in the nodes of a graph, and gives no other way to them.
    nodes = agent.processor.graph_runner._instantiated_nodes.values()
    (found,) = {node._component for node in nodes if isinstance(node._component, TopicClassifier)}
    return found


def _as_sent(body: Any) -> Any:
    # Through JSON, as over HTTP: an action must not be able to change the tracker it is shown.
    return json.loads(json.dumps(body))


def _as_text(body: Mapping[str, Any]) -> str:
    return json.dumps(body)
