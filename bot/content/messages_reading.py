"""The ``nlu:`` part of a file: blocks of messages, each of one topic and one writer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bot.content.complaint import Complaint, noting
from bot.content.model import Listed, Message
from bot.knowledge.reading import Entry
from bot.topics import intent_of, topic_of

# Rasa reads [fiets](vervoer) as an annotated entity, and a message that starts with / as a command.
_ANNOTATED = re.compile(r"\][({]")
_BLOCK = ("intent", "metadata", "examples")


def read_messages(nlu: Entry, topics: Mapping[str, Listed], complaints: list[Complaint]) -> Iterator[Message]:
    """The messages of all blocks; a block with an unknown topic is left out."""
    for block in nlu.items():
        with noting(complaints):
            fields = block.fields(("intent", "examples"), ("metadata",))
            with noting(complaints):
                topic = _topic(fields["intent"], topics)
                yield from _messages(fields["examples"], topic, _writer(block, fields, complaints), complaints)


def _topic(intent: Entry, topics: Mapping[str, Listed]) -> str:
    name = intent.text()
    topic = topic_of(name)
    if topic not in topics:
        raise intent.error(
            f"de intent '{name}' is onbekend. Kijk naar de spelling, of zet het onderwerp in knowledge/onderwerpen.yml."
        )
    if name != intent_of(topic):
        raise intent.error(f"schrijf hier intent: {intent_of(topic)}")
    if intent.file.stem != topics[topic].theme:
        raise intent.error(f"berichten van {topic} horen in {topics[topic].theme}.yml. Zet dit blok daar.")
    return topic


def _writer(block: Entry, fields: Mapping[str, Entry], complaints: list[Complaint]) -> str | None:
    with noting(complaints):
        found = fields["metadata"].fields((), ("schrijver",)) if "metadata" in fields else {}
        if "schrijver" in found:
            return found["schrijver"].text()
        raise block.error(
            "bij dit blok ontbreekt wie de berichten schreef. Zet onder intent: metadata: {schrijver: stem-01}, met de "
            "eigen naam van deze schrijver."
        )
    return None


def _messages(examples: Entry, topic: str, writer: str | None, complaints: list[Complaint]) -> Iterator[Message]:
    for line, raw in examples.block_lines():
        text = raw.strip()
        if not text:
            continue
        problem = _problem(text)
        if problem:
            complaints.append(Complaint(examples.file, line, problem))
        else:
            yield Message(text[1:].strip(), topic, writer, examples.file, line)


def _problem(text: str) -> str | None:
    if not text.startswith("- "):
        return "Dit bericht begint niet met een streepje en een spatie. Zet ze ervoor; een bericht staat op een regel."
    if _ANNOTATED.search(text):
        return "Rasa leest tekst als [dit](zo) niet als tekst. Haal de vierkante haken weg."
    if text[1:].strip().startswith("/"):
        return "Een bericht kan niet met een / beginnen: Rasa leest het dan als opdracht. Haal de / weg."
    return None
