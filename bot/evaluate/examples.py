"""Messages with the topic they are about: those that train the model, and those kept apart to measure it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.topics import OUT_OF_SCOPE, topic_of

STYLES = (("kort (tot 6 woorden)", 6), ("gewoon (tot 25 woorden)", 25), ("lang (meer)", 100_000))
"""Styles of messages whose file names none: by their length in words."""


@dataclass(frozen=True)
class Example:
    """One message.

    Attributes:
        text: as a parent would type it.
        label: the id of its topic.
        accepted: the topics that are right, ``label`` among them.
        writer: who wrote it; writers are never on both sides of a split.
        style: as its file says, or by its length.
    """

    text: str
    label: str
    accepted: frozenset[str]
    writer: str
    style: str

    @property
    def theme(self) -> str:
        """The part of the label before the slash."""
        return self.label.split("/")[0]


def training_messages(folder: Path) -> list[Example]:
    """The messages in ``data/nlu``, in the order of the files.

    Raises:
        ValueError: a block of messages without a writer.
    """
    return [example for path in sorted(folder.glob("*.yml")) for example in _theme(path)]


def validation(path: Path) -> list[Example]:
    """``validatie.jsonl``: messages that no model has learnt from; empty when there is no such file."""
    return [_example(row["text"], row["label"], "validatie", row) for row in _rows([path])]


def out_of_scope(folder: Path) -> list[Example]:
    """``buiten_bereik_*.jsonl`` in ``folder``: messages that are not about the field, by writers of their own."""
    return [
        _example(row["text"], OUT_OF_SCOPE, row["writer"], row) for row in _rows(folder.glob("buiten_bereik_*.jsonl"))
    ]


def writers(examples: Iterable[Example]) -> list[str]:
    """The writers, each once, in alphabetical order."""
    return sorted({example.writer for example in examples})


def length_style(text: str) -> str:
    """The style of a message of which only the length is known."""
    words = len(text.split())
    return next(name for name, most in STYLES if words <= most)


def split(examples: Sequence[Example], held_out: Iterable[str]) -> tuple[list[Example], list[Example]]:
    """The messages of all other writers, and those of ``held_out``."""
    apart = set(held_out)
    return [one for one in examples if one.writer not in apart], [one for one in examples if one.writer in apart]


def _theme(path: Path) -> Iterator[Example]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    content = yaml.load(path.read_text(encoding="utf-8"), loader)
    for block in content.get("nlu") or ():
        topic = topic_of(block.get("intent", ""))
        writer = (block.get("metadata") or {}).get("schrijver")
        if not writer:
            raise ValueError(f"{path}: messages of {topic or 'an unknown topic'} without `schrijver`")
        for text in _lines(block["examples"]):
            yield _example(text, topic, writer, {})


def _lines(block: str) -> Iterator[str]:
    yield from (line.strip()[2:].strip() for line in block.splitlines() if line.strip().startswith("- "))


def _rows(paths: Iterable[Path]) -> Iterator[dict[str, Any]]:
    for path in sorted(paths):
        if path.exists():
            yield from (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())


def _example(text: str, label: str, writer: str, row: dict[str, Any]) -> Example:
    accepted = frozenset([label, *row.get("also_ok", ())])
    return Example(text, label, accepted, writer, row.get("style") or length_style(text))
