"""What the topic model learns from: messages of parents, and the facts and terms in ``knowledge/``."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.knowledge import Knowledge, load
from bot.knowledge.follow_ups import FILE as FOLLOW_UPS
from bot.knowledge.follow_ups import load_follow_ups
from bot.nlu.follow_up import in_context
from bot.topics import load_topics


@dataclass(frozen=True)
class Evidence:
    """One text that belongs to a topic.

    Attributes:
        text: a message, a fact, the core of an answer, a term with its explanation, a button or a description.
        topic: the topic id.
        kind: ``bericht``, ``feit``, ``kern``, ``begrip``, ``knop``, ``over``, ``vervolg`` or ``antwoord``; each kind
            has its own weight in training.
    """

    text: str
    topic: str
    kind: str


def from_knowledge(knowledge_dir: Path, topics: Iterable[str]) -> list[Evidence]:
    """Facts, cores, terms, buttons, descriptions and follow-ups of the topics that are known, as training text."""
    known, listed = set(topics), load_topics(knowledge_dir)
    buttons = [Evidence(topic.button, topic.id, "knop") for topic in listed.values() if topic.id in known]
    abouts = [Evidence(topic.about, topic.id, "over") for topic in listed.values() if topic.id in known]
    follow_ups = [
        Evidence(in_context(one.text, listed[one.after].short), one.topic, "vervolg")
        for one in load_follow_ups(knowledge_dir / FOLLOW_UPS, listed)
        if one.topic in known
    ]
    return [*_from(load(knowledge_dir), known), *buttons, *abouts, *follow_ups]


def from_answers(folder: Path) -> list[Evidence]:
    """The answers in the files of a folder such as ``data/nlu``, every variant, with the topic they answer."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found = []
    for path in sorted(folder.glob("*.yml")):
        responses = yaml.load(path.read_text(encoding="utf-8"), loader).get("responses") or {}
        for name, variants in responses.items():
            topic = name.removeprefix("utter_")
            found += [Evidence(variant["text"], topic, "antwoord") for variant in variants if "/" in topic]
    return found


def _from(knowledge: Knowledge, topics: set[str]) -> list[Evidence]:
    facts = [
        Evidence(fact.text, topic, "feit")
        for topic, sheet in knowledge.facts.items()
        for fact in sheet.facts
        if fact.certainty != "laag"
    ]
    cores = [Evidence(sheet.core, topic, "kern") for topic, sheet in knowledge.facts.items()]
    terms = [
        Evidence(f"{name}: {term.explanation}" if index == 0 else name, term.topic, "begrip")
        for term in knowledge.terms
        if term.topic
        for index, name in enumerate(term.names)
    ]
    return [evidence for evidence in [*cores, *facts, *terms] if evidence.topic in topics]


def weights(evidence: Sequence[Evidence], per_kind: Mapping[str, float]) -> list[float]:
    """The weight of each text in training: the weight of its kind, messages being 1."""
    return [per_kind.get(item.kind, 1.0) for item in evidence]
