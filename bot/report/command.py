"""What conversations teach: ``python -m bot inhoud onbegrepen``, ``verwerk``, ``cijfers``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Optional

import typer

from bot.content import terminal


def onbegrepen(
    dagen: int = typer.Option(7, help="over hoeveel dagen, tot en met gisteren"),
) -> None:
    """Het weekrapport: vragen die de chat niet goed begreep, gegroepeerd, met wat u kunt doen."""
    from bot.report.weekly import make_unclear
    from bot.settings import get_settings

    _tell(make_unclear(terminal.project(), get_settings(), dagen))


def verwerk(
    keuzes: list[str] = typer.Argument(..., help="bijvoorbeeld V1=bericht:tlv/uitleg V2=buiten V3=niets"),
) -> None:
    """Voer uit wat u koos bij het weekrapport: bericht, nieuw, buiten, toets of niets."""
    from bot.content.reading import read_content
    from bot.report.choices import BadChoice, carry_out, read_choices
    from bot.report.weekly import latest
    from bot.settings import get_settings

    report = latest(get_settings())
    if report is None:
        terminal.stop("Er is nog geen weekrapport. Typ: python -m bot inhoud onbegrepen")
    content = read_content(terminal.project())[0]
    try:
        done = carry_out(read_choices(keuzes, report, content), report, content, date.today())
    except BadChoice as error:
        terminal.stop(str(error))
    for line in [*done, "Daarna: python -m bot inhoud controleer"]:
        typer.echo(line)


def cijfers(
    weken: int = typer.Option(4, help="over hoeveel hele weken"),
    csv: Optional[Path] = typer.Option(None, "--csv", help="schrijf ook een bestand voor een rekenblad"),
) -> None:
    """Cijfers per week, met grafieken; een aantal onder de vijf wordt niet genoemd."""
    from bot.report.weekly import make_figures
    from bot.settings import get_settings

    _tell(make_figures(get_settings(), weken, csv))


def _tell(lines: Iterator[str]) -> None:
    from bot.report.turns import NoStore

    try:
        for line in lines:
            typer.echo(line)
    except NoStore as error:
        terminal.stop(str(error))


def add_commands(app: typer.Typer) -> None:
    """Add them to the commands of content staff."""
    for command in (onbegrepen, verwerk, cijfers):
        app.command()(command)
