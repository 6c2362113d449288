"""The difference as lines for the terminal and as a page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.publish.difference import MEANING, VERDICTS, Difference

TEMPLATES = Path(__file__).parent / "templates"
_SHOWN = 30


def page(template: str, file: Path, folder: Path = TEMPLATES, **values: object) -> Path:
    """Write a page made of a template in a folder; everything put in is escaped."""
    environment = Environment(loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(environment.get_template(template).render(**values), encoding="utf-8")
    return file


def difference_page(found: Difference, file: Path, published: str, made: str) -> Path:
    """Write the page about a difference."""
    return page("verschil.html", file, difference=found, meanings=MEANING, published=published, made=made)


def difference_lines(found: Difference, most: int = _SHOWN) -> Iterator[str]:
    """The table for the terminal."""
    yield f"{found.turns} beurten van opgeslagen vragen:"
    for verdict in VERDICTS:
        yield f"  {verdict:9} {found.count(verdict):4}  {MEANING[verdict]}"
    for change in found.changes[:most]:
        text = change.text if len(change.text) <= 70 else f"{change.text[:69]}…"
        yield f"{change.verdict:9} {text}"
        yield f"          was:   {change.before.shown()}"
        yield f"          wordt: {change.after.shown()}"
    if len(found.changes) > most:
        yield f"... en nog {len(found.changes) - most}; alles staat op de pagina."
