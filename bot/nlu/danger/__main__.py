"""``python -m bot.nlu.danger train`` and ``python -m bot.nlu.danger measure``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import typer

from bot.nlu.danger import corpus, protect
from bot.nlu.danger.corpus import Example
from bot.nlu.danger.detector import FOLDER, MODEL, PATTERNS, PROTECTED, Detector
from bot.nlu.danger.measure import Verdict, report
from bot.nlu.danger.patterns import Patterns

app = typer.Typer(add_completion=False, help="De detector van acute nood: leren en meten.")


@app.command()
def train(folder: Path = typer.Option(FOLDER, help="map van patterns.yml; model.json komt er ook")) -> None:
    """Leert het model opnieuw en werkt de lijst met bestaande woorden bij."""
    from bot.nlu.danger import training

    examples = corpus.own() + corpus.topics()
    words = protect.protected_words(Patterns.read(folder / PATTERNS), examples)
    protect.write(words, folder / PROTECTED)
    patterns = Patterns.read(folder / PATTERNS, words)
    learner = training.Learner(examples, patterns)
    crossed = learner.cross_validate()
    model = learner.finish(crossed, training.Costs.read())
    model.write(folder / MODEL)
    limits = f"drempel {model.threshold}, twijfel {model.doubt}"
    typer.echo(f"{len(examples)} berichten, {len(model.weights)} kenmerken, {limits}, {len(words)} woorden")


@app.command()
def measure(
    cross: bool = typer.Option(False, help="ook de leerberichten, telkens met een model dat de schrijver niet kent"),
    texts: bool = typer.Option(True, help="toon wat gemist werd en wat vals alarm was"),
) -> None:
    """Drukt af hoeveel nood gezien wordt en hoeveel vals alarm er is, met 95%-intervallen (Wilson).

    Wie de detector verbetert, gebruikt --no-texts: een apart gehouden bericht dat gelezen is, is niet meer apart.
    """
    held_out, detector = corpus.held_out(), Detector.load()
    if held_out:
        _echo(report([Verdict(example, detector.check(example.text)) for example in held_out], "apart gehouden", texts))
    else:
        typer.echo("Er zijn nog geen apart gehouden berichten (tests/nlu/danger/heldout_*.jsonl).")
    if cross:
        _echo(report(list(_crossed(corpus.own() + corpus.topics())), "kruisvalidatie per schrijver", texts))


def _crossed(examples: Sequence[Example]) -> Iterator[Verdict]:
    from bot.nlu.danger import training

    patterns = Detector.load().patterns
    crossed = training.fresh(training.Learner(examples, patterns).cross_validate(), patterns)
    weighed = training.Weighed.learn(crossed, training.Costs.read())
    yield from (Verdict(one.example, weighed.danger(one)) for one in crossed)


def _echo(lines: Iterator[str]) -> None:
    for line in lines:
        typer.echo(line)


if __name__ == "__main__":
    app()
