"""All answers on one page that works without the assistant, read from the files that train it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from bot import logs
from bot.chat.render import markdown_html
from bot.nlu.variants import Expired, choose
from bot.topics import Topic, response_of

log = logs.get(__name__)

TITLES = {
    "passend_onderwijs": "Passend onderwijs: de basis",
    "ondersteuning": "Hulp op school",
    "behoefte": "Wat mijn kind nodig heeft",
    "zorgplicht": "Aanmelden en zorgplicht",
    "tlv": "Toelaatbaarheidsverklaring (TLV)",
    "sop": "Wat een school kan bieden (SOP)",
    "ziek": "Mijn kind is ziek",
    "school": "Een school vinden",
    "speciaal": "Speciaal onderwijs",
    "overgang": "Van de ene school naar de andere",
    "thuiszitten": "Mijn kind zit thuis",
    "leerplicht": "Leerplicht en vrijstelling",
    "vervoer": "Vervoer naar school",
    "klacht": "Oneens of een klacht",
    "oudersteunpunt": "Het Oudersteunpunt",
    "begrip": "Moeilijke woorden",
}
_HIDDEN = "gesprek"


@dataclass(frozen=True)
class Answer:
    """One answer as the page shows it."""

    id: str
    question: str
    html: str
    sources: Sequence[Mapping[str, str]]
    checked_by: str | None


@dataclass(frozen=True)
class Theme:
    """The answers on one theme."""

    id: str
    title: str
    answers: tuple[Answer, ...]


class AnswersPage:
    """The answers by theme; read again when a file changed."""

    def __init__(self, folder: Path, topics: Mapping[str, Topic]) -> None:
        self._folder, self._topics = folder, topics
        self._stamp: object = None
        self._themes: tuple[Theme, ...] = ()

    def themes(self, today: date) -> tuple[Theme, ...]:
        """What can be shown today; a file that cannot be read leaves what was read before."""
        stamp = (today, *((path, path.stat().st_mtime_ns) for path in sorted(self._folder.glob("*.yml"))))
        if stamp != self._stamp:
            try:
                self._themes = tuple(_themes(_responses(self._folder), self._topics, today))
            except (OSError, ValueError, yaml.YAMLError, AttributeError) as error:
                log.error("the answers page is not up to date", error=type(error).__name__)
            self._stamp = stamp
        return self._themes


def _responses(folder: Path) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for path in sorted(folder.glob("*.yml")):
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) or {}
        found.update(content.get("responses") or {})
    return found


def _themes(responses: Mapping[str, list[dict[str, Any]]], topics: Mapping[str, Topic], today: date) -> Iterator[Theme]:
    names = dict.fromkeys(topic.theme for topic in topics.values() if topic.theme != _HIDDEN)
    for name in names:
        mine = (topic for topic in topics.values() if topic.theme == name)
        answers = tuple(answer for topic in mine if (answer := _answer(responses, topic, today)))
        if answers:
            yield Theme(name, TITLES.get(name, name.replace("_", " ").capitalize()), answers)


def _answer(responses: Mapping[str, list[dict[str, Any]]], topic: Topic, today: date) -> Answer | None:
    variants = responses.get(response_of(topic.id))
    if not variants:
        return None
    try:
        chosen = choose(variants, {}, today)
    except Expired:
        return None
    metadata = chosen.get("metadata") or {}
    by = metadata.get("gecontroleerd_door")
    checked_by = None if by in (None, "nog niet") else str(by)
    return Answer(
        topic.id.replace("/", "-"), topic.button, markdown_html(chosen["text"]), _sources(metadata), checked_by
    )


def _sources(metadata: Mapping[str, Any]) -> list[Mapping[str, str]]:
    sources = metadata.get("bronnen") or ()
    return [source for source in sources if str(source.get("url", "")).startswith(("https://", "http://"))]
