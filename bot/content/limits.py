"""How much is enough and how much is too much (issue "All 90 topics", part Knowledge)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """What the checks hold the content to.

    Attributes:
        messages: at least this many of each topic.
        writers: of at least this many people.
        first_messages: enough for a topic that is new.
        new_days: how long a topic counts as new, from the day in its ``sinds``.
        words: at most this many in an answer.
        plain_words: at most this many in the plainer version.
        follow_ups: least and most topics to go on with.
    """

    messages: int = 60
    writers: int = 6
    first_messages: int = 12
    new_days: int = 90
    words: int = 90
    plain_words: int = 40
    follow_ups: tuple[int, int] = (2, 4)
