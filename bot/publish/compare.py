"""Holding the changed content against the published one, with the saved questions."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.content.kept import digest, keep, kept_file, put
from bot.handoff.clock import local, utc_now
from bot.handoff.hours import Hours
from bot.knowledge.reading import KnowledgeError
from bot.launch.training import fingerprint
from bot.nlu.model import TopicModel
from bot.publish.difference import Difference, Outcomes, difference, flat, from_json, outcomes, to_json
from bot.publish.learning import basis, code, evidence_digest, files_of
from bot.publish.publications import Publications
from bot.publish.questions import Saved, saved_questions
from bot.publish.responses import responses_of
from bot.settings import Settings, get_settings
from bot.topics import Topic, load_topics
from bot.training import newest_model, version_of

if TYPE_CHECKING:
    from bot.chat.local import LocalAssistant

Say = Callable[[str], None]


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
    asking = Asking(root, before, questions, say)
    old = await asking.before()
    content = Content(fingerprint(settings, root)[:12], topics, texts_only=basis(settings, root) is not None)
    return difference(questions, flat(old), flat(await asking.after(content, old)))


@dataclass(frozen=True)
class Content:
    """What is put into the published assistant.

    Attributes:
        fingerprint: of all that it is made of.
        topics: by id.
        texts_only: nothing that is learnt differs from the published content.
    """

    fingerprint: str
    topics: dict[str, Topic]
    texts_only: bool


class Asking:
    """Asks the saved questions; an assistant is loaded when there is something to ask, and once for one knowledge."""

    def __init__(self, root: Path, before: Published, questions: Sequence[Saved], say: Say) -> None:
        self._root, self._before, self._questions, self._say = root, before, questions, say
        self._assistants: dict[str, LocalAssistant] = {}

    async def before(self) -> list[Outcomes]:
        """What becomes of each question with what is published."""
        folder, name = self._before.root, f"Wat nu gepubliceerd is ({self._before.name})"
        file = self._file(self._before.content, folder)
        if not file.exists():
            self._say(f"{name}:")
            with knowledge_of(folder):
                found = await _asked(await self._assistant(folder), self._questions, self._say)
            keep(file, to_json(found).encode())
        else:
            self._say(f"{name}: de antwoorden zijn er al.")
        return from_json(file.read_text(encoding="utf-8"))

    async def after(self, content: Content, before: Sequence[Outcomes]) -> list[Outcomes]:
        """What becomes of each question with the changed content; asked is only what may have another answer."""
        file = self._file(content.fingerprint, self._root)
        if not file.exists():
            chosen = self._touched(content, before)
            self._say(f"De inhoud in de map ({len(chosen)} vragen en gesprekken waar iets aan kan veranderen):")
            found = dict(enumerate(before))
            if chosen:
                found |= dict(zip(chosen, await self._ask_again(content, chosen), strict=True))
            keep(file, to_json(list(found.values())).encode())
        else:
            self._say("De inhoud in de map: de antwoorden zijn er al.")
        return from_json(file.read_text(encoding="utf-8"))

    async def _ask_again(self, content: Content, chosen: Sequence[int]) -> list[Outcomes]:
        with knowledge_of(self._root):
            assistant = await self._assistant(self._root)
            self._put_in(assistant, content)
            return await _asked(assistant, [self._questions[at] for at in chosen], self._say)

    def _touched(self, content: Content, before: Sequence[Outcomes]) -> list[int]:
        """Which questions were answered with a text that changed; all when anything else changed."""
        if not content.texts_only or _knowledge(self._before.root) != _knowledge(self._root):
            return list(range(len(self._questions)))
        old, new = responses_of(self._before.root), responses_of(self._root)
        changed = {name for name in new if new[name] != old.get(name)}
        return [at for at, outcomes in enumerate(before) if any(changed & set(turn.said) for turn in outcomes)]

    def _file(self, content: str, folder: Path) -> Path:
        """Changes with all that an answer depends on: content, questions, program, what day it is, who works now."""
        known = [content] if content else [self._before.model.read_bytes(), *files_of(folder / "knowledge")]
        now = utc_now()
        # What is right for a question does not change its answer, and a set is written in another order each time.
        asked = repr([question.turns for question in self._questions])
        parts = digest(*known, asked, *code(), str(local(now).date()), _who_works(folder, now))
        return kept_file(self._root, "vragen", parts)

    async def _assistant(self, folder: Path) -> LocalAssistant:
        from bot.chat.local import LocalAssistant

        knowledge = _knowledge(folder)
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


async def _asked(assistant: LocalAssistant, questions: Sequence[Saved], say: Say) -> list[Outcomes]:
    from bot.ask import local_asker
    from bot.publish.changed import Spoken

    def progress(at: int, of: int) -> None:
        if at % 100 == 0 or at == of:
            say(f"  {at} van {of}")

    with local_asker(assistant) as asker, Spoken(assistant.agent) as spoken:
        return await outcomes(asker, questions, progress, spoken.since)


def _knowledge(folder: Path) -> str:
    return digest(*files_of(folder / "knowledge"))


def _who_works(folder: Path, now: datetime) -> str:
    try:
        return str(Hours(folder / "knowledge").is_open(now))
    except KnowledgeError:
        return ""


def learnt(root: Path, say: Say = lambda line: None) -> TopicModel:
    """The topic model of a folder; from ``.cache`` when nothing changed that it learns from."""
    file = kept_file(root, "onderwerpen", evidence_digest(root), ".joblib")
    if file.exists():
        return TopicModel.load(file)
    from bot.publish.changed import topic_model

    say("  leert de berichten en de kennis ...")
    model = topic_model(root)
    aside = file.with_suffix(f".{os.getpid()}")
    file.parent.mkdir(parents=True, exist_ok=True)
    model.save(aside)
    put(aside, file)
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
