"""Making the reports: from the store to pages that staff may have."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from bot.handoff.clock import utc_now
from bot.publish.pages import page
from bot.publish.publications import read_json, write_json
from bot.report import REPORT
from bot.report.certain import Certainty
from bot.report.choices import WAYS
from bot.report.figures import FIELDS, Week, as_csv, told, weeks_of
from bot.report.turns import store
from bot.report.unclear import FEWEST, KINDS, Unclear, UnclearReport, report, unclear_in
from bot.settings import Settings

TEMPLATES = Path(__file__).parent / "templates"


def make_unclear(root: Path, settings: Settings, days: int) -> Iterator[str]:
    """Write the weekly report, and tell it.

    Raises:
        NoStore: there are no conversations to report on.
    """
    now = utc_now()
    end = datetime(now.year, now.month, now.day)
    start = end - timedelta(days=days)
    with store(settings) as connection:
        questions = unclear_in(connection, start, end)
    made = _reported(root, questions, start, end)
    file = settings.var_dir / REPORT
    file.parent.mkdir(parents=True, exist_ok=True)
    write_json(file, made.as_dict())
    shown = page(
        "onbegrepen.html", file.with_suffix(".html"), TEMPLATES, report=made, kinds=KINDS, ways=WAYS, fewest=FEWEST
    )
    yield from _lines(made)
    yield f"De pagina: {shown}"


def _reported(root: Path, questions: list[Unclear], start: datetime, end: datetime) -> UnclearReport:
    if not questions:
        return report((), start, end, lambda text: False, lambda text: [])
    from bot.publish.compare import learnt

    return report(questions, start, end, Certainty.of(root).shows, learnt(root).rank)


def _lines(made: UnclearReport) -> Iterator[str]:
    yield f"Van {made.start} tot {made.end}: {told(made.total)} vragen niet goed begrepen."
    for group in made.groups:
        kinds = ", ".join(f"{count} {kind}" for kind, count in group.kinds.items())
        yield f"\n{group.id}  {group.count} keer  ({kinds})"
        yield from (f"    {example}" for example in group.examples)
        yield f"    lijkt op: {', '.join(f'{topic} ({100 * chance:.0f}%)' for topic, chance in group.topics)}"
        yield f"    voorstel: python -m bot inhoud verwerk {group.patch}"
    yield f"\nNiet getoond (minder dan {FEWEST} ouders, of niet zeker gemaskeerd): {told(made.unshown)}"


def latest(settings: Settings) -> UnclearReport | None:
    """The last report that was made."""
    raw = read_json(settings.var_dir / REPORT)
    return UnclearReport.from_dict(raw) if raw else None


def make_figures(settings: Settings, count: int, csv: Path | None) -> Iterator[str]:
    """Write the figures per week, and tell where.

    Raises:
        NoStore: there are no conversations to count.
    """
    with store(settings) as connection:
        weeks = weeks_of(connection, utc_now(), count)
    for name, title in FIELDS.items():
        yield f"{title:36} {'  '.join(f'{week.told(name):>6}' for week in weeks)}"
    file = settings.var_dir / REPORT.parent / "cijfers.html"
    yield f"De grafieken: {page('cijfers.html', file, TEMPLATES, weeks=weeks, fields=FIELDS, bars=bars, fewest=FEWEST)}"
    if csv:
        csv.write_text(as_csv(weeks), encoding="utf-8")
        yield f"Het rekenblad: {csv}"


def bars(weeks: list[Week], name: str) -> list[tuple[str, str, float]]:
    """For a chart: the week, what is told of it, and its height from 0 to 1; what is not told has no height."""
    counts = [week.counts.get(name, 0) for week in weeks]
    most = max([FEWEST, *counts])
    return [
        (week.start, week.told(name), count / most if count >= FEWEST else 0.0)
        for week, count in zip(weeks, counts, strict=True)
    ]
