"""The same for the NLU pipeline that ``rasa init`` writes, on the fixed split by writer.

Takes long (the deep-learning classifier trains for a hundred epochs), so it learns from some messages of each topic
only, beside ours on the same ones, and the result is kept in ``.cache/`` until the messages change.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import yaml

from bot.bench.training import measured
from bot.evaluate.comparison import Contender, contend, fixed_split, some
from bot.evaluate.examples import Example
from bot.launch.child import environment, module
from bot.settings import ROOT
from bot.topics import topic_of

PER_TOPIC = 20
"""Messages of each topic to learn from: with all of them it was not done after an hour of processor time."""
CACHE = ROOT / ".cache" / "bench-stock.json"
PIPELINE: list[dict[str, Any]] = [
    {"name": "WhitespaceTokenizer"},
    {"name": "RegexFeaturizer"},
    {"name": "LexicalSyntacticFeaturizer"},
    {"name": "CountVectorsFeaturizer"},
    {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
    {"name": "DIETClassifier", "epochs": 100},
    {"name": "EntitySynonymMapper"},
    {"name": "ResponseSelector", "epochs": 100},
    {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
]
"""As in ``rasa/cli/initial_project/config.yml`` of Rasa 3.6."""


@dataclass(frozen=True)
class Stock:
    """What the stock pipeline costs and brings.

    Attributes:
        seconds: of training, imports included.
        peak: of memory in training, in megabytes.
        memory: when it is loaded, in megabytes.
        size: of the model, in megabytes.
        median: milliseconds for one message, understanding alone.
        p95: milliseconds; one in twenty takes longer.
        rankings: the first three topics for each message of the test half.
    """

    seconds: float
    peak: float
    memory: float
    size: float
    median: float
    p95: float
    rankings: list[list[str]]

    def contender(self, test: Sequence[Example]) -> Contender:
        """Its figures beside the others."""
        return contend("Rasa zoals rasa init het instelt", self.rankings, test)


def known(examples: Sequence[Example], cache: Path = CACHE) -> Stock | None:
    """The result for these messages, when it was measured before."""
    try:
        kept = json.loads(cache.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return Stock(**kept["stock"]) if kept.get("digest") == digest(examples) else None


def measure(examples: Sequence[Example], cache: Path = CACHE) -> Stock:
    """Train and try the stock pipeline; half an hour on two cores.

    Raises:
        RuntimeError: the training failed.
        subprocess.CalledProcessError: the trained model could not be tried.
    """
    train, test = halves(examples)
    with tempfile.TemporaryDirectory(prefix="ouderchat-stock-") as name:
        folder = Path(name)
        _write(folder, train, test)
        seconds, peak = measured(module("bot.bench.stock_child", "train", name))
        tried = subprocess.run(
            module("bot.bench.stock_child", "try", name), cwd=ROOT, env=environment(), check=True, capture_output=True
        )
        stock = Stock(seconds=seconds, peak=peak, **json.loads(tried.stdout.splitlines()[-1]))
    cache.parent.mkdir(exist_ok=True)
    cache.write_text(json.dumps({"digest": digest(examples), "stock": asdict(stock)}), encoding="utf-8")
    return stock


def halves(examples: Sequence[Example]) -> tuple[list[Example], list[Example]]:
    """What both learn from, and all messages of the writers kept apart."""
    train, test = fixed_split(examples)
    return some(train, PER_TOPIC), test


def _write(folder: Path, train: Sequence[Example], test: Sequence[Example]) -> None:
    blocks: dict[str, list[str]] = {}
    for example in train:
        blocks.setdefault(intent(example.label), []).append(f"- {example.text}\n")
    nlu = [{"intent": name, "examples": "".join(lines)} for name, lines in blocks.items()]
    config = {"recipe": "default.v1", "assistant_id": "stock", "language": "nl", "pipeline": PIPELINE}
    for name, content in (("config.yml", config), ("nlu.yml", {"version": "3.1", "nlu": nlu})):
        (folder / name).write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    (folder / "texts.json").write_text(json.dumps([example.text for example in test]), encoding="utf-8")


def intent(topic: str) -> str:
    """One flat intent for each topic: the stock classifier then decides over all of them, as ours does."""
    return topic.replace("/", "__")


def topics(ranking: Sequence[dict[str, Any]]) -> list[str]:
    """The first three topics in the intent ranking of the stock pipeline; its fallback is not a topic."""
    names = [entry["name"] for entry in ranking if entry["name"] != "nlu_fallback"]
    return [topic_of(name) for name in names[:3]]


def digest(examples: Sequence[Example]) -> str:
    """Changes with the messages, the pipeline and the version of Rasa."""
    rows = [[example.text, example.label, example.writer] for example in examples]
    content = json.dumps([rows, PIPELINE, PER_TOPIC, version("rasa")], ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()
