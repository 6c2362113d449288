"""From the files to :class:`Content`; whatever has the wrong form is a complaint, and the rest is still read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from bot.content.complaint import Complaint, noting
from bot.content.dates import read_date
from bot.content.messages_reading import read_messages
from bot.content.model import Answer, Content, Listed, Variant
from bot.knowledge.reading import Entry, read_yaml

SENTENCES_FILE = "zinnen.yml"
"""Holds the responses that answer no topic."""
WISHES: Mapping[str, tuple[str, ...]] = {
    "schoolsoort": ("po", "vo"),
    "situatie": ("thuis", "ziek"),
    "vorm": ("eenvoudig",),
}
"""What ``wanneer`` may ask for (:mod:`bot.nlu.variants`)."""
VERSION = "3.1"
_UTTER = "utter_"
_METADATA = (
    *("bronnen", "eigenaar", "gecontroleerd", "gecontroleerd_door", "vervolg"),
    *("geldig_vanaf", "geldig_tot", "wanneer", "besluit", "onderwerp"),
)


def read_content(root: Path) -> tuple[Content, list[Complaint]]:
    """Everything under ``data/nlu`` with the list of topics, and what has the wrong form."""
    content, complaints = Content(root), []  # type: tuple[Content, list[Complaint]]
    with noting(complaints):
        content.topics.update((topic.id, topic) for topic in list(read_topics(root / "knowledge" / "onderwerpen.yml")))
    if complaints:
        return content, complaints  # without the list everything else would seem unknown
    for file in sorted((root / "data" / "nlu").glob("*.y*ml")):
        before = len(complaints)
        with noting(complaints):
            _read_file(file, content, complaints)
        if len(complaints) > before:
            content.incomplete.add(file.stem)
    return content, complaints


def read_topics(file: Path) -> Iterator[Listed]:
    """The topics of the list, each with its line.

    Raises:
        KnowledgeError: an entry without id or button, or an id that stands there twice.
    """
    known: set[str] = set()
    for entry in read_yaml(file).fields(("onderwerpen",), others=True)["onderwerpen"].items():
        fields = entry.fields(("id", "over", "knop"), ("niet", "sinds", "kort"))
        topic = fields["id"].text()
        if topic in known:
            raise fields["id"].error(f"het onderwerp '{topic}' staat er dubbel. Haal er een weg.")
        known.add(topic)
        since = read_date(fields["sinds"], "sinds") if "sinds" in fields else None
        yield Listed(topic, fields["knop"].text(), file, entry.line, since)


def _read_file(file: Path, content: Content, complaints: list[Complaint]) -> None:
    root = read_yaml(file)
    fields = root.fields(("version",), ("nlu", "responses"))
    version = fields["version"]
    with noting(complaints):
        if version.text() != VERSION:
            raise version.error(f'hier hoort version: "{VERSION}" te staan.')
    if "nlu" in fields:
        with noting(complaints):
            content.messages.extend(read_messages(fields["nlu"], content.topics, complaints))
    if "responses" in fields:
        with noting(complaints):
            _read_answers(fields["responses"], content, complaints)


def _read_answers(responses: Entry, content: Content, complaints: list[Complaint]) -> None:
    for name, entry in responses.pairs():
        with noting(complaints):
            topic = _topic_of(name, content)
            place, key = (content.answers, topic) if topic else (content.sentences, name.text())
            if key in place:
                raise name.error(f"{name.text()} staat er al: regel {place[key].line}. Haal er een weg.")
            variants = tuple(_variants(entry, complaints))
            complete = len(variants) == len(entry.items())
            place[key] = Answer(name.text(), topic, name.file, name.line, variants, complete)


def _topic_of(entry: Entry, content: Content) -> str | None:
    """The topic that a response answers; None in the file with sentences of the assistant itself."""
    name = entry.text()
    if entry.file.name == SENTENCES_FILE and "/" not in name:
        return None
    topic = name[len(_UTTER) :] if name.startswith(_UTTER) else None
    if topic is None or "/" not in topic:
        raise entry.error(f"de naam '{name}' klopt niet. Een antwoord heet utter_<thema>/<vraag>.")
    if topic not in content.topics:
        raise entry.error(
            f"het onderwerp '{topic}' staat niet in knowledge/onderwerpen.yml. Kijk naar de spelling, of "
            "zet het daar bij."
        )
    if entry.file.stem != content.topics[topic].theme:
        raise entry.error(f"{name} hoort in {content.topics[topic].theme}.yml. Zet het antwoord daar.")
    return topic


def _variants(entry: Entry, complaints: list[Complaint]) -> Iterator[Variant]:
    for item in entry.items():
        with noting(complaints):
            fields = item.fields(("text",), ("metadata",))
            fields["text"].text()
            metadata = fields["metadata"].fields((), _METADATA) if "metadata" in fields else {}
            yield Variant(fields["text"], metadata, _wishes(metadata), item.line)


def _wishes(metadata: Mapping[str, Entry]) -> dict[str, str]:
    if "wanneer" not in metadata:
        return {}
    asked = metadata["wanneer"].fields((), tuple(WISHES))
    return {name: value.choice(WISHES[name]) for name, value in asked.items()}
