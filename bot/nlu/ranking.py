"""A topic with its probability."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Ranked:
    """A topic with its probability (0 to 1)."""

    topic: str
    probability: float
