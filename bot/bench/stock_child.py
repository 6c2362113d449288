"""Trains and tries the stock pipeline in a process of its own, so that its time and memory are its own."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from pathlib import Path

from bot.bench.processes import memory
from bot.bench.stock import topics
from bot.bench.times import times_of
from bot.bench.training import MEGABYTE
from bot.chat.assistant import quiet_logging

TIMED = 300
"""Messages that are timed one by one."""


def train(folder: Path) -> None:
    """Train on ``nlu.yml`` with ``config.yml``."""
    from rasa.model_training import train_nlu

    model = train_nlu(str(folder / "config.yml"), str(folder / "nlu.yml"), str(folder), fixed_model_name="stock")
    if model is None:
        sys.exit("no model")


def attempt(folder: Path) -> None:
    """Read every message and print what came of it as one line of JSON."""
    from rasa.core.agent import Agent

    texts = json.loads((folder / "texts.json").read_text(encoding="utf-8"))
    agent = Agent.load(folder / "stock.tar.gz")
    rankings, took = asyncio.run(_read(agent, texts))
    times = times_of(took[:TIMED])
    print(
        json.dumps(
            {
                "rankings": rankings,
                "median": times.median,
                "p95": times.p95,
                "memory": memory(os.getpgid(0)),
                "size": (folder / "stock.tar.gz").stat().st_size / MEGABYTE,
            }
        )
    )


async def _read(agent: object, texts: list[str]) -> tuple[list[list[str]], list[float]]:
    rankings, took = [], []
    for text in texts:
        start = time.perf_counter()
        parsed = await agent.parse_message(text)  # type: ignore[attr-defined]
        took.append(time.perf_counter() - start)
        rankings.append(topics(parsed["intent_ranking"]))
    return rankings, took


if __name__ == "__main__":
    quiet_logging()
    {"train": train, "try": attempt}[sys.argv[1]](Path(sys.argv[2]))
