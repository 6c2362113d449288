"""Making the reports: from the store to pages that staff may have."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from bot.db import make_engine, reading
from bot.handoff.clock import utc_now
from bot.publish.pages import page
from bot.publish.publications import read_json, write_json
from bot.report import REPORT
from bot.report.certain import Certainty
from bot.report.choices import WAYS
from bot.report.figures import FIELDS, Week, as_csv, told, weeks_of
from bot.report.unclear import FEWEST, KINDS, UnclearReport, report, unclear_in
from bot.settings import Settings

TEMPLATES = Path(__file__).parent / "templates"


def make_unclear(root: Path, settings: Settings, days: int) -> Iterator[str]:
    """Write the weekly report, and tell it."""
    from bot.publish.compare import learnt

    now = utc_now()
    end = datetime(now.year, now.month, now.day)
    start = end - timedelta(days=days)
    engine = make_engine(settings.db_url)
    try:
        with reading(engine) as connection:
            questions = unclear_in(connection, start, end)
    finally:
        engine.dispose()
    rank = learnt(root).rank if questions else (lambda _text: [])
    made = report(questions, start, end, Certainty.of(root).shows, rank)
    file = settings.var_dir / REPORT
    file.parent.mkdir(parents=True, exist_ok=True)
    write_json(file, made.as_dict())
    shown = page(
        "onbegrepen.html", file.with_suffix(".html"), TEMPLATES, report=made, kinds=KINDS, ways=WAYS, fewest=FEWEST
    )
    yield from _lines(made)
    yield f"De pagina: {shown}"


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
    """Write the figures per week, and tell where."""
    engine = make_engine(settings.db_url)
    try:
        with reading(engine) as connection:
            weeks = weeks_of(connection, utc_now(), count)
    finally:
        engine.dispose()
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
