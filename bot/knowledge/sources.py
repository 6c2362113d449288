"""Where something stands: the part that the files with helps (terms, route, card) have in common."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.knowledge.reading import Entry

CERTAINTIES = ("hoog", "middel", "laag")
KINDS_OF_SCHOOL = ("po", "vo")
REVIEW_FIELDS = ("eigenaar", "gecontroleerd", "gecontroleerd_door")


@dataclass(frozen=True)
class Source:
    """A law or a page.

    Attributes:
        name: as a parent reads it.
        url: its address.
        certainty: ``hoog``, ``middel`` or ``laag``.
        schools: the kinds of school it is about (``po``, ``vo``).
    """

    name: str
    url: str
    certainty: str
    schools: tuple[str, ...] = KINDS_OF_SCHOOL


@dataclass(frozen=True)
class Review:
    """Who answers for a file, and who looked through it when."""

    owner: str = ""
    reviewed: str = ""
    reviewer: str = ""

    def metadata(self, sources: Iterable[Source]) -> dict[str, Any]:
        """As it goes with a reply: owner, review, and each source once."""
        listed = {(source.name, source.url): None for source in sources}
        return {
            "bronnen": [{"naam": name, "url": url} for name, url in listed],
            "eigenaar": self.owner,
            "gecontroleerd": self.reviewed,
            "gecontroleerd_door": self.reviewer,
        }


def read_sources(entry: Entry) -> tuple[Source, ...]:
    """The sources in a list, at least one.

    Raises:
        KnowledgeError: none, or one of the wrong form.
    """
    sources = tuple(_source(item) for item in entry.items())
    if not sources:
        raise entry.error("hier hoort minstens een bron te staan.")
    return sources


def _source(entry: Entry) -> Source:
    fields = entry.fields(("naam", "url", "zekerheid"), ("voor",))
    url = fields["url"].text()
    if not url.startswith("https://"):
        raise fields["url"].error(f"'{url}' is geen webadres; begin met https://.")
    named = fields["voor"].items() if "voor" in fields else []
    schools = tuple(item.choice(KINDS_OF_SCHOOL) for item in named) or KINDS_OF_SCHOOL
    return Source(fields["naam"].text(), url, fields["zekerheid"].choice(CERTAINTIES), schools)


def read_review(fields: Mapping[str, Entry]) -> Review:
    """Who answers for the file with these fields."""
    return Review(*(fields[name].text() for name in REVIEW_FIELDS))


def known_topic(entry: Entry, topics: Collection[str] | None) -> str:
    """A topic id of the list; with None for the list, any.

    Raises:
        KnowledgeError: it is not in the list.
    """
    topic = entry.text()
    if topics is not None and topic not in topics:
        raise entry.error(f"het onderwerp '{topic}' staat niet in onderwerpen.yml.")
    return topic


def number(entry: Entry, most: int) -> int:
    """A whole number from 1 to ``most``.

    Raises:
        KnowledgeError: something else.
    """
    written = entry.scalar()
    if not written.isdigit() or not 1 <= int(written) <= most:
        raise entry.error(f"'{written}' kan niet; hier hoort een getal te staan van 1 tot {most}.")
    return int(written)
