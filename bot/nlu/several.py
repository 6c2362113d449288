"""Two questions in one message: both are answered, in order. No Rasa import."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from bot.nlu.follow_up import points_back
from bot.nlu.ranking import Ranked

MOST_QUESTIONS = 3
LEAST_SURE = 0.75
"""Each part must be this sure of its topic by itself: a wrong second answer is worse than none."""

AMONG_FIRST = 4
"""Each topic must also stand this high for the message as a whole, so that a piece of a story is not a question."""

SURE_ALONE = 0.9
"""Or each part is this sure by itself and leans on no other: two subjects that have nothing to do with each other."""

_WORDS = (
    r"(?:hoe|wie|wat|waar|wanneer|welke?|hoeveel|waarom|kan|kun|kunnen|mag|mogen|moet|moeten|is|geldt|krijg|heeft|heb)"
)
_BREAK = re.compile(rf"(?<=[?!.\n])\s+|,?\s+en\s+(?:ook\s+)?(?=(?:ook\s+)?{_WORDS}\b)", re.IGNORECASE)
_STARTS = re.compile(rf"^\W*(?:en\s+|ook\s+|maar\s+)*{_WORDS}\b", re.IGNORECASE)
_ENDS = re.compile(
    r"\b(?:mag|kan|moet|mogen (?:ze|zij)|kunnen (?:ze|zij)|klopt|hoe zit) dat(?: (?:zomaar|wel))?\W*$", re.IGNORECASE
)
_LEAST_WORDS, _MOST_WORDS = 3, 40


def questions(text: str) -> list[str]:
    """The questions that a message consists of, in order; empty for a story or with anything else between them."""
    parts = [part.strip() for part in _BREAK.split(text.strip()) if part.strip()]
    return parts if len(text.split()) <= _MOST_WORDS and all(map(_is_question, parts)) else []


def _is_question(part: str) -> bool:
    return len(part.split()) >= _LEAST_WORDS and (part.endswith("?") or bool(_STARTS.match(part) or _ENDS.search(part)))


def several(text: str, ranking: Sequence[Ranked], rank: Callable[[str], Sequence[Ranked]]) -> list[Ranked]:
    """The topics of two or three separate questions, or an empty list when there is only one.

    Args:
        text: the message.
        ranking: of the message as a whole, most likely first.
        rank: ranks one part.
    """
    parts = questions(text)
    if not 2 <= len(parts) <= MOST_QUESTIONS:
        return []
    best = [rank(part)[0] for part in parts]
    topics = [entry.topic for entry in best]
    whole = {entry.topic for entry in ranking[:AMONG_FIRST]}
    sure = all(entry.probability >= LEAST_SURE for entry in best)
    small_talk = any(topic.startswith("gesprek/") for topic in topics)
    alone = all(entry.probability >= SURE_ALONE for entry in best) and not any(map(points_back, parts[1:]))
    separate = len(set(topics)) == len(topics) and (alone or set(topics) <= whole)
    return best if sure and separate and not small_talk else []
