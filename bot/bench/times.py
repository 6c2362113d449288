"""Times of many messages in a few figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles


@dataclass(frozen=True)
class Times:
    """How long something took, over many messages.

    Attributes:
        count: how many.
        median: milliseconds.
        p95: milliseconds; one in twenty took longer.
        errors: how many more ended without a reply.
    """

    count: int
    median: float
    p95: float
    errors: int = 0

    def __str__(self) -> str:
        """As one line of the report."""
        errors = f", {self.errors} errors" if self.errors else ""
        return f"median {self.median:.1f} ms, p95 {self.p95:.1f} ms ({self.count} messages{errors})"


def times_of(seconds: Sequence[float], errors: int = 0) -> Times:
    """The figures of a series; without any value all are 0."""
    if not seconds:
        return Times(0, 0.0, 0.0, errors)
    p95 = quantiles(seconds, n=20, method="inclusive")[-1] if len(seconds) > 1 else seconds[0]
    return Times(len(seconds), median(seconds) * 1000, p95 * 1000, errors)
