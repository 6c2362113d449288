"""Where to go with a question outside the field that has a door of its own: holidays, study finance. No Rasa import."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.knowledge.reading import Entry, read_yaml

_ANSWER = (
    "Daar ga ik niet over. {door}\n\n"
    "**Wat kunt u nu doen?** Hebt u een vraag over extra hulp op school in Almere? Typ die dan. "
    "Of kies de knop **Mens spreken**."
)


@dataclass(frozen=True)
class Door:
    """One entry of ``knowledge/andere_loketten.yml``: words that belong to it, and what to say."""

    words: tuple[str, ...]
    text: str

    def fits(self, message: str) -> bool:
        """Whether a word of the message begins with one of the words."""
        return any(re.search(rf"\b{re.escape(word)}", message.lower()) for word in self.words)


def read_doors(knowledge_dir: Path) -> Sequence[Door]:
    """The doors of ``andere_loketten.yml``, in the order of the file.

    Raises:
        KnowledgeError: something is wrong; names file and line.
    """
    listed = read_yaml(knowledge_dir / "andere_loketten.yml").fields(("loketten",))["loketten"]
    return tuple(_door(entry) for entry in listed.items())


load_doors = cache(read_doors)
"""The same, read once for each folder."""


def _door(entry: Entry) -> Door:
    fields = entry.fields(("woorden", "tekst"))
    return Door(tuple(word.lower() for word in fields["woorden"].texts()), fields["tekst"].text())


def right_door(message: str, doors: Sequence[Door]) -> str | None:
    """The answer for a message outside the field, or None when no door fits it."""
    return next((_ANSWER.format(door=door.text) for door in doors if door.fits(message)), None)
