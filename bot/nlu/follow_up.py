"""A question that leans on the answer before it: "en hoe lang duurt dat?". No Rasa import."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from bot.nlu.ranking import Ranked
from bot.topics import ACTION_TOPICS

MOST_WORDS = 9
"""A longer message says itself what it is about."""

READINGS = (0.35, 0.5)
"""How much the message alone counts, and how much the message with what was answered before in front of it."""

SAME, NEIGHBOUR = 0.55, 2.0
"""How many times as likely the topic just answered, and the others of its theme, become: who goes on asks for more.

These four were fitted by likelihood on 1,300 pairs of five writers (``knowledge/vervolgvragen.yml`` and
``tests/data/vervolgvragen.jsonl``), each writer's right answers counted with weights and a model made without them: 84%
first and 95% within three, where 60 to 65% were first before; of 360 full questions behind an answer about something
else 97% stayed right, and 98% without any of this.
"""

STANDS_ALONE = 0.95
"""A message without a word that points back is a question of its own when it is this sure by itself.

Of 37 short messages of ``validatie.jsonl``, each behind five topics, 177 of 185 stay right with it and 168 without; 180
are right alone.
"""

_GOES_ON = re.compile(r"^\W*(?:en|maar|of|dus|ook)\b")
_POINTS_BACK = re.compile(r"\b(?:dat|die|dit|deze|daar\w*|hier\w+|er|ervoor|ervan|ermee|erop|het|zo'?n|dan)\b")


def may_lean(text: str) -> bool:
    """Whether a message is short enough to need what was said before it; whether it does, the readings decide."""
    return 0 < len(text.split()) <= MOST_WORDS


def points_back(text: str) -> bool:
    """Whether a word in it stands for something that was said before."""
    return bool(_POINTS_BACK.search(text.lower()))


def in_context(text: str, short: str) -> str:
    """A message as it reads after an answer: "de TLV en hoe lang duurt dat"."""
    return f"{short} {text}"


class Ranker(Protocol):
    """What ranks the readings of a message (:class:`bot.nlu.model.TopicModel`)."""

    def rank(self, text: str) -> list[Ranked]:
        """All topics, most likely first."""

    def rank_both(self, alone: str, together: str, weights: tuple[float, float]) -> list[Ranked]:
        """All topics for one message in two readings."""


def after(last: str, text: str, short: str, ranker: Ranker) -> list[Ranked]:
    """The topics of a message, most likely first, with the answer before it taken into account.

    Args:
        last: the topic id that was answered.
        text: the message; what is long, or sure and without a sign that it leans, is read alone.
        short: what that answer was about ("de TLV").
        ranker: ranks the readings.
    """
    alone = ranker.rank(text)
    leans = points_back(text) or bool(_GOES_ON.search(text.lower())) or alone[0].probability < STANDS_ALONE
    if not may_lean(text) or not leans:
        return alone
    return going_on(ranker.rank_both(text, in_context(text, short), READINGS), last)


def going_on(ranking: Sequence[Ranked], last: str) -> list[Ranked]:
    """The ranking with the topic just answered less likely, and the others of its theme more."""
    theme = last.split("/")[0]
    again = 1.0 if last in ACTION_TOPICS else SAME  # a look-up gives another answer every time
    weights = {
        e.topic: again if e.topic == last else NEIGHBOUR if e.topic.split("/")[0] == theme else 1.0 for e in ranking
    }
    total = sum(e.probability * weights[e.topic] for e in ranking)
    changed = [Ranked(e.topic, e.probability * weights[e.topic] / total) for e in ranking]
    return sorted(changed, key=lambda entry: -entry.probability)
