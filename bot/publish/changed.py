"""The published assistant with the changed content put in, without a whole training.

A topic is chosen by one linear model that learns in seconds, and what is said comes from the files as they are; only
the dialogue (``domain.yml``, ``data/stories``, ``config.yml``) needs Rasa's own training. So a published model with a
new topic model and new responses answers as a full training on the same files would (a test compares the two).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent

from bot.chat.local import classifier_of
from bot.evaluate.examples import training_messages
from bot.evaluate.folds import learn
from bot.nlu.evidence import from_knowledge
from bot.nlu.model import TopicModel
from bot.nlu.parameters import Parameters, section_of
from bot.publish.responses import Responses, responses_of
from bot.topics import Topic, load_topics


@dataclass(frozen=True)
class Changed:
    """The content of a folder, ready to be put into an assistant.

    Attributes:
        responses: all answers and sentences by name.
        model: chooses the topic.
        topics: by id, for the words on the buttons.
    """

    responses: Responses
    model: TopicModel
    topics: Mapping[str, Topic]


def topic_model(root: Path) -> TopicModel:
    """A topic model of the messages and the knowledge in a folder, as a training makes it; seconds."""
    examples = training_messages(root / "data" / "nlu")
    knowledge = from_knowledge(root / "knowledge", {example.label for example in examples})
    return learn(examples, knowledge, Parameters.of(section_of(root / "config.yml")))


def changed(root: Path) -> Changed:
    """All of it."""
    return Changed(responses_of(root), topic_model(root), load_topics(root / "knowledge"))


def put_in(agent: Agent, content: Changed) -> None:
    """Let an assistant that is loaded work with this content from its next message on."""
    put_responses_in(agent, content.responses)
    classifier_of(agent).use(content.model, content.topics)


def put_responses_in(agent: Agent, responses: Responses) -> None:
    """Only the texts: for a change that touches no message, no topic and no fact."""
    agent.processor.nlg.responses = {name: [dict(variant) for variant in found] for name, found in responses.items()}


class Spoken:
    """Writes down which responses an assistant uses, as long as it is entered."""

    def __init__(self, agent: Agent) -> None:
        self._generator = agent.processor.nlg
        self._names: set[str] = set()

    def __enter__(self) -> Spoken:
        self._before = self._generator.responses
        self._generator.responses = _Heard(self._before, self._names.add)
        return self

    def __exit__(self, *_: object) -> None:
        self._generator.responses = self._before

    def since(self) -> tuple[str, ...]:
        """The names since this was last called."""
        names = tuple(sorted(self._names))
        self._names.clear()
        return names


class _Heard(dict[str, Any]):
    """Responses that tell which of them are looked up."""

    def __init__(self, responses: Mapping[str, Any], tell: Callable[[str], None]) -> None:
        super().__init__(responses)
        self._tell = tell

    def __getitem__(self, name: str) -> Any:
        self._tell(name)
        return super().__getitem__(name)

    def get(self, name: str, default: Any = None) -> Any:
        self._tell(name)
        return super().get(name, default)
