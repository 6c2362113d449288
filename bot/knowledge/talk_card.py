"""The card with questions to take to a talk at school, of ``knowledge/gesprekskaart.yml``."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from bot.knowledge.reading import Entry, read_yaml
from bot.knowledge.sources import REVIEW_FIELDS, Review, Source, number, read_review, read_sources

_TEXTS = ("titel", "doel", "voorbeelden", "daaronder")
_ALL_OF_THEME = "/*"


@dataclass(frozen=True)
class Group:
    """Questions that belong together.

    Attributes:
        topics: topic ids, after which these questions fit.
        words: in a message, that say the same.
        questions: most useful first.
    """

    topics: frozenset[str]
    words: tuple[str, ...]
    questions: tuple[str, ...]

    def named_in(self, text: str) -> bool:
        """Whether a message has one of the words."""
        lowered = text.lower()
        return any(re.search(rf"\b{re.escape(word)}\b", lowered) for word in self.words)


@dataclass(frozen=True)
class TalkCard:
    """All questions, and the fixed parts of the card.

    Attributes:
        texts: ``titel``, ``doel``, ``voorbeelden``, ``daaronder``.
        end: what to ask at the end of the talk.
        general: questions that always fit.
        groups: in the order of the file.
        most: questions on a card.
        most_of_group: questions of one group on a card.
        sources: of the card.
        review: who answers for it.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    end: tuple[str, ...] = ()
    general: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()
    most: int = 5
    most_of_group: int = 3
    sources: tuple[Source, ...] = ()
    review: Review = field(default_factory=Review)

    def questions(self, topics: Sequence[str], text: str = "") -> tuple[str, ...]:
        """The questions for one parent.

        Args:
            topics: that the conversation was about, the last one first.
            text: the message that asks for the card; what it names goes first.
        """
        named = [group for group in self.groups if group.named_in(text)]
        about = [group for topic in topics for group in self.groups if topic in group.topics]
        chosen = list(dict.fromkeys([*named, *about]))
        # One subject fills most of the card; with more of them, the last two get their part.
        share = self.most_of_group if len(chosen) == 1 else self.most_of_group - 1
        return tuple(islice(_each_once(self._in_order(chosen, share)), self.most))

    def _in_order(self, groups: Sequence[Group], share: int) -> Iterable[str]:
        for group in groups:
            yield from group.questions[:share]
        yield from self.general


def _each_once(questions: Iterable[str]) -> Iterable[str]:
    return dict.fromkeys(questions)


def load_talk_card(file: Path, topics: Collection[str]) -> TalkCard:
    """The card.

    Args:
        file: ``knowledge/gesprekskaart.yml``.
        topics: the known topic ids.

    Raises:
        KnowledgeError: something is wrong; names file and line.
    """
    fields = read_yaml(file).fields(
        (*REVIEW_FIELDS, *_TEXTS, "aantal", "per_groep", "einde", "algemeen", "groepen", "bron")
    )
    return TalkCard(
        {name: fields[name].text() for name in _TEXTS},
        fields["einde"].texts(),
        fields["algemeen"].texts(),
        tuple(_group(entry, topics) for entry in fields["groepen"].fields(others=True).values()),
        number(fields["aantal"], 10),
        number(fields["per_groep"], 10),
        read_sources(fields["bron"]),
        read_review(fields),
    )


def _group(entry: Entry, topics: Collection[str]) -> Group:
    fields = entry.fields(("onderwerpen", "woorden", "vragen"))
    about = frozenset(topic for item in fields["onderwerpen"].items() for topic in _topics(item, topics))
    return Group(about, tuple(word.lower() for word in fields["woorden"].texts()), fields["vragen"].texts())


def _topics(entry: Entry, topics: Collection[str]) -> list[str]:
    """The topics of ``tlv/*``, or the one topic that is named."""
    name = entry.text()
    theme = name.removesuffix("*")
    found = [topic for topic in topics if topic == name or (name.endswith(_ALL_OF_THEME) and topic.startswith(theme))]
    if not found:
        raise entry.error(f"het onderwerp '{name}' staat niet in onderwerpen.yml.")
    return found
