"""The report as tables in the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from bot.evaluate.measures import Rate
from bot.evaluate.report import Report
from bot.evaluate.summary import Summary

COLUMNS = ("goed", "met 1 vraag", "fout", "gemist", "1e goed", "in 1e drie", "thema goed")


def lines(report: Report) -> Iterator[str]:
    """The figures, set by set; shares in percent with their 95% interval."""
    yield f"{report.messages} berichten van {report.writers} schrijvers, {report.topics} onderwerpen"
    yield ""
    yield f"{'verzameling':34}{'aantal':>7}  " + "".join(f"{name:>19}" for name in COLUMNS) + f"{'ECE':>7}"
    for part in report.sets:
        yield _row(part.name, len(part.judged), part.summary)
    yield ""
    yield from _scope(report)
    yield from _danger(report)
    yield from _contenders(report)


def _row(name: str, count: int, figures: Summary) -> str:
    rates = (figures.right, figures.helped, figures.wrong, figures.missed, figures.first, figures.three, figures.theme)
    cells = "".join(f"{percent(rate):>19}" for rate in rates)
    return f"{name:34}{count:>7}  {cells}{figures.calibration:>7.3f}"


def percent(rate: Rate) -> str:
    """A share in percent with its interval."""
    return f"{100 * rate.share:.1f} ({100 * rate.low:.1f}-{100 * rate.high:.1f})" if rate.total else "-"


def _scope(report: Report) -> Iterator[str]:
    yield f"{'buiten bereik':34}{'aantal':>7}  {'afgewezen':>19}{'te streng':>19}"
    for part in report.sets:
        if part.summary.refused.total:
            figures = part.summary
            yield (
                f"{part.name:34}{figures.refused.total:>7}  "
                f"{percent(figures.refused):>19}{percent(figures.turned_away):>19}"
            )
    yield ""


def _danger(report: Report) -> Iterator[str]:
    heads = f"{'gevonden':>19}{'waarvan zeker':>19}{'anders':>9}{'vals alarm':>19}{'twijfel':>19}"
    yield f"{'nood (detector)':34}{'aantal':>7}  {heads}"
    for one in report.danger:
        seen = f"{one.found.total:>7}  {percent(one.found):>19}{percent(one.sure):>19}"
        yield f"{one.name:34}{seen}{one.alarms.total:>9}{percent(one.alarms):>19}{percent(one.doubts):>19}"
    yield ""


def _contenders(report: Report) -> Iterator[str]:
    yield f"{'vaste verdeling op schrijver':34}{'':>7}  {'1e goed':>19}{'in 1e drie':>19}"
    for one in report.contenders:
        yield f"{one.name:34}{'':>7}  {percent(one.first):>19}{percent(one.three):>19}"
    for size, point in report.curve:
        yield f"  {f'met {size} berichten per onderwerp':39}  {percent(point.first):>19}{percent(point.three):>19}"
    yield ""
    yield "vaakst verward (waar, gekozen, aantal):"
    for label, taken, count in report.sets[0].confusions[:12]:
        yield f"  {label:34} {taken:34} {count:>4}"
