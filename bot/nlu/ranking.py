"""A topic with its probability."""

from typing import NamedTuple


class Ranked(NamedTuple):
    """A topic with its probability (0 to 1)."""

    topic: str
    probability: float
