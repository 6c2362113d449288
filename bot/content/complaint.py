"""What content staff read: one thing that is wrong, where it stands, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from bot.content.yaml_errors import explain
from bot.knowledge.reading import KnowledgeError


@dataclass(frozen=True, order=True)
class Complaint:
    """One thing to mend.

    Attributes:
        file: where it stands.
        line: counted from 1.
        text: Dutch, for content staff: what is wrong and how to mend it; may have more lines.
        advice: it may stay as it is; only the strict check holds it against you.
        topic: of the answer that it is about, where it is about one.
        needed: advice that publishing asks for.
    """

    file: Path
    line: int
    text: str
    advice: bool = False
    topic: str | None = field(default=None, compare=False)
    needed: bool = field(default=False, compare=False)

    def shown(self, root: Path) -> str:
        """As staff see it, with the file relative to ``root``."""
        kind = "(bij publiceren verplicht) " if self.needed else "(advies) " if self.advice else ""
        return f"{place(self.file, self.line, root)}: {kind}{self.text}"


def place(file: Path, line: int, root: Path) -> str:
    """``data/nlu/tlv.yml, regel 12``."""
    return f"{file.relative_to(root) if file.is_relative_to(root) else file}, regel {line}"


def from_error(error: KnowledgeError) -> Complaint:
    """A complaint about a file that could not be read; a YAML error is explained in Dutch."""
    cause = error.__cause__
    if isinstance(cause, yaml.YAMLError):
        line, text = explain(cause, error.file)
        return Complaint(error.file, line or error.line, text)
    return Complaint(error.file, error.line, error.message[:1].upper() + error.message[1:])


@contextmanager
def noting(complaints: list[Complaint]) -> Iterator[None]:
    """Whatever cannot be read inside becomes a complaint, and the rest goes on."""
    try:
        yield
    except KnowledgeError as error:
        complaints.append(from_error(error))
