"""``python -m bot.bench``: training, memory, time per message and load, on processes of its own; nothing is left."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import typer

from bot.bench import stock as stock_pipeline
from bot.bench.capacity import of_stock, of_the_house, stock_channel
from bot.bench.load import Load, many, one_by_one
from bot.bench.running import apart, free_ports, house, memories
from bot.bench.training import cores, train
from bot.bench.understanding import sample, understanding
from bot.chat.protocol import allow_many_files
from bot.evaluate.command import Sources
from bot.evaluate.comparison import ours
from bot.evaluate.examples import Example, training_messages
from bot.evaluate.terminal import percent
from bot.launch.child import Child
from bot.nlu.evidence import Evidence, from_knowledge
from bot.nlu.parameters import Parameters, section_of
from bot.settings import Settings

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
SAMPLE, ALONE = 400, 120
"""Messages for understanding alone, and for the whole path with nobody else there."""
FULL_LOAD = 20.0
"""Seconds of full load."""


@dataclass(frozen=True)
class Data:
    """What is trained on.

    Attributes:
        examples: the messages.
        knowledge: facts and terms.
        parameters: of the classifier, as in ``config.yml``.
    """

    examples: Sequence[Example]
    knowledge: Sequence[Evidence]
    parameters: Parameters


@app.command()
def main(
    stock: bool = typer.Option(False, "--stock", help="instead: the configuration that rasa init writes (long)"),
    parents: int = typer.Option(200, help="parents at once"),
    seconds: float = typer.Option(60.0, help="how long they go on"),
) -> None:
    """Measure what the house costs."""
    # Two connections for each parent: many systems start a process with place for 1024.
    allow_many_files()
    sources = Sources()
    examples = training_messages(sources.messages)
    knowledge = from_knowledge(sources.knowledge, {example.label for example in examples})
    data = Data(examples, knowledge, Parameters.of(section_of(sources.config)))
    show("date, cores, messages", f"{time.strftime('%Y-%m-%d')}, {cores()}, {len(examples)}")
    if stock:
        beside_stock(data)
    else:
        whole_house(data, Load(parents=parents, seconds=seconds))


def show(name: str, value: object) -> None:
    """One line of the result."""
    typer.echo(f"{name:34} {value}")


def whole_house(data: Data, load: Load) -> None:
    """Train, start, ask one by one, ask with many at once."""
    texts = sample(data.examples, SAMPLE)
    fitted, alone = understanding(data.examples, data.knowledge, data.parameters, texts)
    show("training, classifier alone", f"{fitted:.1f} s")
    show("understanding alone", alone)
    with apart() as settings:
        trained = train(settings.models_dir)
        show("training, whole assistant", f"{trained.seconds:.1f} s, at most {trained.peak:.0f} MB")
        show("model", f"{trained.size:.1f} MB")
        start = time.perf_counter()
        with house(settings) as children:
            show("start until it answers", f"{time.perf_counter() - start:.1f} s")
            show("message, whole path", asyncio.run(one_by_one(settings.base_url, texts[:ALONE])))
            show_memory(children, "")
            took = asyncio.run(many(settings.base_url, texts, load))
            show(f"{load.parents} parents, {load.seconds:.0f} s", took)
            show_memory(children, " after the load")
            full_load(settings, trained.model, texts)


def full_load(settings: Settings, model: Path, texts: Sequence[str]) -> None:
    """Messages per second: the house, then the same model behind Rasa's REST channel while the house rests."""
    ours = asyncio.run(of_the_house(settings.base_url, texts, FULL_LOAD))
    (port,) = free_ports(1)
    with stock_channel(model, port, settings.actions_port, settings.var_dir / "logs" / "stock.log") as base:
        stock = asyncio.run(of_stock(base, texts, FULL_LOAD))
    show("full load, messages per second", f"{ours:.1f}; Rasa's REST channel alone {stock:.1f}")


def show_memory(children: list[Child], moment: str) -> None:
    """What each process takes."""
    for name, megabytes in memories(children).items():
        show(f"memory, {name}{moment}", f"{megabytes:.0f} MB")


def beside_stock(data: Data) -> None:
    """The stock pipeline and ours on the fixed split by writer."""
    stock = stock_pipeline.known(data.examples)
    if stock is None:
        typer.echo("Training the stock pipeline; half an hour.", err=True)
        stock = stock_pipeline.measure(data.examples)
    learnt, test = stock_pipeline.halves(data.examples)
    show("learnt from, tried on", f"{len(learnt)}, {len(test)} messages")
    show("training", f"{stock.seconds:.0f} s, at most {stock.peak:.0f} MB")
    show("model, memory when loaded", f"{stock.size:.1f} MB, {stock.memory:.0f} MB")
    show("understanding alone", f"median {stock.median:.1f} ms, p95 {stock.p95:.1f} ms")
    for one in (stock.contender(test), ours("De Ouderchat", learnt, test, data.knowledge, data.parameters)):
        show(one.name, f"first right {percent(one.first)}, within three {percent(one.three)}")


if __name__ == "__main__":
    app()
