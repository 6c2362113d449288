"""Who reviewed an answer and when; and which answers are due, as a table and as a calendar file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from bot.chat.ics import Event, ics
from bot.content.dates import is_date
from bot.content.model import Answer, Content, Variant
from bot.content.sources import NOT_YET, REVIEW_DAYS

CALENDAR = Path("nakijken.ics")
_ON, _BY = re.compile(r"(\s*gecontroleerd:\s*).*"), re.compile(r"(\s*gecontroleerd_door:\s*).*")
KINDS = {"verlopen": "Verloopt", "nakijken": "Opnieuw nakijken", "nooit": "Nog nooit nagekeken"}


class NotReviewed(Exception):
    """The review cannot be written down; the message is Dutch."""


@dataclass(frozen=True, order=True)
class Due:
    """One answer to look at.

    Attributes:
        day: when it expires or is due; what was never reviewed is due today.
        owner: who answers for it.
        topic: its id.
        kind: ``verlopen``, ``nakijken`` or ``nooit``.
        by: who reviewed it last.
    """

    day: date
    owner: str
    topic: str
    kind: str
    by: str

    def shown(self) -> str:
        """As a line of the table."""
        return f"{self.day.isoformat()}  {KINDS[self.kind]:20} {self.topic:40} {self.owner}"


def due(content: Content, today: date, owner: str = "", days: int | None = None) -> list[Due]:
    """The answers by day.

    Args:
        content: the project.
        today: what was never reviewed is due now.
        owner: only of this owner (a part of the name is enough).
        days: only what is due within so many days; without it all.
    """
    found = [item for answer in content.answers.values() for item in _due_of(answer, today)]
    until = today + timedelta(days=days) if days is not None else date.max
    return sorted(item for item in found if owner.lower() in item.owner.lower() and item.day <= until)


def _due_of(answer: Answer, today: date) -> Iterator[Due]:
    first = answer.variants[0]
    owner, by = _text(first, "eigenaar"), _text(first, "gecontroleerd_door")
    written = _text(first, "gecontroleerd")
    topic = answer.topic or ""
    if is_date(written):
        yield Due(date.fromisoformat(written) + timedelta(days=REVIEW_DAYS), owner, topic, "nakijken", by)
    else:
        yield Due(today, owner, topic, "nooit", by)
    ends = {_text(variant, "geldig_tot") for variant in answer.variants}
    for end in sorted(filter(is_date, ends)):
        yield Due(date.fromisoformat(end), owner, topic, "verlopen", by)


def _text(variant: Variant, name: str) -> str:
    return variant.metadata[name].scalar() if name in variant.metadata else ""


def by_owner(items: Iterable[Due]) -> dict[str, list[Due]]:
    """The same, per owner."""
    owners: dict[str, list[Due]] = {}
    for item in items:
        owners.setdefault(item.owner, []).append(item)
    return dict(sorted(owners.items()))


def calendar(items: Iterable[Due], now: datetime) -> str:
    """What has a day of its own, as a calendar file; what was never reviewed has none and is left out."""
    events = (
        Event(
            f"{item.kind}-{item.topic.replace('/', '-')}", f"{KINDS[item.kind]}: {item.topic} ({item.owner})", item.day
        )
        for item in items
        if item.kind != "nooit"
    )
    return ics(events, now)


def mark_reviewed(content: Content, topic: str, by: str, today: date) -> Path:
    """Write down who reviewed an answer, and that it was today.

    Returns:
        The file that was changed.

    Raises:
        NotReviewed: no such answer, or no name.
    """
    answer = content.answers.get(topic)
    if answer is None or not answer.variants:
        raise NotReviewed(f"Er is geen antwoord {topic}. Kijk in docs/onderwerpen.md hoe het heet.")
    name = " ".join(by.split())
    if not re.fullmatch(r"[^\W\d_][\w .,'’()-]{1,60}", name) or name.lower() == NOT_YET:
        raise NotReviewed('Zeg wie het nakeek, met voornaam en achternaam: --door "voornaam achternaam".')
    metadata = answer.variants[0].metadata
    if not {"gecontroleerd", "gecontroleerd_door"} <= metadata.keys():
        raise NotReviewed(
            f"Bij {topic} ontbreken gecontroleerd: en gecontroleerd_door:. Typ: python -m bot inhoud controleer"
        )
    lines = answer.file.read_text(encoding="utf-8").splitlines(keepends=True)
    for key, pattern, value in (("gecontroleerd", _ON, today.isoformat()), ("gecontroleerd_door", _BY, name)):
        at = metadata[key].line - 1
        found = pattern.match(lines[at])
        if found is None:
            raise NotReviewed(f"Zet {key}: van {topic} eerst op een eigen regel (regel {at + 1}).")
        lines[at] = f'{found[1]}"{value}"\n'
    answer.file.write_text("".join(lines), encoding="utf-8")
    return answer.file
