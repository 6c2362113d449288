"""Everything the assistant knows, read from the files in ``knowledge/``. No part of it needs Rasa."""

from bot.knowledge.cache import KnowledgeCache, current
from bot.knowledge.loading import load, load_help_lines
from bot.knowledge.model import (
    KINDS,
    Board,
    District,
    Fact,
    HelpLine,
    Knowledge,
    OpenPoint,
    Organisation,
    Reference,
    School,
    Sheet,
    Term,
)
from bot.knowledge.reading import KnowledgeError

__all__ = [
    "KINDS",
    "Board",
    "District",
    "Fact",
    "HelpLine",
    "Knowledge",
    "KnowledgeCache",
    "KnowledgeError",
    "OpenPoint",
    "Organisation",
    "Reference",
    "School",
    "Sheet",
    "Term",
    "current",
    "load",
    "load_help_lines",
]
