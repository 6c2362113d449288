"""Rates with their intervals, calibration, and which topics are taken for each other."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from bot.evaluate.outcomes import Judged

Z95 = 1.959964
BINS = 10


@dataclass(frozen=True)
class Rate:
    """A share of messages with its 95% interval.

    Attributes:
        hits: how many.
        total: of how many.
        low: lower end of the interval, 0 to 1.
        high: its upper end.
    """

    hits: int
    total: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """Between 0 and 1; 0 when there is nothing to count."""
        return self.hits / self.total if self.total else 0.0


def wilson(hits: int, total: int) -> Rate:
    """A rate of independent messages; Wilson's interval holds near 0 and 1 too."""
    if total == 0:
        return Rate(0, 0, 0.0, 1.0)
    share, spread = hits / total, Z95**2 / total
    centre = (share + spread / 2) / (1 + spread)
    half = Z95 * sqrt(share * (1 - share) / total + spread / (4 * total)) / (1 + spread)
    return Rate(hits, total, max(0.0, centre - half), min(1.0, centre + half))


def by_writer_bootstrap(hits: Sequence[bool], groups: Sequence[str], rounds: int = 1000) -> Rate:
    """A rate whose interval comes from drawing whole writers again.

    Messages of one writer resemble each other, so that an interval over single messages would be too narrow.
    """
    names = sorted(set(groups))
    if len(names) < 3:
        return wilson(sum(hits), len(hits))
    flags, order = np.asarray(hits, dtype=float), np.asarray([names.index(group) for group in groups])
    good, size = np.bincount(order, flags, len(names)), np.bincount(order, minlength=len(names))
    draws = np.random.default_rng(0).integers(len(names), size=(rounds, len(names)))
    low, high = np.percentile(good[draws].sum(1) / size[draws].sum(1), [2.5, 97.5])
    return Rate(int(flags.sum()), len(flags), float(low), float(high))


@dataclass(frozen=True)
class Bin:
    """Messages of about the same confidence.

    Attributes:
        confidence: their mean.
        share: how many of them were right, 0 to 1.
        count: how many there are.
    """

    confidence: float
    share: float
    count: int


def reliability(judged: Sequence[Judged]) -> list[Bin]:
    """Confidence against what came of it, in ten equal steps; empty steps are left out."""
    steps: dict[int, list[Judged]] = defaultdict(list)
    for one in judged:
        steps[min(int(one.confidence * BINS), BINS - 1)].append(one)
    return [_bin(members) for _, members in sorted(steps.items())]


def _bin(members: Sequence[Judged]) -> Bin:
    count = len(members)
    return Bin(sum(one.confidence for one in members) / count, sum(one.top_right for one in members) / count, count)


def calibration_error(judged: Sequence[Judged]) -> float:
    """Expected calibration error: the mean distance between confidence and share, over all messages."""
    if not judged:
        return 0.0
    return sum(one.count * abs(one.confidence - one.share) for one in reliability(judged)) / len(judged)


def confusions(judged: Iterable[Judged], most: int = 20) -> list[tuple[str, str, int]]:
    """(true topic, topic that came first, how often), the most frequent first."""
    pairs = Counter((one.example.label, one.ranking[0].topic) for one in judged if one.ranking and not one.top_right)
    return [
        (label, taken, count)
        for (label, taken), count in sorted(pairs.items(), key=lambda entry: (-entry[1], entry[0]))[:most]
    ]


def grouped(judged: Iterable[Judged], key: Callable[[Judged], str]) -> dict[str, list[Judged]]:
    """The messages by theme, writer or style, in alphabetical order."""
    groups: dict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        groups[key(one)].append(one)
    return dict(sorted(groups.items()))
