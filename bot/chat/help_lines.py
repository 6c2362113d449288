"""What the door itself says on danger: the help lines of ``knowledge/hulplijnen.yml``, in their order."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from bot.knowledge import HelpLine, load_help_lines


@lru_cache(maxsize=4)
def help_text(knowledge_dir: Path) -> str:
    """The help lines as Markdown. Read once: a change in the file counts from the next start.

    Raises:
        KnowledgeError: the file cannot be read.
    """
    return as_markdown(load_help_lines(knowledge_dir))


def as_markdown(lines: Iterable[HelpLine]) -> str:
    """The first line by itself, the others below it; of each, the first sentence says when to call."""
    first, *others = [_sentence(line) for line in lines]
    return "\n\n".join([first, "\n".join(f"- {other}" for other in others)]) if others else first


def _sentence(line: HelpLine) -> str:
    when, _, more = line.for_whom.partition(". ")
    numbers = " of ".join(f"**{number}**" for number in line.numbers)
    # A number that stands in the name need not be said by name as well.
    name = "" if any(number in line.name for number in line.numbers) or line.numbers == ("112",) else f"{line.name}, "
    return f"{when.rstrip('.')}: bel {name}{numbers}." + (f" {more}" if more else "")
