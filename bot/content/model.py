"""What stands in ``data/nlu`` and in the list of topics, each with its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from bot.knowledge.reading import Entry


@dataclass(frozen=True)
class Listed:
    """A topic as the list ``knowledge/onderwerpen.yml`` has it; ``since`` is its first day, where that is told."""

    id: str
    button: str
    file: Path
    line: int
    since: date | None = None

    @property
    def theme(self) -> str:
        """The name of the file in ``data/nlu`` that holds it."""
        return self.id.split("/")[0]


@dataclass(frozen=True)
class Message:
    """A message of a parent, to learn from."""

    text: str
    topic: str
    writer: str | None
    file: Path
    line: int


@dataclass(frozen=True)
class Variant:
    """One text of an answer."""

    text: Entry
    metadata: Mapping[str, Entry]
    when: Mapping[str, str]
    line: int


@dataclass(frozen=True)
class Answer:
    """A response.

    Attributes:
        topic: None for a sentence of the assistant that answers no topic.
        complete: False when a variant could not be read.
    """

    name: str
    topic: str | None
    file: Path
    line: int
    variants: tuple[Variant, ...]
    complete: bool


@dataclass
class Content:
    """All that could be read; what could not be is in the complaints.

    Attributes:
        root: the folder of the project.
        topics: by id, in the order of the list.
        messages: in the order of the files.
        answers: by topic id.
        sentences: the responses that answer no topic, by name.
        incomplete: themes whose file could not be read in whole: what they lack may be there.
    """

    root: Path
    topics: dict[str, Listed] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)
    answers: dict[str, Answer] = field(default_factory=dict)
    sentences: dict[str, Answer] = field(default_factory=dict)
    incomplete: set[str] = field(default_factory=set)

    def messages_of(self, topic: str) -> list[Message]:
        """The messages of one topic."""
        return [message for message in self.messages if message.topic == topic]
