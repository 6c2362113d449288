"""Whether the model still belongs to the data, and training when it does not."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from bot.launch.checks import NotReady, check_folders
from bot.launch.child import Child, end_all, module
from bot.launch.console import Console
from bot.launch.signals import Stop
from bot.nlu import language_model
from bot.nlu.language_package import LanguageModelError
from bot.settings import ROOT, Settings, get_settings
from bot.training import RECORD, newest_model

MODELS_KEPT = 3
_DATA = {".yml", ".yaml", ".csv", ".json", ".txt"}


class TrainingFailed(Exception):
    """There is no model of the present data; the message is for the operator."""


def fingerprint(settings: Settings, root: Path = ROOT) -> str:
    """Hash over all that a model is made of: data, knowledge, configuration, our components, and their libraries."""
    digest = hashlib.sha256()
    for path in _sources(root, settings.knowledge_dir):
        digest.update(f"{path.relative_to(root) if path.is_relative_to(root) else path.name}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    libraries = [f"{name} {version(name)}" for name in ("rasa", "scikit-learn", "spacy")]
    digest.update("\0".join([*libraries, language_model.current(settings.language_models_dir).id]).encode())
    return digest.hexdigest()


def _sources(root: Path, knowledge: Path) -> Iterator[Path]:
    yield from (path for path in (root / "config.yml", root / "domain.yml") if path.exists())
    yield from sorted((root / "bot" / "nlu").glob("*.py"))
    for folder in (root / "data", knowledge):
        yield from sorted(path for path in folder.rglob("*") if path.suffix in _DATA)


def _mark(models: Path) -> tuple[str, int] | None:
    model = newest_model(models)
    return (model.name, model.stat().st_mtime_ns) if model else None


def is_current(settings: Settings, digest: str) -> bool:
    """Whether the newest model was trained on what ``digest`` stands for."""
    model = newest_model(settings.models_dir)
    try:
        record = json.loads((settings.models_dir / RECORD).read_text())
    except (OSError, ValueError):
        return False
    return model is not None and record == {"model": model.name, "fingerprint": digest}


def remember(settings: Settings, digest: str) -> None:
    """Keep beside the newest model what it was trained on; ``digest`` is from before the training began."""
    model = newest_model(settings.models_dir)
    if model is None:
        raise TrainingFailed(f"the training left no model in {settings.models_dir}")
    temporary = settings.models_dir / f".{RECORD}"
    temporary.write_text(json.dumps({"model": model.name, "fingerprint": digest}))
    temporary.replace(settings.models_dir / RECORD)
    _forget_old(settings.models_dir)


def _forget_old(models: Path) -> None:
    # Some are kept to go back to; each is some tens of MB. Models with a name of their own are not ours to remove.
    ours = sorted(models.glob("ouderchat-*.tar.gz"), key=lambda path: path.stat().st_mtime)
    for path in ours[:-MODELS_KEPT]:
        path.unlink(missing_ok=True)


def train_if_needed(
    settings: Settings,
    console: Console,
    stop: Stop,
    root: Path = ROOT,
    command: tuple[str, ...] = module("bot", "train"),
) -> None:
    """Train in a child process when the data changed since the newest model.

    Raises:
        TrainingFailed: with the last lines of its log.
    """
    digest = fingerprint(settings, root)
    if is_current(settings, digest):
        return
    before = _mark(settings.models_dir)
    child = Child("training", command, settings.var_dir / "logs" / "train.log", root)
    _run(child, console, stop)
    if stop.asked:
        return
    if child.ended() != 0 or _mark(settings.models_dir) == before:
        raise TrainingFailed("\n".join([f"the training failed; the end of {child.log}:", *child.last_lines()]))
    remember(settings, digest)


def _run(child: Child, console: Console, stop: Stop) -> None:
    child.rotate()
    counter = console.counter("Training the model on the present data")
    child.start()
    try:
        while child.running() and not stop.asked:
            stop.sleep(0.1)
            counter.tick()
    finally:
        end_all([child], hurry=lambda: stop.times > 1)
    if not stop.asked and child.ended() == 0:
        console.line(f"Trained in {counter.seconds:.0f} s")


def main() -> int:
    """Train when the data changed since the newest model; 1 when that failed or was stopped."""
    settings, console, stop = get_settings(), Console(), Stop()
    try:
        check_folders((settings.var_dir, settings.models_dir))
        with stop.listening():
            train_if_needed(settings, console, stop)
    except (NotReady, TrainingFailed, LanguageModelError) as error:
        console.line(f"error: {error}")
        return 1
    return int(stop.asked)


if __name__ == "__main__":
    raise SystemExit(main())
