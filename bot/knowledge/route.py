"""The way of a child from worry to a place, of ``knowledge/route.yml``: "Waar sta ik?"."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.knowledge.reading import Entry, read_yaml
from bot.knowledge.sources import REVIEW_FIELDS, Review, Source, known_topic, read_review, read_sources


@dataclass(frozen=True)
class Question:
    """A question with choices, each the key of a step or of another question.

    Attributes:
        key: as in the file; empty for the first one.
        button: the text that leads to it.
        text: Markdown.
        choices: in the order in which they are offered.
    """

    key: str
    button: str
    text: str
    choices: tuple[str, ...]


@dataclass(frozen=True)
class Step:
    """A place on the way.

    Attributes:
        key: as in the file.
        button: the text that chooses it.
        where: where the parent is.
        turn: who has to act now.
        ask: questions the parent can ask.
        then: what comes next.
        following: the key of the next step, or None at the end.
        topics: topic ids to go on with.
        occasion: an occasion of ``termijnen.yml`` whose days can be worked out, or None.
        sources: where it stands.
    """

    key: str
    button: str
    where: str
    turn: str
    ask: tuple[str, ...]
    then: str
    following: str | None
    topics: tuple[str, ...]
    occasion: str | None
    sources: tuple[Source, ...]


_NOWHERE = Question("", "", "", ())


@dataclass(frozen=True)
class Route:
    """All questions and steps by key, and who answers for them."""

    start: Question = _NOWHERE
    questions: Mapping[str, Question] = field(default_factory=dict)
    steps: Mapping[str, Step] = field(default_factory=dict)
    review: Review = field(default_factory=Review)

    def place(self, key: str) -> Question | Step | None:
        """The question or step with this key."""
        return self.questions.get(key) or self.steps.get(key)


def load_route(file: Path, topics: Collection[str], occasions: Collection[str]) -> Route:
    """The way.

    Args:
        file: ``knowledge/route.yml``.
        topics: the known topic ids.
        occasions: the keys of ``termijnen.yml``.

    Raises:
        KnowledgeError: something is wrong, or a step that no button leads to; names file and line.
    """
    fields = read_yaml(file).fields((*REVIEW_FIELDS, "begin", "vragen", "stappen"))
    listed, asked = fields["stappen"].fields(others=True), fields["vragen"].fields(others=True)
    known = {*listed, *asked}
    steps = {key: _step(key, entry, topics, occasions, listed) for key, entry in listed.items()}
    questions = {key: _question(key, entry, known) for key, entry in asked.items()}
    start = _question("", fields["begin"], known)
    led_to = {key for question in (start, *questions.values()) for key in question.choices}
    for key, entry in (*listed.items(), *asked.items()):
        if key not in led_to:
            raise entry.error(f"geen knop leidt naar '{key}'; zet het bij keuzes van het begin of van een vraag.")
    return Route(start, questions, steps, read_review(fields))


def _question(key: str, entry: Entry, known: Collection[str]) -> Question:
    fields = entry.fields(("tekst", "keuzes", *(("knop",) if key else ())))
    text = fields["tekst"].text() if key else "\n".join(line for _, line in fields["tekst"].block_lines()).strip()
    choices = tuple(_key(item, known) for item in fields["keuzes"].items())
    return Question(key, fields["knop"].text() if key else "", text, choices)


def _step(key: str, entry: Entry, topics: Collection[str], occasions: Collection[str], steps: Collection[str]) -> Step:
    fields = entry.fields(
        ("knop", "waar", "aan_zet", "vraag", "daarna", "verder", "bron"),
        ("volgende", "termijn"),
    )
    return Step(
        key,
        fields["knop"].text(),
        fields["waar"].text(),
        fields["aan_zet"].text(),
        fields["vraag"].texts(),
        fields["daarna"].text(),
        _key(fields["volgende"], steps) if "volgende" in fields else None,
        tuple(known_topic(item, topics) for item in fields["verder"].items()),
        _key(fields["termijn"], occasions) if "termijn" in fields else None,
        read_sources(fields["bron"]),
    )


def _key(entry: Entry, known: Collection[str]) -> str:
    key = entry.text()
    if key not in known:
        raise entry.error(f"'{key}' bestaat niet; bekend zijn: {', '.join(sorted(known))}.")
    return key
