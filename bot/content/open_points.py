"""What the organisation still has to confirm: no mistake, but staff should know."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.content.complaint import place
from bot.knowledge.reading import read_yaml

ORGANISATION = Path("knowledge") / "organisatie.yml"


@dataclass(frozen=True)
class Open:
    """A point that is not confirmed, with its place."""

    name: str
    topic: str
    asked_of: str
    file: Path
    line: int

    def shown(self, root: Path) -> str:
        """As staff see it."""
        return f"{place(self.file, self.line, root)}: {self.name} (voor {self.topic}) - vraag na bij: {self.asked_of}"


def open_points(root: Path) -> list[Open]:
    """The points without confirmation, in the order of the file: most important first.

    Raises:
        KnowledgeError: the file is broken.
    """
    file = root / ORGANISATION
    found = []
    for name, entry in read_yaml(file).fields(("punten",), others=True)["punten"].pairs():
        fields = entry.fields(("onderwerp", "bij_wie", "bevestigd"), others=True)
        if not fields["bevestigd"].flag():
            found.append(Open(name.text(), fields["onderwerp"].text(), fields["bij_wie"].text(), file, name.line))
    return found
