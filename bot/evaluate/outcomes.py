"""What became of one message, from the parent's side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.evaluate.examples import Example
from bot.nlu.decide import Choice, options
from bot.nlu.ranking import Ranked
from bot.topics import OUT_OF_SCOPE, base_intent

Outcome = Literal["right", "asked", "wrong", "missed"]
KEPT = 10


@dataclass(frozen=True)
class Judged:
    """A message with what the model made of it.

    Attributes:
        example: the message and its true topics.
        ranking: the likeliest topics, best first.
        choice: the decision on it.
    """

    example: Example
    ranking: tuple[Ranked, ...]
    choice: Choice

    @property
    def confidence(self) -> float:
        """Probability of the topic that came first."""
        return self.ranking[0].probability if self.ranking else 0.0

    @property
    def top_right(self) -> bool:
        """Whether the topic that came first is a right one, whatever was decided."""
        return bool(self.ranking) and self.ranking[0].topic in self.example.accepted

    @property
    def theme_right(self) -> bool:
        """Whether the theme that came first is right, whatever was decided; ``rasa test nlu`` counts the same."""
        label = base_intent(self.example.label)
        return bool(self.ranking) and base_intent(self.ranking[0].topic) == label

    @property
    def within_three(self) -> bool:
        """Whether a right topic is among the first three, whatever was decided."""
        return any(entry.topic in self.example.accepted for entry in self.ranking[:3])

    @property
    def refused(self) -> bool:
        """Whether it was taken as not understood, or as not about the field."""
        return self.choice == "none" or (self.choice == "answer" and self.ranking[0].topic == OUT_OF_SCOPE)

    @property
    def outcome(self) -> Outcome:
        """``right`` at once, right after one question (``asked``), ``wrong`` answer, or ``missed``: no help at all.

        A message that is out of scope is right when it is refused. One that is in scope and refused is missed.
        """
        if OUT_OF_SCOPE in self.example.accepted and self.refused:
            return "right"
        if self.choice == "ask":
            offered = {entry.topic for entry in options(self.ranking)}
            return "asked" if offered & self.example.accepted else "missed"
        if self.refused:
            return "missed"
        return "right" if self.top_right else "wrong"


def judge(example: Example, ranking: Sequence[Ranked], choice: Choice) -> Judged:
    """The message with the part of its ranking that matters."""
    return Judged(example, tuple(ranking[:KEPT]), choice)
