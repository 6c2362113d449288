"""Which responses the code utters: found in the source, so that none is missing and none is left over."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.content.complaint import Complaint
from bot.content.model import Content

_SOURCES = ("actions/*.py", "bot/nlu/*.py")
_NAME = re.compile(r"utter_\w+")
# A field of Rasa's own, not a name.
_FIELDS = frozenset({"utter_action"})


@dataclass(frozen=True)
class Spoken:
    """A response named in the code; ``pattern`` has a gap where the code fills something in."""

    pattern: re.Pattern[str]
    exact: str | None
    file: Path
    line: int


def spoken_in(root: Path) -> list[Spoken]:
    """All names of responses in the code that speaks."""
    return [
        spoken
        for pattern in _SOURCES
        for file in sorted(root.glob(pattern))
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        for spoken in _spoken(node, file)
    ]


def check_spoken(content: Content) -> Iterator[Complaint]:
    """What the code says by name is there to be said."""
    names = {*content.sentences, *(answer.name for answer in content.answers.values())}
    for spoken in spoken_in(content.root):
        if spoken.exact and spoken.exact not in names and "zinnen" not in content.incomplete:
            yield Complaint(
                spoken.file,
                spoken.line,
                f"De assistent zegt hier {spoken.exact}, maar die zin bestaat niet. Zet hem terug in "
                "data/nlu/zinnen.yml.",
            )


def _spoken(node: ast.AST, file: Path) -> Iterator[Spoken]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and _is_name(node.value):
        yield Spoken(re.compile(re.escape(node.value)), node.value, file, node.lineno)
    if isinstance(node, ast.JoinedStr):
        parts = [part.value if isinstance(part, ast.Constant) else None for part in node.values]
        if isinstance(parts[0], str) and _NAME.match(parts[0]):
            pattern = "".join(r".+" if part is None else re.escape(str(part)) for part in parts)
            yield Spoken(re.compile(pattern), None, file, node.lineno)


def _is_name(value: str) -> bool:
    # What ends in _ is the beginning of a name that is put together.
    return bool(_NAME.fullmatch(value)) and not value.endswith("_") and value not in _FIELDS
