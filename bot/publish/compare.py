"""Holding the changed content against the published one, with the saved questions."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.handoff.clock import local, utc_now
from bot.handoff.hours import Hours
from bot.knowledge.reading import KnowledgeError
from bot.launch.training import fingerprint
from bot.nlu.model import TopicModel
from bot.publish.difference import Difference, Outcome, difference, from_json, outcomes, to_json
from bot.publish.learning import basis, digest, evidence_digest, files_of
from bot.publish.publications import Publications
from bot.publish.questions import Saved, saved_questions
from bot.publish.responses import responses_of
from bot.settings import ROOT, Settings, get_settings
from bot.topics import Topic, load_topics
from bot.training import newest_model, version_of

if TYPE_CHECKING:
    from bot.chat.local import LocalAssistant

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
    """The publication in use; without one what the service began with, or else the newest model.

    Raises:
        NothingPublished: no model at all.
    """
    publications = Publications(settings)
    used, model = publications.base(), newest_model(settings.models_dir)
    if used is not None and (publications.active() or (model and used.model == model.name)):
        folder = publications.path(used)
        return Published(f"publicatie {used.number}", publications.model_of(used), folder, used.content)
    if model is None:
        raise NothingPublished("Er is nog geen model om mee te vergelijken. Typ eerst: make train")
    return Published(f"model {model.name}", model, root, version_of(settings, model)["inhoud"])


async def compare(root: Path, settings: Settings, say: Say, asked: Sequence[str] = ()) -> Difference:
    """Ask both the saved questions, and those that were really ``asked``.

    What was asked before of the same content is read from ``.cache``: a second time, and after a publication, nothing
    is learnt or asked again that did not change.

    Raises:
        NothingPublished: there is nothing to compare with.
    """
    before, topics = published(settings, root), load_topics(root / "knowledge")
    questions = saved_questions(root, topics, asked)
    say(f"{len(questions)} opgeslagen vragen en gesprekken, waarvan {len(asked)} uit de chat.")
    both = Asking(root, before, questions, say)
    old = await both.of(before.content, before.root, f"Wat nu gepubliceerd is ({before.name})", None)
    new_content = Content(topics, texts_only=basis(settings, root) is not None)
    new = await both.of(fingerprint(settings, root)[:12], root, "De inhoud in de map", new_content)
    return difference(questions, old, new)


@dataclass(frozen=True)
class Content:
    """What is put into the published assistant.

    Attributes:
        topics: by id.
        texts_only: nothing that is learnt differs from the published content.
    """

    topics: dict[str, Topic]
    texts_only: bool


class Asking:
    """Asks the saved questions; an assistant is loaded when there is something to ask, and once for one knowledge."""

    def __init__(self, root: Path, before: Published, questions: Sequence[Saved], say: Say) -> None:
        self._root, self._before, self._questions, self._say = root, before, questions, say
        self._assistants: dict[str, LocalAssistant] = {}

    async def of(self, content: str, folder: Path, name: str, changed: Content | None) -> list[Outcome]:
        """What becomes of the questions with the content of a folder.

        Args:
            content: its fingerprint, or what there is of it; empty when nobody knows.
            folder: with its knowledge.
            name: as it is told.
            changed: is put into the published assistant first; None asks that as it is.
        """
        file = self._root / CACHE / f"vragen-{self._key(content, folder)}.json"
        if file.exists():
            self._say(f"{name}: de antwoorden zijn er al.")
            return from_json(file.read_text(encoding="utf-8"))
        self._say(f"{name}:")
        with knowledge_of(folder):
            assistant = await self._assistant(folder)
            if changed is not None:
                self._put_in(assistant, changed)
            found = await _asked(assistant, self._questions, self._say)
        _keep(file, to_json(found).encode())
        return found

    def _key(self, content: str, folder: Path) -> str:
        """Changes with all that an answer depends on: content, questions, program, what day it is, who works now."""
        known = [content] if content else [self._before.model.read_bytes(), *files_of(folder / "knowledge")]
        code = [path.read_bytes() for name in ("bot", "actions") for path in sorted((ROOT / name).rglob("*.py"))]
        now = utc_now()
        return digest(*known, repr(self._questions), *code, str(local(now).date()), _who_works(folder, now))

    async def _assistant(self, folder: Path) -> LocalAssistant:
        from bot.chat.local import LocalAssistant

        knowledge = digest(*files_of(folder / "knowledge"))
        if knowledge not in self._assistants:
            self._assistants[knowledge] = await LocalAssistant.load(self._before.model)
        return self._assistants[knowledge]

    def _put_in(self, assistant: LocalAssistant, content: Content) -> None:
        from bot.publish.changed import Changed, put_in, put_responses_in

        responses = responses_of(self._root)
        if content.texts_only:
            put_responses_in(assistant.agent, responses)
        else:
            put_in(assistant.agent, Changed(responses, learnt(self._root, self._say), content.topics))


async def _asked(assistant: LocalAssistant, questions: Sequence[Saved], say: Say) -> list[Outcome]:
    from bot.ask import local_asker

    def progress(at: int, of: int) -> None:
        if at % 100 == 0 or at == of:
            say(f"  {at} van {of}")

    with local_asker(assistant) as asker:
        return await outcomes(asker, questions, progress)


def _who_works(folder: Path, now: datetime) -> str:
    try:
        return str(Hours(folder / "knowledge").is_open(now))
    except KnowledgeError:
        return ""


def learnt(root: Path, say: Say = lambda line: None) -> TopicModel:
    """The topic model of a folder; from ``.cache`` when nothing changed that it learns from."""
    file = root / CACHE / f"onderwerpen-{evidence_digest(root)}.joblib"
    if file.exists():
        return TopicModel.load(file)
    from bot.publish.changed import topic_model

    say("  leert de berichten en de kennis ...")
    model = topic_model(root)
    aside = file.with_suffix(f".{os.getpid()}")
    file.parent.mkdir(parents=True, exist_ok=True)
    model.save(aside)
    aside.replace(file)
    _forget(file)
    return model


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


def _keep(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    aside = file.with_suffix(f".{os.getpid()}")
    aside.write_bytes(content)
    aside.replace(file)
    _forget(file)


def _forget(newest: Path) -> None:
    """Of each kind only a few are kept: what is published, and the last attempts."""
    kind = newest.name.split("-")[0]
    files = sorted(newest.parent.glob(f"{kind}-*"), key=lambda path: path.stat().st_mtime)
    for old in files[:-4]:
        old.unlink(missing_ok=True)
