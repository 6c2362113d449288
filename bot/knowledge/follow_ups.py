"""What parents ask after an answer, and which topic then answers it: ``knowledge/vervolgvragen.yml``."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from bot.knowledge.reading import Entry, read_yaml
from bot.knowledge.sources import known_topic

FILE = "vervolgvragen.yml"


@dataclass(frozen=True)
class FollowUp:
    """One question that leans on an answer.

    Attributes:
        after: the topic that was answered.
        text: what the parent typed then.
        topic: the topic that answers it.
        writer: who wrote it.
    """

    after: str
    text: str
    topic: str
    writer: str


def load_follow_ups(file: Path, topics: Collection[str]) -> list[FollowUp]:
    """All of them, in the order of the file.

    Args:
        file: ``knowledge/vervolgvragen.yml``; without it there are none.
        topics: the known topic ids.

    Raises:
        KnowledgeError: something is wrong; names file and line.
    """
    if not file.exists():
        return []
    after = read_yaml(file).fields(("vervolgvragen",))["vervolgvragen"].fields(others=True)
    return [_follow_up(last, entry, topics) for last, asked in after.items() for entry in _asked(last, asked, topics)]


def _asked(last: str, asked: Entry, topics: Collection[str]) -> list[Entry]:
    if last not in topics:
        raise asked.error(f"het onderwerp '{last}' staat niet in onderwerpen.yml.")
    return list(asked.items())


def _follow_up(last: str, entry: Entry, topics: Collection[str]) -> FollowUp:
    fields = entry.fields(("vraag", "onderwerp", "schrijver"))
    return FollowUp(last, fields["vraag"].text(), known_topic(fields["onderwerp"], topics), fields["schrijver"].text())
