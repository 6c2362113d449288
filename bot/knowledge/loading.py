"""From the files in ``knowledge/`` to :class:`Knowledge`. The forms are explained at the top of each file."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from bot.knowledge.deadlines import load_deadlines
from bot.knowledge.model import (
    Fact,
    HelpLine,
    Knowledge,
    OpenPoint,
    Organisation,
    Reference,
    Sheet,
    Term,
)
from bot.knowledge.reading import Entry, KnowledgeError, read_yaml
from bot.knowledge.registry import load_boards, load_districts, load_schools
from bot.knowledge.route import load_route
from bot.knowledge.talk_card import load_talk_card

CERTAINTIES = ("hoog", "middel", "laag")
REACHES = ("almere", "landelijk", "andere_regio")


def load(directory: Path) -> Knowledge:
    """Read and check all knowledge files.

    Raises:
        KnowledgeError: something is wrong; names file and line.
    """
    topics = load_topics(directory)
    districts, other_towns = load_districts(directory / "wijken.yml")
    boards = load_boards(directory / "besturen.csv")
    deadlines = load_deadlines(directory / "termijnen.yml", topics)
    return Knowledge(
        facts=_load_facts(directory / "feiten", topics),
        terms=tuple(_load_terms(directory / "begrippen.yml", topics)),
        schools=load_schools(directory / "scholen.csv", directory / "scholen_extra.yml", boards, districts),
        boards=boards,
        help_lines=tuple(_load_help_lines(directory / "hulplijnen.yml")),
        organisation=_load_organisation(directory / "organisatie.yml", topics),
        districts=districts,
        other_towns=other_towns,
        topics=topics,
        deadlines=deadlines,
        route=load_route(directory / "route.yml", topics, deadlines.occasions),
        talk_card=load_talk_card(directory / "gesprekskaart.yml", topics),
    )


def load_topics(directory: Path) -> dict[str, str]:
    """The topic ids of ``onderwerpen.yml`` with the text on their button."""
    topics: dict[str, str] = {}
    # Other fields of a topic are the business of bot.topics.
    listed = read_yaml(directory / "onderwerpen.yml").fields(("onderwerpen",), others=True)["onderwerpen"]
    for entry in listed.items():
        fields = entry.fields(("id", "knop"), others=True)
        topic = fields["id"].text()
        if topic in topics:
            raise fields["id"].error(f"het onderwerp '{topic}' staat er dubbel.")
        topics[topic] = fields["knop"].text()
    return topics


def _known(entry: Entry, topics: Collection[str]) -> str:
    topic = entry.text()
    if topic not in topics:
        raise entry.error(f"het onderwerp '{topic}' staat niet in onderwerpen.yml.")
    return topic


def _load_facts(folder: Path, topics: Collection[str]) -> dict[str, Sheet]:
    sheets: dict[str, Sheet] = {}
    for file in sorted(folder.glob("*.yml")):
        for topic, entry in read_yaml(file).fields(others=True).items():
            if topic not in topics or topic.split("/")[0] != file.stem:
                raise entry.error(f"'{topic}' is geen onderwerp van het thema {file.stem} in onderwerpen.yml.")
            sheets[topic] = _sheet(topic, entry)
    if not sheets:
        raise KnowledgeError(folder, 1, "hier horen bestanden met feiten te staan, per thema een.")
    return sheets


def _sheet(topic: str, entry: Entry) -> Sheet:
    fields = entry.fields(("kern", "feiten"), ("let_op", "verwijzing", "ontbreekt"))
    return Sheet(
        topic,
        fields["kern"].text(),
        tuple(_fact(item) for item in fields["feiten"].items()),
        _optional(fields, "let_op"),
        tuple(_reference(item) for item in fields["verwijzing"].items()) if "verwijzing" in fields else (),
        fields["ontbreekt"].texts() if "ontbreekt" in fields else (),
    )


def _fact(entry: Entry) -> Fact:
    fields = entry.fields(("feit", "bron", "zekerheid", "gezien"), ("url", "reikwijdte", "opmerking"))
    return Fact(
        fields["feit"].text(),
        fields["bron"].text(),
        _address(fields, "url"),
        fields["zekerheid"].choice(CERTAINTIES),
        fields["gezien"].flag(),
        fields["reikwijdte"].choice(REACHES) if "reikwijdte" in fields else None,
        _optional(fields, "opmerking"),
    )


def _reference(entry: Entry) -> Reference:
    fields = entry.fields(("naam",), ("url", "telefoon"))
    return Reference(fields["naam"].text(), _address(fields, "url"), _optional(fields, "telefoon"))


def _optional(fields: Mapping[str, Entry], name: str) -> str | None:
    return fields[name].text_or_none() if name in fields else None


def _address(fields: Mapping[str, Entry], name: str) -> str | None:
    value = _optional(fields, name)
    if value and not value.startswith(("https://", "http://")):
        raise fields[name].error(f"'{value}' is geen webadres; begin met https://.")
    return value


def _load_terms(file: Path, topics: Collection[str]) -> Iterator[Term]:
    known: set[str] = set()
    for entry in read_yaml(file).fields(("begrippen",))["begrippen"].items():
        term = _term(entry, topics)
        if term.names[0].lower() in known:
            raise entry.error(f"het begrip '{term.names[0]}' staat er dubbel.")
        known.add(term.names[0].lower())
        yield term


def _term(entry: Entry, topics: Collection[str]) -> Term:
    fields = entry.fields(("term", "uitleg", "bron", "gezien"), ("afkorting", "schrijfwijzen", "onderwerp"))
    abbreviation = _optional(fields, "afkorting")
    others = fields["schrijfwijzen"].texts() if "schrijfwijzen" in fields else ()
    names: dict[str, str] = {}
    for name in (fields["term"].text(), *([abbreviation] if abbreviation else []), *others):
        names.setdefault(name.lower(), name)
    return Term(
        tuple(names.values()),
        fields["uitleg"].text(),
        _known(fields["onderwerp"], topics) if "onderwerp" in fields else None,
        fields["bron"].text(),
        fields["gezien"].flag(),
        abbreviation,
    )


def load_help_lines(directory: Path) -> tuple[HelpLine, ...]:
    """The help lines alone, for who needs nothing else.

    Raises:
        KnowledgeError: the file cannot be read, or has no line.
    """
    file = directory / "hulplijnen.yml"
    lines = tuple(_load_help_lines(file))
    if not lines:
        raise KnowledgeError(file, 1, "er staat geen hulplijn in")
    return lines


def _load_help_lines(file: Path) -> Iterator[HelpLine]:
    for entry in read_yaml(file).fields(("hulplijnen",))["hulplijnen"].items():
        fields = entry.fields(("naam", "nummers", "voor_wie", "bron", "bevestigd"), ("website",))
        yield HelpLine(
            fields["naam"].text(),
            fields["nummers"].texts(),
            fields["voor_wie"].text(),
            _address(fields, "website"),
            _address(fields, "bron") or "",
            fields["bevestigd"].flag(),
        )


def _load_organisation(file: Path, topics: Collection[str]) -> Organisation:
    fields = read_yaml(file).fields(("naam", "website", "punten"))
    points = {key: _point(key, entry, topics) for key, entry in fields["punten"].fields(others=True).items()}
    return Organisation(fields["naam"].text(), _address(fields, "website") or "", points)


def _point(key: str, entry: Entry, topics: Collection[str]) -> OpenPoint:
    fields = entry.fields(("onderwerp", "vraag", "waarom", "bij_wie", "waarde", "bevestigd"))
    value, confirmed = fields["waarde"].text_or_none(), fields["bevestigd"].flag()
    if confirmed and not value:
        raise fields["waarde"].error(f"'{key}' is bevestigd, maar er staat geen waarde.")
    return OpenPoint(
        key,
        _known(fields["onderwerp"], topics),
        fields["vraag"].text(),
        fields["waarom"].text(),
        fields["bij_wie"].text(),
        value,
        confirmed,
    )
