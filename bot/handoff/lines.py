"""What is known of a line of the transcript without reading it, and what makes a case urgent.

The same for the door, which has the messages of its store, and the actions, which have the tracker.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from bot.handoff.cases import Line
from bot.handoff.clock import local

REASONS = {
    "gevaar": "een teken van gevaar",
    "thuiszitter": "het kind zit thuis of mag niet naar school",
    "schorsing": "schorsing of verwijdering",
    "termijn": "een termijn die nu loopt",
}
"""Why a case is urgent, in the order in which it counts."""

DISSATISFIED = "gesprek/niet_tevreden"
_SUSPENDED = "zorgplicht/schorsing_verwijdering"
_KEPT_OF_BOT = ("onderwerp", "besluit", "agenda", "termijn")
_AT_HOME = re.compile(
    r"\bthuiszit\w*|\b(?:zit|zitten|zat|blijft|is)\b[^.!?\n]{0,40}\bthuis\b"
    r"|\b(?:mag|gaat|kan|durft|wil)\b[^.!?\n]{0,20}\bniet(?: meer)?(?: terug)? naar (?:de )?school\b",
    re.IGNORECASE,
)
_IS_SUSPENDED = re.compile(
    r"\b(?:geschorst|schorsing|schorsen|verwijderd|verwijdering|van school (?:gestuurd|getrapt|gehaald|gezet))\b",
    re.IGNORECASE,
)


def of_bot(metadata: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept of the metadata of a bot message."""
    return {name: metadata[name] for name in _KEPT_OF_BOT if metadata.get(name)}


def of_parent(danger: str | None, choice: str | None) -> dict[str, Any]:
    """What is kept of a message of the parent: the kind of danger seen, and the button that was clicked."""
    return {name: value for name, value in (("gevaar", danger), ("keuze", choice)) if value}


def with_questions(lines: Sequence[Line]) -> list[Line]:
    """The lines, each of the bot with the number of the parent's line that it answers (``vraag``)."""
    asked: int | None = None
    linked = []
    for line in lines:
        asked = line.seq if line.author == "ouder" else asked
        meta = {**line.meta, "vraag": asked} if line.author == "bot" and asked is not None else line.meta
        linked.append(replace(line, meta=meta))
    return linked


def urgency(lines: Iterable[Line], about: str, danger: bool, now: datetime) -> tuple[str, ...]:
    """Why a case is urgent, from what is handed over and nothing else: what the parent struck does not count.

    Args:
        lines: without those that were struck.
        about: in the parent's words.
        danger: seen in ``about``.
        now: naive UTC.
    """
    lines = tuple(lines)
    said = [about, *(line.text for line in lines if line.author == "ouder")]
    topics = {str(line.meta.get("onderwerp", "")) for line in lines}
    found = {
        "gevaar": danger or any(line.meta.get("gevaar") for line in lines),
        "thuiszitter": "thuiszitten/hulp" in topics or any(_AT_HOME.search(text) for text in said),
        "schorsing": _SUSPENDED in topics or any(_IS_SUSPENDED.search(text) for text in said),
        "termijn": any(day >= local(now).date() for _, day in terms(lines)),
    }
    return tuple(name for name in REASONS if found[name])


def last_topic(lines: Iterable[Line]) -> str:
    """The topic that the bot answered last, or "" when it answered none."""
    topics = [str(line.meta.get("onderwerp", "")) for line in lines if line.author == "bot"]
    return next((topic for topic in reversed(topics) if topic and not topic.startswith("gesprek/")), "")


def terms(lines: Iterable[Line]) -> list[tuple[str, date]]:
    """The days that Termijnhulp worked out, each with its title; of the same title the latest counts."""
    found: dict[str, date] = {}
    for line in lines:
        for entry in line.meta.get("agenda") or ():
            found[str(entry["titel"])] = date.fromisoformat(entry["datum"])
    return sorted(found.items(), key=lambda term: term[1])
