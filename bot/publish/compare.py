"""Holding the changed content against the published one, with the saved questions."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.ask import local_asker
from bot.chat.local import LocalAssistant
from bot.evaluate.examples import training_messages
from bot.nlu.evidence import from_knowledge
from bot.nlu.model import TopicModel
from bot.nlu.parameters import section_of
from bot.publish.changed import Changed, put_in, topic_model
from bot.publish.difference import Difference, Outcome, difference, from_json, outcomes, to_json
from bot.publish.publications import Publications
from bot.publish.questions import Saved, saved_questions
from bot.publish.responses import responses_of
from bot.settings import ROOT, Settings, get_settings
from bot.topics import load_topics
from bot.training import newest_model, version_of

Say = Callable[[str], None]
CACHE = Path(".cache") / "inhoud"


class NothingPublished(Exception):
    """There is no model to compare with; the message is Dutch."""


@dataclass(frozen=True)
class Published:
    """What parents get now: a model, and the folder with data and knowledge that belongs to it.

    Attributes:
        name: as it is told.
        model: the archive.
        root: the folder.
        content: the first signs of the fingerprint of what the model was trained on; empty when nobody knows.
    """

    name: str
    model: Path
    root: Path
    content: str = ""


def published(settings: Settings, root: Path) -> Published:
    """The publication in use; without one the newest model.

    Raises:
        NothingPublished: no model at all.
    """
    publications = Publications(settings)
    active = publications.active()
    if active is not None:
        return Published(
            f"publicatie {active.number}", publications.model_of(active), publications.path(active), active.content
        )
    model = newest_model(settings.models_dir)
    if model is None:
        raise NothingPublished("Er is nog geen model om mee te vergelijken. Typ eerst: make train")
    return Published(f"model {model.name}", model, root, version_of(settings, model)["inhoud"])


async def compare(root: Path, before: Published, say: Say, asked: Sequence[str] = ()) -> Difference:
    """Ask both the saved questions, and those that were really ``asked``.

    The topic model of the changed content is kept in ``.cache``, as are the answers of the published one: a second time
    nothing is learnt or asked again that did not change.
    """
    topics = load_topics(root / "knowledge")
    questions = saved_questions(root, topics, asked)
    say(f"{len(questions)} opgeslagen vragen en gesprekken, waarvan {len(asked)} uit de chat.")
    old = await _before(root, before, questions, say)
    say("De inhoud in de map:")
    with knowledge_of(root):
        assistant = await LocalAssistant.load(before.model)
        put_in(assistant.agent, Changed(responses_of(root), learnt(root, say), topics))
        new = await _asked(assistant, questions, say)
    return difference(questions, old, new)


async def _before(root: Path, before: Published, questions: Sequence[Saved], say: Say) -> list[Outcome]:
    key = _digest(before.model.read_bytes(), repr(questions), *_files(before.root / "knowledge"))
    file = root / CACHE / f"voor-{key}.json"
    if file.exists():
        return from_json(file.read_text(encoding="utf-8"))
    say(f"Wat nu gepubliceerd is ({before.name}):")
    with knowledge_of(before.root):
        found = await _asked(await LocalAssistant.load(before.model), questions, say)
    _keep(file, to_json(found).encode())
    return found


async def _asked(assistant: LocalAssistant, questions: Sequence[Saved], say: Say) -> list[Outcome]:
    def progress(at: int, of: int) -> None:
        if at % 100 == 0 or at == of:
            say(f"  {at} van {of}")

    with local_asker(assistant) as asker:
        return await outcomes(asker, questions, progress)


def learnt(root: Path, say: Say = lambda line: None) -> TopicModel:
    """The topic model of a folder; from ``.cache`` when nothing changed that it learns from."""
    file = root / CACHE / f"onderwerpen-{evidence_digest(root)}.joblib"
    if file.exists():
        return TopicModel.load(file)
    say("  leert de berichten en de kennis ...")
    model = topic_model(root)
    aside = file.with_suffix(f".{os.getpid()}")
    file.parent.mkdir(parents=True, exist_ok=True)
    model.save(aside)
    aside.replace(file)
    _forget(file)
    return model


def evidence_digest(root: Path) -> str:
    """Changes with all that chooses a topic: messages, facts, terms, buttons, and the model with its settings."""
    examples = training_messages(root / "data" / "nlu")
    knowledge = from_knowledge(root / "knowledge", {example.label for example in examples})
    parts = [f"{example.text}\t{example.label}" for example in examples]
    parts += [f"{item.text}\t{item.topic}\t{item.kind}" for item in knowledge]
    code = [file.read_bytes() for file in sorted((ROOT / "bot" / "nlu").glob("*.py"))]
    return _digest("\n".join(parts), repr(section_of(root / "config.yml")), *code)


@contextmanager
def knowledge_of(root: Path) -> Iterator[None]:
    """Let everything in this process read the knowledge of a folder, as the processes of the service do."""
    name, before = "OUDERCHAT_KNOWLEDGE_DIR", os.environ.get("OUDERCHAT_KNOWLEDGE_DIR")
    os.environ[name] = str(root / "knowledge")
    get_settings.cache_clear()
    try:
        yield
    finally:
        os.environ.pop(name)
        if before is not None:
            os.environ[name] = before
        get_settings.cache_clear()


def _files(folder: Path) -> Iterator[bytes]:
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        yield file.read_bytes()


def _digest(*parts: str | bytes) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part if isinstance(part, bytes) else part.encode())
        digest.update(b"\0")
    return digest.hexdigest()[:16]


def _keep(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    aside = file.with_suffix(f".{os.getpid()}")
    aside.write_bytes(content)
    aside.replace(file)
    _forget(file)


def _forget(newest: Path) -> None:
    """Of each kind only a few are kept."""
    kind = newest.name.split("-")[0]
    files = sorted(newest.parent.glob(f"{kind}-*"), key=lambda path: path.stat().st_mtime)
    for old in files[:-4]:
        old.unlink(missing_ok=True)
