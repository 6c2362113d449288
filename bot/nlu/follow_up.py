"""A question that leans on the answer before it: "en hoe lang duurt dat?". No Rasa import."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.nlu.ranking import Ranked
from bot.topics import ACTION_TOPICS

MOST_WORDS = 9
"""A longer message says itself what it is about."""

CONTEXT = 0.6
"""How much the reading with the last topic in front counts (0 to 1) against the reading of the words alone.

Chosen on eighteen pairs written for it: 9 right without, 14 at 0.3, 16 at 0.5, 17 at 0.7, 16 at 1. Of 178 messages of
``validatie.jsonl`` five lean, and behind three random topics each the first topic changed in 1 of 15 at 0.5, in 8 at 1.
"""

SAME, NEIGHBOUR = 0.3, 4.0
"""How many times as likely the topic just answered, and the others of its theme, become: who goes on asks for more.

Chosen among sixty settings on the 169 pairs of ``data/vervolgvragen.jsonl``, so these figures flatter: 141 were right
without and 150 with them; the same answer came wrongly 18 times without and 9 with.
"""

_POINTS_BACK = re.compile(r"\b(?:dat|die|dit|deze|daar\w*|hier\w+|er|ervoor|ervan|ermee|erop|het|zo'?n|dan)\b")
_GOES_ON = re.compile(r"^\W*(?:en|maar|of|dus|ook)\b")


def leans(text: str) -> bool:
    """Whether a message is short and points back, so that it cannot be read alone."""
    lowered = text.lower()
    short = 0 < len(lowered.split()) <= MOST_WORDS
    return short and bool(_GOES_ON.search(lowered) or points_back(lowered))


def points_back(text: str) -> bool:
    """Whether a word in it stands for something that was said before."""
    return bool(_POINTS_BACK.search(text.lower()))


def going_on(ranking: Sequence[Ranked], last: str) -> list[Ranked]:
    """The ranking of a message that leans, with the answer it leans on taken into account.

    Args:
        ranking: most likely first.
        last: the topic id that was answered just before.
    """
    theme = last.split("/")[0]
    again = 1.0 if last in ACTION_TOPICS else SAME  # a look-up gives another answer every time
    weights = {
        e.topic: again if e.topic == last else NEIGHBOUR if e.topic.split("/")[0] == theme else 1.0 for e in ranking
    }
    total = sum(e.probability * weights[e.topic] for e in ranking)
    changed = [Ranked(e.topic, e.probability * weights[e.topic] / total) for e in ranking]
    return sorted(changed, key=lambda entry: -entry.probability)
