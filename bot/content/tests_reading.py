"""The questions with which the assistant is tested: the validation set, and the test conversations."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.content.complaint import Complaint, noting
from bot.content.model import Content, Message
from bot.knowledge.reading import Entry, KnowledgeError, read_yaml
from bot.topics import SOMETHING_ELSE

CONVERSATIONS = Path("tests") / "conversations"
VALIDATION = Path("tests") / "data" / "validatie.jsonl"
REAL = Path("tests") / "data" / "echte_vragen.jsonl"
"""Masked questions of parents that staff put beside the validation set (``inhoud verwerk``); may be missing."""
OWN_QUESTIONS = "thema_*.yml"
"""The conversations with a question for each topic that is in no training data."""
DECISIONS = ("answer", "ask", "human", "none")
_TURN = ("ouder", "kies", "besluit", "onderwerpen", "opties")


@dataclass(frozen=True)
class Turn:
    """What a parent says in a test conversation, typed or chosen.

    Attributes:
        text: None for a button.
        topics: what must be answered.
        known_miss: the assistant does not do so yet (``nog_fout: ja``).
    """

    text: str | None
    topics: tuple[str, ...]
    known_miss: bool
    file: Path
    line: int


def read_validation(root: Path) -> Iterator[Message]:
    """The validation set; nothing may be tuned on it, and it may not be in the training data.

    Raises:
        KnowledgeError: the file is missing, or a line is not what it should be.
    """
    file = root / VALIDATION
    if not file.exists():
        raise KnowledgeError(file, 1, "de vragen om mee te toetsen zijn er niet. Haal het bestand terug uit git.")
    for each in (file, root / REAL):
        if each.exists():
            yield from _questions(each)


def _questions(file: Path) -> Iterator[Message]:
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            question = json.loads(line)
            yield Message(question["text"], question["label"], None, file, number)
        except (ValueError, KeyError, TypeError):
            raise KnowledgeError(
                file, number, "deze regel is geen vraag met text en label. Haal de regel terug uit git."
            ) from None


def read_turns(content: Content, complaints: list[Complaint]) -> list[Turn]:
    """The turns of all test conversations; what cannot be read, or names an unknown topic, is a complaint."""
    turns: list[Turn] = []
    for file in sorted((content.root / CONVERSATIONS).glob("*.yml")):
        with noting(complaints):
            for conversation in read_yaml(file).items():
                with noting(complaints):
                    turns.extend(_turns(conversation, content, complaints))
    return turns


def _turns(conversation: Entry, content: Content, complaints: list[Complaint]) -> Iterator[Turn]:
    fields = conversation.fields(("gesprek", "beurten"), others=True)
    fields["gesprek"].text()
    known_miss = fields["nog_fout"].flag() if "nog_fout" in fields else False
    for entry in fields["beurten"].items():
        with noting(complaints):
            yield _turn(entry, content, known_miss)


def _turn(entry: Entry, content: Content, known_miss: bool) -> Turn:
    fields = entry.fields(("besluit",), _TURN, others=True)
    fields["besluit"].choice(DECISIONS)
    if ("ouder" in fields) == ("kies" in fields):
        raise entry.error("een beurt heeft ouder: (wat er getypt is) of kies: (de knop), en niet allebei.")
    if "kies" in fields:
        _known(fields["kies"], content, SOMETHING_ELSE)
    topics = tuple(_known(item, content) for item in fields["onderwerpen"].items()) if "onderwerpen" in fields else ()
    for item in fields["opties"].items() if "opties" in fields else ():
        _known(item, content)
    text = fields["ouder"].text() if "ouder" in fields else None
    return Turn(text, topics, known_miss, entry.file, entry.line)


def _known(entry: Entry, content: Content, *others: str) -> str:
    # A button may carry a detail behind its topic: school/zoeken:12PM00.
    topic = entry.text().split(":")[0]
    if topic not in content.topics and topic not in others:
        raise entry.error(f"'{topic}' is geen bekend onderwerp. Kijk in knowledge/onderwerpen.yml.")
    return topic


def own_questions(turns: list[Turn]) -> list[Message]:
    """The typed questions of the conversations per theme, as messages of the topic that they ask for."""
    return [
        Message(turn.text, turn.topics[0], None, turn.file, turn.line)
        for turn in turns
        if turn.text and turn.topics and turn.file.match(OWN_QUESTIONS)
    ]


def check_coverage(content: Content, turns: list[Turn]) -> Iterator[Complaint]:
    """Every topic is asked for, in words, in at least one test conversation."""
    asked = {topic for turn in turns if turn.text and not turn.known_miss for topic in turn.topics}
    for topic in content.topics.values():
        if topic.id not in asked:
            yield Complaint(
                topic.file,
                topic.line,
                f"Het onderwerp {topic.id} heeft geen testgesprek. Zet een eigen vraag in "
                f"{CONVERSATIONS}/thema_{topic.theme}.yml.",
            )
