"""How well the detector does: recall and false alarms with their intervals, per file, writer and language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from math import sqrt
from typing import NamedTuple

from bot.nlu.danger.corpus import Example

_Z = 1.959964
"""Standard normal quantile of a two-sided interval of 95%."""


class Share(NamedTuple):
    """A share of a number of messages with its Wilson 95% interval."""

    seen: int
    total: int

    @property
    def interval(self) -> tuple[float, float]:
        """Lower and upper bound (Wilson 1927), between 0 and 1; (0, 1) when nothing was counted."""
        if not self.total:
            return 0.0, 1.0
        share, square = self.seen / self.total, _Z**2 / self.total
        middle = (share + square / 2) / (1 + square)
        half = _Z / (1 + square) * sqrt(share * (1 - share) / self.total + square / self.total / 4)
        return max(0.0, middle - half), min(1.0, middle + half)

    def __str__(self) -> str:
        """``99.0% (297/300; 97.1-99.7)``."""
        if not self.total:
            return "-"
        low, high = self.interval
        return f"{self.seen / self.total:.1%} ({self.seen}/{self.total}; {low * 100:.1f}-{high * 100:.1f})"


class Verdict(NamedTuple):
    """A message and what the detector made of it."""

    example: Example
    alarm: bool
    kind: str
    reason: str


class Score(NamedTuple):
    """Recall, false alarms, and how often the kind was right among the danger that was seen and has a kind."""

    recall: Share
    false_alarms: Share
    kind: Share


def score(verdicts: Iterable[Verdict]) -> Score:
    """The figures of some messages together."""
    found = list(verdicts)
    danger = [verdict for verdict in found if verdict.example.danger]
    ordinary = [verdict for verdict in found if not verdict.example.danger]
    named = [verdict for verdict in danger if verdict.alarm and verdict.example.kind]
    return Score(
        Share(sum(verdict.alarm for verdict in danger), len(danger)),
        Share(sum(verdict.alarm for verdict in ordinary), len(ordinary)),
        Share(sum(verdict.kind == verdict.example.kind for verdict in named), len(named)),
    )


def report(verdicts: Sequence[Verdict], title: str, texts: bool = True) -> Iterator[str]:
    """Lines: figures in total, per file and writer, language and kind; then, with ``texts``, what went wrong."""
    yield f"== {title}: {len(verdicts)} berichten"
    yield _line("totaal", verdicts)
    yield from _per(verdicts, lambda example: f"{example.source} / {example.writer}")
    yield from _per(verdicts, lambda example: f"taal {example.language}")
    yield from _per(verdicts, lambda example: f"soort {example.kind}" if example.kind else "")
    missed = [verdict for verdict in verdicts if verdict.example.danger and not verdict.alarm]
    alarms = [verdict for verdict in verdicts if verdict.alarm and not verdict.example.danger]
    if texts:
        yield from (f"  gemist       {v.example.writer}: {v.example.text}" for v in missed)
        yield from (f"  vals alarm   {v.example.writer} [{v.reason}]: {v.example.text}" for v in alarms)


def _per(verdicts: Sequence[Verdict], name: Callable[[Example], str]) -> Iterator[str]:
    names = sorted({name(verdict.example) for verdict in verdicts} - {""})
    for group in names:
        yield _line(group, [verdict for verdict in verdicts if name(verdict.example) == group])


def _line(name: str, verdicts: Iterable[Verdict]) -> str:
    figures = score(verdicts)
    return f"  {name:32} gezien {figures.recall!s:34} vals alarm {figures.false_alarms!s:34} soort {figures.kind!s}"
