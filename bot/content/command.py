"""``python -m bot inhoud ...``: what content staff type. Told in Dutch; a mistake of the user is no traceback."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, Optional

import typer

from bot.settings import ROOT

if TYPE_CHECKING:
    from bot.publish.difference import Difference

inhoud = typer.Typer(
    no_args_is_help=True, help="Antwoorden en onderwerpen: maken, controleren, vergelijken, publiceren."
)


def _stop(*lines: str) -> NoReturn:
    for line in lines:
        typer.echo(line, err=True)
    raise typer.Exit(1)


@inhoud.callback()
def quiet() -> None:
    """Antwoorden en onderwerpen: maken, controleren, vergelijken, publiceren."""
    # Before anything imports it: TensorFlow tells of its processor on standard error.
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")


def project() -> Path:
    """The folder that is worked in; tests put a copy in its place."""
    return ROOT


@inhoud.command()
def controleer(
    rasa: bool = typer.Option(True, help="ook de controle door Rasa, die een halve minuut duurt"),
    streng: bool = typer.Option(False, "--streng", help="adviezen tellen mee als fouten, zoals bij publiceren"),
) -> None:
    """Zoek fouten in antwoorden, berichten, kennis en testgesprekken; met bestand, regel en wat u kunt doen."""
    from bot.content import check

    raise typer.Exit(1 if check.check(project(), typer.echo, with_rasa=rasa, strict=streng) else 0)


@inhoud.command()
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

    content, complaints = read_content(project())
    if complaints:
        _stop("Er zijn nog fouten in de bestanden. Verbeter die eerst: python -m bot inhoud controleer --no-rasa")
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
        follow_ups=tuple(
            part.strip()
            for part in answer(vervolg, "Naar welke onderwerpen gaat het verder").split(",")
            if part.strip()
        ),
        answer=antwoord.replace("\\n", "\n"),
        plain=eenvoudig.replace("\\n", "\n"),
        messages=tuple(bericht),
        writer=schrijver,
        test=answer(toetsvraag, "Een vraag voor het testgesprek (nergens anders gebruikt)"),
    )
    _refuse_bad(new, content)
    written = new_topic.write(new, content, date.today())
    for line in new_topic.next_steps(new, written, project(), Limits()):
        typer.echo(line)


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _refuse_bad(new: object, content: object) -> None:
    from bot.content.model import Content
    from bot.content.new_topic import NewTopic, problems

    assert isinstance(new, NewTopic) and isinstance(content, Content)
    found = list(problems(new, content))
    if found:
        _stop(*found)


@inhoud.command()
def nagekeken(
    onderwerp: str = typer.Argument(..., help="de naam van het onderwerp"),
    door: str = typer.Option(..., help="voornaam en achternaam van wie het nakeek"),
) -> None:
    """Schrijf op dat een antwoord is nagekeken: door wie, en dat het vandaag was."""
    from bot.content.reading import read_content
    from bot.content.reviews import NotReviewed, mark_reviewed

    try:
        file = mark_reviewed(read_content(project())[0], onderwerp, door, date.today())
    except NotReviewed as error:
        _stop(str(error))
    typer.echo(f"{onderwerp}: nagekeken op {date.today().isoformat()} door {door}, in {file.relative_to(project())}.")
    typer.echo("Daarna: python -m bot onderwerpen")


@inhoud.command()
def kalender(
    eigenaar: str = typer.Option("", help="alleen van deze eigenaar; een deel van de naam is genoeg"),
    dagen: Optional[int] = typer.Option(None, help="alleen wat binnen zoveel dagen moet"),
    ics: Optional[Path] = typer.Option(None, "--ics", help="schrijf ook een agendabestand, bijvoorbeeld nakijken.ics"),
) -> None:
    """Welke antwoorden verlopen of nagekeken moeten worden, per eigenaar."""
    from bot.content.reading import read_content
    from bot.content.reviews import by_owner, calendar, due
    from bot.handoff.clock import utc_now

    items = due(read_content(project())[0], date.today(), eigenaar, dagen)
    for owner, theirs in by_owner(items).items():
        typer.echo(f"\n{owner} ({len(theirs)})")
        for item in theirs:
            typer.echo(f"  {item.shown()}")
    if not items:
        typer.echo("Er is niets om na te kijken.")
    if ics:
        ics.write_text(calendar(items, utc_now()), encoding="utf-8", newline="")
        typer.echo(f"\nAgenda: {ics} (antwoorden die nooit zijn nagekeken, hebben geen dag en staan er niet in)")


@inhoud.command()
def verschil(
    html: Optional[Path] = typer.Option(None, "--html", help="waar de pagina komt; anders var/verschil.html"),
) -> None:
    """Wat uw wijziging doet met de opgeslagen vragen: beter, slechter of anders dan wat nu gepubliceerd is."""
    from bot.publish.publish import Stopped

    try:
        _difference(html)
    except Stopped as error:
        _stop(str(error))


def _difference(html: Optional[Path]) -> Difference:
    """Compare, tell, and write the page."""
    from bot.publish.pages import difference_lines, difference_page
    from bot.publish.publications import Publications
    from bot.publish.publish import compared
    from bot.settings import get_settings

    settings = get_settings()
    active = Publications(settings).active()
    found = compared(project(), settings, typer.echo)
    for line in difference_lines(found):
        typer.echo(line)
    name = f"publicatie {active.number}" if active else "het laatst getrainde model"
    file = difference_page(
        found, html or settings.var_dir / "verschil.html", name, f"Gemaakt op {date.today().isoformat()}"
    )
    typer.echo(f"Alles met de teksten erbij: {file}")
    return found


@inhoud.command()
def voorbeeld(
    poort: int = typer.Option(8081, help="de poort van de chat op uw eigen machine"),
) -> None:
    """De chat op uw eigen machine, met de inhoud in de map; leest opnieuw zodra u een bestand opslaat."""
    from bot.publish.preview import NoPreview, serve

    try:
        serve(project(), poort, typer.echo)
    except NoPreview as error:
        _stop(str(error))


@inhoud.command()
def publiceer(
    boodschap: str = typer.Option("", help="wat er anders is, in een paar woorden"),
    door: str = typer.Option("", help="wie publiceert; anders de naam waarmee u bent ingelogd"),
    ja: bool = typer.Option(False, "--ja", help="vraag niets; stopt als een vraag slechter gaat"),
    ook_slechter: bool = typer.Option(False, "--ook-slechter", help="met --ja: ga door als een vraag slechter gaat"),
    vergelijk: bool = typer.Option(True, "--vergelijk/--niet-vergelijken", help="met het verschil"),
    rasa: bool = typer.Option(True, help="ook de controle door Rasa"),
) -> None:
    """Zet de inhoud online: controle, verschil, trainen, tien vragen, en dan neemt de nieuwe assistent het over."""
    from bot.publish.publish import Order, Stopped, publish
    from bot.settings import get_settings

    def agree(found: Difference) -> bool:
        worse = found.count("slechter")
        if ja:
            return ook_slechter or not worse
        return typer.confirm(
            f"{worse} beurten gaan slechter. Publiceren?" if worse else "Publiceren?", default=not worse
        )

    compare = (lambda: _difference(None)) if vergelijk else None
    try:
        made = publish(Order(project(), door, boodschap, compare, agree, with_rasa=rasa), get_settings(), typer.echo)
    except Stopped as error:
        _stop(str(error))
    typer.echo(f"Gepubliceerd: {made.shown()}")
    typer.echo("Terug kan met: python -m bot inhoud terug")


@inhoud.command()
def terug(
    nummer: Optional[int] = typer.Argument(None, help="het nummer van een publicatie; anders de vorige"),
) -> None:
    """Ga terug naar een eerdere publicatie."""
    from bot.publish.publish import Stopped, go_back
    from bot.settings import get_settings

    try:
        made = go_back(get_settings(), nummer, typer.echo)
    except Stopped as error:
        _stop(str(error))
    typer.echo(f"In gebruik: {made.shown()}")


@inhoud.command()
def publicaties() -> None:
    """De publicaties die er zijn, en welke in gebruik is."""
    from bot.publish.publications import Publications
    from bot.settings import get_settings

    made = Publications(get_settings())
    active = made.active()
    for one in made.all():
        typer.echo(f"{'*' if active and one.number == active.number else ' '} {one.shown()}")
    typer.echo("* is in gebruik" if active else "In gebruik is de map zelf: er is nog niets gepubliceerd.")


@inhoud.command()
def onbegrepen(
    dagen: int = typer.Option(7, help="over hoeveel dagen, tot en met gisteren"),
) -> None:
    """Het weekrapport: vragen die de chat niet goed begreep, gegroepeerd, met wat u kunt doen."""
    from bot.report.weekly import make_unclear
    from bot.settings import get_settings

    for line in make_unclear(project(), get_settings(), dagen):
        typer.echo(line)


@inhoud.command()
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
        _stop("Er is nog geen weekrapport. Typ: python -m bot inhoud onbegrepen")
    content = read_content(project())[0]
    try:
        done = carry_out(read_choices(keuzes, report, content), report, content, date.today())
    except BadChoice as error:
        _stop(str(error))
    for line in [*done, "Daarna: python -m bot inhoud controleer"]:
        typer.echo(line)


@inhoud.command()
def cijfers(
    weken: int = typer.Option(4, help="over hoeveel hele weken"),
    csv: Optional[Path] = typer.Option(None, "--csv", help="schrijf ook een bestand voor een rekenblad"),
) -> None:
    """Cijfers per week, met grafieken; een aantal onder de vijf wordt niet genoemd."""
    from bot.report.weekly import make_figures
    from bot.settings import get_settings

    for line in make_figures(get_settings(), weken, csv):
        typer.echo(line)
