"""The commands of the product: ``python -m bot --help``."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Optional

import typer

from bot.handoff.account_commands import app as accounts
from bot.inhoud import inhoud

if TYPE_CHECKING:
    from bot.ask import Timed
    from bot.nlu.model import TopicModel

app = typer.Typer(no_args_is_help=True, add_completion=False, help="The Ouderchat.", pretty_exceptions_enable=False)
app.add_typer(accounts, name="account")
app.add_typer(inhoud, name="inhoud")


@app.command()
def run() -> None:
    """Start door, assistant and actions, and keep them running."""
    from bot import launch

    launch.main()


@app.command()
def train() -> None:
    """Train a model on data/, knowledge/, domain.yml and config.yml."""
    from bot.chat.assistant import quiet_logging
    from bot.launch.training import fingerprint, remember
    from bot.settings import get_settings
    from bot.training import train as train_model

    quiet_logging()
    settings = get_settings()
    digest = fingerprint(settings)  # of the data as they are now: a change during the training counts for the next
    typer.echo(f"Model: {train_model(settings.models_dir)}")
    remember(settings, digest)


@app.command()
def onderwerpen() -> None:
    """Write docs/onderwerpen.md: each topic with source, owner and review."""
    from bot.content.check import refresh_overview
    from bot.settings import ROOT

    raise typer.Exit(1 if refresh_overview(ROOT, typer.echo) else 0)


@app.command()
def ask(
    text: Optional[str] = typer.Argument(None, help="one message, as a parent would type it"),
    jsonl: bool = typer.Option(False, "--jsonl", help="read one JSON object per line from standard input"),
    waarom: bool = typer.Option(False, "--waarom", help="why this topic: thresholds, words, the nearest messages"),
    model: Optional[Path] = typer.Option(None, help="a trained model; without it the newest in models/"),
) -> None:
    """One message, or many with --jsonl: reply, topic, decision, confidence. Nothing is sent."""
    if jsonl == (text is not None):
        sys.exit('Give one message, or --jsonl with lines on standard input: python -m bot ask "wat is een tlv"')
    from bot.chat.assistant import quiet_logging

    quiet_logging()
    asyncio.run(_ask(text, model, waarom))


async def _ask(text: str | None, model: Path | None, with_why: bool) -> None:
    from bot.ask import Said, answer_lines, local_asker
    from bot.chat.local import LocalAssistant
    from bot.settings import get_settings
    from bot.training import newest_model

    path = model or newest_model(get_settings().models_dir)
    if path is None or not path.exists():
        sys.exit(f"No trained model at {path or get_settings().models_dir}; run: make train")
    assistant = await LocalAssistant.load(path)
    with local_asker(assistant) as asker:
        if text is None:
            async for answer in answer_lines(asker, sys.stdin):
                print(json.dumps(answer, ensure_ascii=False), flush=True)
            return
        _show((await asker.converse([Said(text)]))[0])
        if with_why:
            _show_why(text, assistant.topic_model)


def _show_why(text: str, model: TopicModel) -> None:
    from bot.evaluate import command
    from bot.nlu.evidence import Evidence
    from bot.nlu.why import why

    learnt = command.prepare(command.Sources(), command.Options(), lambda line: None)
    messages = [Evidence(example.text, example.label, "bericht") for example in learnt.examples]
    typer.echo()
    for line in why(text, model, [*messages, *learnt.knowledge]).lines():
        typer.echo(line)


def _show(timed: Timed) -> None:
    turn = timed.turn
    for message in turn.reply:
        typer.echo(message.text + "\n")
        for button in message.buttons:
            typer.echo(f"  [{button.title}]")
    typer.echo(f"\nbesluit: {turn.decision}   onderwerp: {', '.join(turn.topics or turn.options) or '-'}")
    typer.echo(f"zekerheid: {turn.confidence:.2f}   tijd: {timed.ms:.1f} ms")
    for topic, probability in turn.ranking[:5]:
        typer.echo(f"  {probability:.2f}  {topic}")


@app.command()
def evaluate(
    folder: Optional[Path] = typer.Option(None, help="write pictures and a page there, such as docs/evaluatie"),
    curve: bool = typer.Option(True, help="with the learning curve"),
    random: bool = typer.Option(False, "--random", help="also random folds, to compare with rasa test nlu"),
    jobs: int = typer.Option(2, help="processes side by side"),
) -> None:
    """How well it understands: cross-validation by writer, messages kept apart, danger, other ways beside it."""
    from bot.evaluate import command, report, terminal

    options = command.Options(curve, random, jobs)
    typed = "python -m bot " + " ".join(sys.argv[1:])
    figures = command.prepare(command.Sources(), options, lambda line: typer.echo(line, err=True)).report(typed)
    for line in terminal.lines(figures):
        typer.echo(line)
    if folder:
        typer.echo(f"\n{report.write(figures, folder)}")


@app.command()
def drempels(
    schrijf: bool = typer.Option(False, "--schrijf", help="write the cheapest thresholds into config.yml"),
    jobs: int = typer.Option(2, help="processes side by side"),
) -> None:
    """Choose the thresholds of the decision by the costs in config.yml, on messages of writers not learnt from."""
    from bot.evaluate import command, thresholds

    sources = command.Sources()
    evaluation = command.prepare(sources, command.Options(jobs=jobs), lambda line: typer.echo(line, err=True))
    pricing = thresholds.Pricing(evaluation.by_writer(), thresholds.Costs.of(evaluation.section))
    now = evaluation.parameters.thresholds
    best = pricing.best(now.danger)
    for line in thresholds.lines(pricing.price(now), best):
        typer.echo(line)
    if schrijf:
        thresholds.write(sources.config, best.thresholds)
        typer.echo(f"\n{sources.config}: make train")


@app.command()
def duo(
    files: list[Path] = typer.Argument(..., help="official DUO files: schools (bo, vo, sbo/so/vso), lists of boards"),
    schrijf: bool = typer.Option(False, "--schrijf", help="write knowledge/scholen.csv and besturen.csv"),
    jaar: Optional[int] = typer.Option(None, help="the year of the files; without it this year"),
) -> None:
    """Show what the official DUO files would change in knowledge/scholen.csv; what was added by hand stays."""
    from bot.handoff.clock import local, utc_now
    from bot.knowledge.duo.command import import_files
    from bot.settings import get_settings

    year = jaar or local(utc_now()).year
    done = import_files(files, get_settings().knowledge_dir, year, schrijf, typer.echo)
    raise typer.Exit(0 if done else 1)


if __name__ == "__main__":
    app()
