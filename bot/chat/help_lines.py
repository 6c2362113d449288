"""What the door itself says on danger: the help lines of ``knowledge/hulplijnen.yml``, in their order."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from bot.knowledge import HelpLine, load_help_lines

_IN_DOUBT = "**Is iemand in gevaar of in nood? Wacht dan niet op deze chat.**"


@lru_cache(maxsize=4)
def help_text(knowledge_dir: Path) -> str:
    """The help lines as Markdown. Read once: a change in the file counts from the next start.

    Raises:
        KnowledgeError: the file cannot be read.
    """
    return as_markdown(load_help_lines(knowledge_dir))


@lru_cache(maxsize=4)
def doubt_text(knowledge_dir: Path) -> str:
    """The help lines in short, for below an answer to what may be a message of need. Read once.

    Raises:
        KnowledgeError: the file cannot be read.
    """
    lines = [f"- {_sentence(line)[0]}" for line in load_help_lines(knowledge_dir)]
    return "\n\n".join([_IN_DOUBT, "\n".join(lines)])


def as_markdown(lines: Iterable[HelpLine]) -> str:
    """The first line by itself, the others below it; of each, the first sentence says when to call."""
    first, *others = [" ".join(_sentence(line)) for line in lines]
    return "\n\n".join([first, "\n".join(f"- {other}" for other in others)]) if others else first


def _sentence(line: HelpLine) -> tuple[str, ...]:
    """When to call whom, and what more there is to say."""
    when, _, more = line.for_whom.partition(". ")
    numbers = " of ".join(f"**{number}**" for number in line.numbers)
    # A number that stands in the name need not be said by name as well.
    name = "" if any(number in line.name for number in line.numbers) or line.numbers == ("112",) else f"{line.name}, "
    return (f"{when.rstrip('.')}: bel {name}{numbers}.", *filter(None, [more]))
