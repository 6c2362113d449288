"""How well the detector does: what it sees, doubts and wrongly takes for danger, with intervals, per file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from math import sqrt
from typing import NamedTuple

from bot.nlu.danger.corpus import Example
from bot.nlu.danger.detector import Danger, need

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
    """A message and what the detector made of it, or None."""

    example: Example
    danger: Danger | None

    @property
    def alarm(self) -> bool:
        """Whether the help lines come first."""
        return bool(need(self.danger))


class Score(NamedTuple):
    """The figures of some messages.

    Attributes:
        recall: of the danger, what gets the help lines: first, or below an answer.
        sure: of the danger, what gets them first.
        false_alarms: of the ordinary messages, what gets them first.
        doubts: of the ordinary messages, what gets them below the answer.
        kind: of the danger that was seen and has a kind, how often the kind was right.
    """

    recall: Share
    sure: Share
    false_alarms: Share
    doubts: Share
    kind: Share


def score(verdicts: Iterable[Verdict]) -> Score:
    """The figures of some messages together."""
    found = list(verdicts)
    danger = [verdict for verdict in found if verdict.example.danger]
    ordinary = [verdict for verdict in found if not verdict.example.danger]
    named = [(one.danger.kind, one.example.kind) for one in danger if one.danger and one.example.kind]
    return Score(
        Share(sum(verdict.danger is not None for verdict in danger), len(danger)),
        Share(sum(verdict.alarm for verdict in danger), len(danger)),
        Share(sum(verdict.alarm for verdict in ordinary), len(ordinary)),
        Share(sum(verdict.danger is not None and not verdict.alarm for verdict in ordinary), len(ordinary)),
        Share(sum(found == kind for found, kind in named), len(named)),
    )


def report(verdicts: Sequence[Verdict], title: str, texts: bool = True) -> Iterator[str]:
    """Lines: figures in total, per file and writer, language and kind; then, with ``texts``, what went wrong."""
    yield f"== {title}: {len(verdicts)} berichten"
    yield _line("totaal", verdicts)
    yield from _per(verdicts, lambda example: f"{example.source} / {example.writer}")
    yield from _per(verdicts, lambda example: f"taal {example.language}")
    yield from _per(verdicts, lambda example: f"soort {example.kind}" if example.kind else "")
    for verdict in verdicts if texts else ():
        if wrong := _wrong(verdict):
            yield f"  {wrong:12} {verdict.example.writer}: {verdict.example.text}"


def _wrong(verdict: Verdict) -> str:
    if not verdict.example.danger:
        return f"vals alarm [{verdict.danger.reason}]" if verdict.danger and verdict.alarm else ""
    if verdict.danger is None:
        return "gemist"
    return "" if verdict.alarm else "getwijfeld"


def _per(verdicts: Sequence[Verdict], name: Callable[[Example], str]) -> Iterator[str]:
    names = sorted({name(verdict.example) for verdict in verdicts} - {""})
    for group in names:
        yield _line(group, [verdict for verdict in verdicts if name(verdict.example) == group])


def _line(name: str, verdicts: Iterable[Verdict]) -> str:
    figures = score(verdicts)
    shares = {
        "gezien": figures.recall,
        "zeker": figures.sure,
        "vals alarm": figures.false_alarms,
        "twijfel": figures.doubts,
        "soort": figures.kind,
    }
    return f"  {name:32} " + " ".join(f"{title} {share!s:30}" for title, share in shares.items())
