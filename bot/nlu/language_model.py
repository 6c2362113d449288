"""Which Dutch language model this installation runs, and loading it.

Two can serve: ``nl_core_news_sm``, once :mod:`bot.nlu.language_package` unpacked it, and else the embedded default, an
empty Dutch pipeline with the lemmas of spacy-lookups-data. They tokenise and lemmatise differently, so a model of
the assistant belongs to the one that it was trained with. ``python -m bot.nlu.language_model`` gets the package.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.nlu import language_package
from bot.nlu.language_package import NAME, SOURCE_VARIABLE, VERSION, LanguageModelError, Unreachable
from bot.settings import get_settings

if TYPE_CHECKING:
    from spacy.language import Language

DEFAULT_NAME = "nl_blank_lookups"


@dataclass(frozen=True)
class LanguageModel:
    """A Dutch language model that is here.

    Attributes:
        name: of the spaCy package, or ``nl_blank_lookups`` for the embedded default.
        version: of the package; for the default those of spaCy and of its lookups.
        path: the unpacked package; None for the default.
    """

    name: str
    version: str
    path: Path | None = None

    @property
    def id(self) -> str:
        """Name and version: what a model of the assistant is trained with."""
        return f"{self.name} {self.version}"


def current(directory: Path | None = None) -> LanguageModel:
    """The language model that runs here: the package unpacked in ``directory`` (default: the setting), or the default.

    Raises:
        LanguageModelError: the unpacked package was damaged after it was unpacked.
    """
    path = language_package.folder(directory or get_settings().language_models_dir)
    if not path.exists():
        return LanguageModel(DEFAULT_NAME, f"{version('spacy')}+{version('spacy-lookups-data')}")
    try:
        meta = json.loads((path / "meta.json").read_text("utf-8"))
        return LanguageModel(f"{meta['lang']}_{meta['name']}", meta["version"], path)
    except (OSError, ValueError, KeyError) as error:
        raise LanguageModelError(f"{path} is damaged ({error}): remove it and run make setup") from error


def describe(model: LanguageModel) -> str:
    """One line: which language model runs, and how to get the other."""
    if model.path:
        return f"Dutch language model: {model.id} (for the embedded default: remove {model.path})"
    return (
        f"Dutch language model: the embedded default ({model.id}); for {NAME} {VERSION}: "
        f"make model, or {SOURCE_VARIABLE}=<its .whl file> make model"
    )


@lru_cache(maxsize=2)
def load(model: LanguageModel) -> Language:
    """The spaCy pipeline of ``model``, with no more than what tokens and lemmas need."""
    # Here, since importing spaCy imports TensorFlow where that is installed: seconds that the launcher does not have.
    import spacy

    if model.path:
        return spacy.load(model.path, exclude=unneeded_pipes(_config(model.path)))
    nlp = spacy.blank("nl")
    nlp.add_pipe("lemmatizer", config={"mode": "lookup"})
    nlp.initialize()
    return nlp


def unneeded_pipes(config: dict[str, Any]) -> list[str]:
    """The pipes in a spaCy ``config`` that the lemmatizer does not depend on: they cost time and give us nothing.

    ``nl_core_news_sm`` has a trainable lemmatizer, which needs the shared ``tok2vec`` and no tags; a lemmatizer by
    rules needs the part of speech and so what makes it. On a pipeline of that shape this halves the time per message.
    """
    components = config["components"]
    lemmatizer = components.get("lemmatizer", {})
    needed = {"lemmatizer"}
    if lemmatizer.get("factory") == "lemmatizer" and lemmatizer.get("mode") == "rule":
        needed |= {"tagger", "morphologizer", "attribute_ruler"}
    if any("Tok2VecListener" in json.dumps(components[name]) for name in needed if name in components):
        needed.add("tok2vec")
    return [name for name in config["nlp"]["pipeline"] if name not in needed]


def _config(path: Path) -> dict[str, Any]:
    from spacy.util import load_config

    config: dict[str, Any] = load_config(path / "config.cfg")
    return config


def main() -> int:
    """Get the package when it is not here; 1 with one line when it is damaged, or was given and cannot be had."""
    directory = get_settings().language_models_dir
    given = os.environ.get(SOURCE_VARIABLE, "")
    try:
        _get(directory, given)
        sys.stdout.write(describe(current(directory)) + "\n")
    except LanguageModelError as error:
        sys.stderr.write(f"error: {error}\n")
        return 1
    return 0


def _get(directory: Path, given: str) -> None:
    try:
        language_package.install(directory, given, _show)
    except Unreachable as error:
        if given:
            raise
        sys.stdout.write(f"{NAME} {VERSION} is not to be had: {error}\n")


def _show(received: int, total: int) -> None:
    if sys.stdout.isatty():
        end = "\n" if received == total else ""
        sys.stdout.write(f"\rDutch language model: {received / 1e6:.1f} of {total / 1e6:.1f} MB{end}")
        sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
