"""Making and checking content: ``python -m bot inhoud nieuw``, ``controleer``, ``nagekeken``, ``kalender``."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Optional

import typer

from bot.content import terminal

if TYPE_CHECKING:
    from bot.content.model import Content
    from bot.content.new_topic import NewTopic


def controleer(
    rasa: bool = typer.Option(True, help="ook de controle door Rasa, die een halve minuut duurt"),
    streng: bool = typer.Option(False, "--streng", help="adviezen tellen mee als fouten, zoals bij publiceren"),
) -> None:
    """Zoek fouten in antwoorden, berichten, kennis en testgesprekken; met bestand, regel en wat u kunt doen."""
    from bot.content import check
    from bot.publish.publications import Publications
    from bot.publish.responses import changed_topics
    from bot.settings import get_settings

    root = terminal.project()
    changed = changed_topics(root, Publications(get_settings()))
    raise typer.Exit(1 if check.check(root, typer.echo, with_rasa=rasa, strict=streng, changed=changed) else 0)


def nieuw(
    onderwerp: str = typer.Argument(..., help="de naam: thema/vraag, bijvoorbeeld vervoer/fiets"),
    over: Optional[str] = typer.Option(None, help="wat eronder valt"),
    knop: Optional[str] = typer.Option(None, help="de vraag op de knop"),
    niet: Optional[str] = typer.Option(None, help="het onderwerp waar het op lijkt"),
    bron: Optional[str] = typer.Option(None, help="de naam van de bron"),
    url: Optional[str] = typer.Option(None, help="het adres van de bron, met https://"),
    eigenaar: Optional[str] = typer.Option(None, help="wie over de inhoud gaat"),
    vervolg: Optional[str] = typer.Option(None, help="twee tot vier onderwerpen, met komma's ertussen"),
    antwoord: str = typer.Option("", help="de tekst van het antwoord"),
    eenvoudig: str = typer.Option("", help="de eenvoudige tekst"),
    bericht: list[str] = typer.Option([], help="hoe een ouder het vraagt; mag vaker"),
    schrijver: str = typer.Option("redactie-01", help="de vaste naam van wie de berichten schreef"),
    toetsvraag: Optional[str] = typer.Option(None, help="een vraag die nergens anders staat, voor het testgesprek"),
    vragen: bool = typer.Option(
        True, "--vragen/--geen-vragen", help="vraag wat er nog niet is; zonder blijft het in te vullen"
    ),
) -> None:
    """Maak een nieuw onderwerp: stelt een paar vragen en schrijft het begin in de goede bestanden."""
    from bot.content import new_topic
    from bot.content.limits import Limits
    from bot.content.reading import read_content

    content, complaints = read_content(terminal.project())
    if complaints:
        terminal.stop(
            "Er zijn nog fouten in de bestanden. Verbeter die eerst: python -m bot inhoud controleer --no-rasa"
        )
    _refuse_bad(new_topic.NewTopic(onderwerp), content)

    def answer(given: Optional[str], question: str) -> str:
        return given if given is not None else typer.prompt(question, default="", show_default=False) if vragen else ""

    new = new_topic.NewTopic(
        onderwerp,
        about=answer(over, "Wat valt eronder (een halve zin)"),
        button=answer(knop, "Welke vraag staat op de knop"),
        not_topic=answer(niet, "Op welk onderwerp lijkt het (mag leeg)"),
        source=answer(bron, "Hoe heet de bron"),
        url=answer(url, "Wat is het adres van de bron (https://...)"),
        owner=answer(eigenaar, "Wie gaat over de inhoud"),
        follow_ups=_parts(answer(vervolg, "Naar welke onderwerpen gaat het verder")),
        answer=antwoord.replace("\\n", "\n"),
        plain=eenvoudig.replace("\\n", "\n"),
        messages=tuple(bericht),
        writer=schrijver,
        test=answer(toetsvraag, "Een vraag voor het testgesprek (nergens anders gebruikt)"),
    )
    _refuse_bad(new, content)
    written = new_topic.write(new, content, date.today())
    for line in new_topic.next_steps(new, written, terminal.project(), Limits()):
        typer.echo(line)


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _refuse_bad(new: NewTopic, content: Content) -> None:
    from bot.content.new_topic import problems

    found = list(problems(new, content))
    if found:
        terminal.stop(*found)


def nagekeken(
    onderwerp: str = typer.Argument(..., help="de naam van het onderwerp"),
    door: str = typer.Option(..., help="voornaam en achternaam van wie het nakeek"),
) -> None:
    """Schrijf op dat een antwoord is nagekeken: door wie, en dat het vandaag was."""
    from bot.content.reading import read_content
    from bot.content.reviews import NotReviewed, mark_reviewed

    root = terminal.project()
    try:
        file = mark_reviewed(read_content(root)[0], onderwerp, door, date.today())
    except NotReviewed as error:
        terminal.stop(str(error))
    typer.echo(f"{onderwerp}: nagekeken op {date.today().isoformat()} door {door}, in {file.relative_to(root)}.")
    typer.echo("Daarna: python -m bot onderwerpen")


def kalender(
    eigenaar: str = typer.Option("", help="alleen van deze eigenaar; een deel van de naam is genoeg"),
    dagen: Optional[int] = typer.Option(None, help="alleen wat binnen zoveel dagen moet"),
    ics: Optional[Path] = typer.Option(None, "--ics", help="schrijf ook een agendabestand, bijvoorbeeld nakijken.ics"),
) -> None:
    """Welke antwoorden verlopen of nagekeken moeten worden, per eigenaar."""
    from bot.content.reading import read_content
    from bot.content.reviews import by_owner, calendar, due
    from bot.handoff.clock import utc_now

    content, unreadable = read_content(terminal.project())
    for complaint in unreadable:
        typer.echo(f"Niet alles staat hieronder. {complaint.shown(terminal.project())}", err=True)
    items = due(content, date.today(), eigenaar, dagen)
    for owner, theirs in by_owner(items).items():
        typer.echo(f"\n{owner} ({len(theirs)})")
        for item in theirs:
            typer.echo(f"  {item.shown()}")
    if not items:
        typer.echo("Er is niets om na te kijken.")
    if ics:
        ics.write_text(calendar(items, utc_now()), encoding="utf-8", newline="")
        typer.echo(f"\nAgenda: {ics} (antwoorden die nooit zijn nagekeken, hebben geen dag en staan er niet in)")


def add_commands(app: typer.Typer) -> None:
    """Add them to the commands of content staff."""
    for command in (controleer, nieuw, nagekeken, kalender):
        app.command()(command)
