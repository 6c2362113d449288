"""From the files to parents: ``inhoud verschil``, ``voorbeeld``, ``publiceer``, ``terug``, ``publicaties``."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Optional

import typer

from bot.content import terminal

if TYPE_CHECKING:
    from bot.publish.difference import Difference


def verschil(
    html: Optional[Path] = typer.Option(None, "--html", help="waar de pagina komt; anders var/verschil.html"),
) -> None:
    """Wat uw wijziging doet met de opgeslagen vragen: beter, slechter of anders dan wat nu gepubliceerd is."""
    from bot.publish.comparing import compared
    from bot.publish.stopped import Stopped
    from bot.settings import get_settings

    try:
        _tell_difference(compared(terminal.project(), get_settings(), typer.echo), html)
    except Stopped as error:
        terminal.stop(str(error))


def _tell_difference(found: Difference, html: Optional[Path] = None) -> None:
    """As a table, and as a page."""
    from bot.publish.pages import difference_lines, difference_page
    from bot.publish.publications import Publications
    from bot.settings import get_settings

    settings = get_settings()
    active = Publications(settings).active()
    for line in difference_lines(found):
        typer.echo(line)
    name = f"publicatie {active.number}" if active else "het laatst getrainde model"
    file = difference_page(
        found, html or settings.var_dir / "verschil.html", name, f"Gemaakt op {date.today().isoformat()}"
    )
    typer.echo(f"Alles met de teksten erbij: {file}")


def voorbeeld(
    poort: int = typer.Option(8081, help="de poort van de chat op uw eigen machine"),
) -> None:
    """De chat op uw eigen machine, met de inhoud in de map; leest opnieuw zodra u een bestand opslaat."""
    from bot.publish.preview import NoPreview, serve

    try:
        serve(terminal.project(), poort, typer.echo)
    except NoPreview as error:
        terminal.stop(str(error))


def publiceer(
    boodschap: str = typer.Option("", help="wat er anders is, in een paar woorden"),
    door: str = typer.Option("", help="wie publiceert; anders de naam waarmee u bent ingelogd"),
    ja: bool = typer.Option(False, "--ja", help="vraag niets; stopt als een vraag slechter gaat"),
    ook_slechter: bool = typer.Option(False, "--ook-slechter", help="met --ja: ga door als een vraag slechter gaat"),
    vergelijk: bool = typer.Option(True, "--vergelijk/--niet-vergelijken", help="met het verschil"),
    rasa: bool = typer.Option(True, help="ook de controle door Rasa"),
) -> None:
    """Zet de inhoud online: controle, verschil, tien vragen, en dan neemt de nieuwe assistent het over."""
    from bot.publish.publish import Order, publish
    from bot.publish.stopped import Stopped
    from bot.settings import get_settings

    def agree(found: Difference) -> bool:
        _tell_difference(found)
        worse = found.count("slechter")
        if ja:
            return ook_slechter or not worse
        return typer.confirm(
            f"{worse} beurten gaan slechter. Publiceren?" if worse else "Publiceren?", default=not worse
        )

    order = Order(terminal.project(), door, boodschap, agree)
    if not vergelijk:
        order = replace(order, compare=None)
    if not rasa:
        order = replace(order, rasa=None)
    try:
        made = publish(order, get_settings(), typer.echo)
    except Stopped as error:
        terminal.stop(str(error))
    typer.echo(f"Gepubliceerd: {made.shown()}")
    typer.echo("Terug kan met: python -m bot inhoud terug")


def terug(
    nummer: Optional[int] = typer.Argument(None, help="het nummer van een publicatie; anders de vorige"),
) -> None:
    """Ga terug naar een eerdere publicatie."""
    from bot.publish.publish import go_back
    from bot.publish.stopped import Stopped
    from bot.settings import get_settings

    try:
        made = go_back(get_settings(), nummer, typer.echo)
    except Stopped as error:
        terminal.stop(str(error))
    typer.echo(f"In gebruik: {made.shown()}")


def publicaties() -> None:
    """De publicaties die er zijn, en welke in gebruik is."""
    from bot.publish.publications import Publications
    from bot.settings import get_settings

    made = Publications(get_settings())
    active = made.active()
    for one in made.all():
        typer.echo(f"{'*' if active and one.number == active.number else ' '} {one.shown()}")
    typer.echo("* is in gebruik" if active else "In gebruik is de map zelf: er is nog niets gepubliceerd.")


def add_commands(app: typer.Typer) -> None:
    """Add them to the commands of content staff."""
    for command in (verschil, voorbeeld, publiceer, terug, publicaties):
        app.command()(command)
