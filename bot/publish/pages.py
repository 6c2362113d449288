"""The difference as lines for the terminal and as a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.publish.difference import MEANING, VERDICTS, Difference, NewText

TEMPLATES = Path(__file__).parent / "templates"
_SHOWN, _WIDTH = 30, 70


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
    for change in found.elsewhere[:most]:
        yield f"{change.verdict:9} {_short(change.text)}"
        yield f"          was:   {change.before.shown()}"
        yield f"          wordt: {change.after.shown()}"
    if len(found.elsewhere) > most:
        yield f"... en nog {len(found.elsewhere) - most}; alles staat op de pagina."
    yield from _text_lines(found.texts, most)


def _text_lines(texts: Sequence[NewText], most: int) -> Iterator[str]:
    for new in texts[:most]:
        turns = "1 beurt" if len(new.questions) == 1 else f"{len(new.questions)} beurten"
        yield f"tekst     {', '.join(new.topics) or '-'} ({turns}), bijvoorbeeld: {_short(new.questions[0])}"
        yield from (f"          was:   {sentence}" for sentence in new.before)
        yield from (f"          wordt: {sentence}" for sentence in new.after)
    if len(texts) > most:
        yield f"... en nog {len(texts) - most} andere teksten; alles staat op de pagina."


def _short(text: str) -> str:
    return text if len(text) <= _WIDTH else f"{text[: _WIDTH - 1]}…"
