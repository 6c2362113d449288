"""The pictures of the report."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from bot.evaluate.comparison import Contender
from bot.evaluate.measures import reliability
from bot.evaluate.outcomes import Judged

OUTCOMES = (
    ("right", "goed", "#2f7d4f"),
    ("asked", "goed na één vraag", "#8fc3a0"),
    ("missed", "gemist", "#c9c9c9"),
    ("wrong", "fout", "#b4442f"),
)
"""Outcome, its Dutch name and its colour, from good to bad."""


def _save(figure: Figure, path: Path, above: float = 0.0) -> Path:
    """Write the figure; ``above`` is the share of its height that is kept free at the top."""
    figure.tight_layout(rect=(0, 0, 1, 1 - above))
    # No version and no date: the same figures give the same file.
    FigureCanvasAgg(figure).print_png(str(path), metadata={"Software": None})
    return path


def _axes(width: float, height: float) -> tuple[Figure, Any]:
    figure = Figure(figsize=(width, height), dpi=110)
    return figure, figure.add_subplot()


def calibration(sets: dict[str, Sequence[Judged]], path: Path) -> Path:
    """The reliability diagram: a point on the diagonal is a confidence that can be believed."""
    figure, axes = _axes(5.5, 5)
    axes.plot([0, 1], [0, 1], color="#999999", linestyle="--", linewidth=1)
    for name, judged in sets.items():
        bins = reliability(judged)
        axes.plot([one.confidence for one in bins], [one.share for one in bins], marker="o", label=name)
    axes.set(xlabel="zekerheid van het model", ylabel="deel dat klopt", xlim=(0, 1), ylim=(0, 1))
    axes.legend(loc="upper left")
    return _save(figure, path)


def outcomes(groups: dict[str, Sequence[Judged]], path: Path) -> Path:
    """For each group one bar: right, right after a question, missed, wrong."""
    height = 1.3 + 0.34 * len(groups)
    figure, axes = _axes(8, height)
    names = list(reversed(groups))
    left = [0.0] * len(names)
    for outcome, label, colour in OUTCOMES:
        shares = [_share(groups[name], outcome) for name in names]
        axes.barh(names, shares, left=left, color=colour, label=label)
        left = [start + share for start, share in zip(left, shares, strict=True)]
    axes.set(xlim=(0, 1), xlabel="deel van de berichten")
    figure.legend(loc="upper center", ncol=len(OUTCOMES), frameon=False)
    return _save(figure, path, above=0.3 / height)


def _share(judged: Sequence[Judged], outcome: str) -> float:
    return sum(one.outcome == outcome for one in judged) / max(len(judged), 1)


def curve(points: Sequence[tuple[int, Contender]], path: Path) -> Path:
    """Right at once and within three, over the number of messages for each topic."""
    figure, axes = _axes(6, 4)
    sizes = [size for size, _ in points]
    for name, rates in (
        ("eerste onderwerp goed", [point.first for _, point in points]),
        ("goed bij de eerste drie", [point.three for _, point in points]),
    ):
        axes.plot(sizes, [rate.share for rate in rates], marker="o", label=name)
        axes.fill_between(sizes, [rate.low for rate in rates], [rate.high for rate in rates], alpha=0.15)
    axes.set(xlabel="berichten per onderwerp", ylabel="deel dat klopt", xscale="log", ylim=(None, 1))
    axes.set_xticks(sizes, [str(size) for size in sizes])
    axes.minorticks_off()
    axes.legend(loc="lower right")
    return _save(figure, path)


def confusion_pairs(pairs: Sequence[tuple[str, str, int]], path: Path) -> Path:
    """The pairs of topics that are taken for each other most often."""
    figure, axes = _axes(8, 0.8 + 0.28 * max(len(pairs), 1))
    names = [f"{label}  →  {taken}" for label, taken, _ in reversed(pairs)]
    axes.barh(names, [count for *_, count in reversed(pairs)], color="#b4442f")
    axes.set(xlabel="berichten")
    return _save(figure, path)
