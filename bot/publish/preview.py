"""``python -m bot inhoud voorbeeld``: the chat on one's own machine, which follows the files as they are saved.

Everything runs in one process with a store of its own that is gone afterwards. A changed text is read at once; when
messages, topics or facts changed, the topic model learns again beside the conversation and takes over when it is done.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sanic import Sanic

from bot.chat.messages import AssistantAway, AssistantReply
from bot.content.complaint import Complaint
from bot.content.reading import read_content
from bot.settings import Settings
from bot.topics import load_topics

if TYPE_CHECKING:
    from bot.publish.responses import Responses

Say = Callable[[str], None]
LOOK_SECONDS = 0.5
_SHOWN = 5


class NoPreview(Exception):
    """The preview cannot start; the message is Dutch."""


class Preview:
    """The assistant of the preview: reads the files again when they change."""

    def __init__(self, root: Path, model: Path, say: Say, fresh: bool = False) -> None:
        """Nothing is loaded yet: Rasa's locks belong to the event loop that loads it.

        Args:
            root: the folder with the content.
            model: a trained model.
            say: tells who types the command.
            fresh: whether the model was trained on the files as they are now.
        """
        self._root, self._model, self._say, self._fresh = root, model, say, fresh
        self._local: Any = None
        self._stamp: object = None
        self._responses: Responses = {}
        self._evidence = self._learnt = ""
        self._learning: asyncio.Task[None] | None = None
        self.version: Mapping[str, str] = {"inhoud": "voorbeeld", "model": model.name}

    async def load(self) -> None:
        """Load the model, with the content of the files in it."""
        from bot.chat.local import LocalAssistant

        self._local = await LocalAssistant.load(self._model)
        await self.look()

    async def look(self) -> None:
        """Read what changed since the last look; what has a mistake is told, and what was there stays."""
        stamp = self._files()
        if stamp == self._stamp:
            return
        self._stamp = stamp
        began = time.monotonic()
        try:
            complaints = await asyncio.to_thread(_mistakes, self._root)
            if complaints:
                self._tell(complaints)
                return
            await self._read(began)
        except Exception as error:
            # Half a file: the editor is still writing, or the mistake is one that nobody foresaw.
            self._say(f"Niet gelezen ({type(error).__name__}). Typ: python -m bot inhoud controleer")

    async def _read(self, began: float) -> None:
        from bot.publish.changed import put_responses_in
        from bot.publish.learning import evidence_digest
        from bot.publish.responses import responses_of

        self._responses = await asyncio.to_thread(responses_of, self._root)
        put_responses_in(self._local.agent, self._responses)
        self._say(f"De teksten zijn gelezen ({time.monotonic() - began:.1f} s).")
        self._evidence = await asyncio.to_thread(evidence_digest, self._root)
        if self._fresh:
            self._fresh, self._learnt = False, self._evidence
        if self._learning is None and self._learnt != self._evidence:
            # Beside the conversation: a text that is saved meanwhile is still read at once.
            self._say("Berichten en onderwerpen worden geleerd; tot die tijd werkt de chat met die van daarvoor.")
            self._learning = asyncio.create_task(self._learn())

    async def _learn(self) -> None:
        from bot.publish.changed import Changed, put_in
        from bot.publish.compare import learnt

        try:
            while self._learnt != self._evidence:
                began, wanted = time.monotonic(), self._evidence
                model = await asyncio.to_thread(learnt, self._root)
                put_in(self._local.agent, Changed(self._responses, model, load_topics(self._root / "knowledge")))
                self._learnt = wanted
                self._say(f"Berichten en onderwerpen zijn geleerd ({time.monotonic() - began:.0f} s).")
        except Exception as error:
            self._say(f"Niet geleerd ({type(error).__name__}). Typ: python -m bot inhoud controleer")
        finally:
            self._learning = None

    async def settled(self) -> None:
        """Wait until everything that changed is learnt."""
        if self._learning is not None:
            await self._learning

    def _tell(self, complaints: list[Complaint]) -> None:
        self._say(f"{len(complaints)} te verbeteren; de chat werkt door met wat er was:")
        for complaint in complaints[:_SHOWN]:
            self._say(f"  {complaint.shown(self._root)}")

    def _files(self) -> object:
        files = [*self._root.glob("data/nlu/*.y*ml"), *self._root.glob("knowledge/**/*.*")]
        return tuple(
            sorted((str(file), file.stat().st_mtime_ns, file.stat().st_size) for file in files if file.exists())
        )

    async def send(
        self, conversation_id: str, message_id: str, text: str, metadata: Mapping[str, Any]
    ) -> AssistantReply:
        """See :class:`bot.chat.messages.Assistant`."""
        if self._local is None:
            raise AssistantAway("not loaded yet")
        reply: AssistantReply = await self._local.send(conversation_id, message_id, text, metadata)
        return reply.carrying(versie=dict(self.version))

    async def wipe(self, conversation_id: str) -> None:
        """See :class:`bot.chat.messages.Assistant`."""
        if self._local is not None:
            await self._local.wipe(conversation_id)

    async def ready(self) -> bool:
        """Whether the model is loaded."""
        return self._local is not None

    async def close(self) -> None:
        """Learn no further."""
        if self._learning is not None:
            self._learning.cancel()


def _mistakes(root: Path) -> list[Complaint]:
    return read_content(root)[1]


def serve(root: Path, port: int, say: Say) -> None:
    """Serve the preview until Ctrl-C.

    Raises:
        NoPreview: no model, or the port is in use.
    """
    from bot.chat.__main__ import listen
    from bot.chat.assistant import quiet_logging
    from bot.chat.protocol import DoorProtocol
    from bot.settings import get_settings

    quiet_logging()
    from bot.launch.training import fingerprint
    from bot.publish.compare import NothingPublished, published

    try:
        now = published(get_settings(), root)
        listener = listen("127.0.0.1", port)
    except (NothingPublished, OSError) as error:
        raise NoPreview(f"{getattr(error, 'strerror', None) or error}. Kies een andere poort met --poort.") from error
    with tempfile.TemporaryDirectory(prefix="ouderchat-voorbeeld-") as folder:
        settings = Settings(var_dir=Path(folder), database_url="", door_port=port)
        fresh = fingerprint(get_settings(), root).startswith(now.content or "-")
        app = make_preview(settings, Preview(root, now.model, say, fresh), root, say)
        app.run(sock=listener, protocol=DoorProtocol, access_log=False, motd=False)


def make_preview(settings: Settings, preview: Preview, root: Path, say: Say) -> Sanic:
    """The door with the preview behind it, on a store of its own; nothing is sent."""
    from actions.services import make_services as make_actions
    from actions.services import use
    from bot.chat.door import make_door
    from bot.chat.services import Services
    from bot.db import make_engine, upgrade
    from bot.nlu.danger import Detector

    engine = make_engine(settings.db_url)
    upgrade(engine)
    parts = make_actions(settings, engine)
    use(parts)
    app = make_door(
        Services(
            settings, engine, parts.vault, Detector.load(), preview, parts.intake, answers_dir=root / "data" / "nlu"
        )
    )

    following: list[asyncio.Task[None]] = []

    @app.after_server_start
    async def follow(_app: Sanic, _loop: Any) -> None:
        following.append(asyncio.create_task(_follow(preview, settings.base_url, say)))

    @app.before_server_stop
    async def leave(_app: Sanic, _loop: Any) -> None:
        for task in following:
            task.cancel()
        await asyncio.gather(*following, return_exceptions=True)

    return app


async def _follow(preview: Preview, address: str, say: Say) -> None:
    say("De assistent wordt geladen ...")
    await preview.load()
    say(f"De chat met uw inhoud: {address}/   (stoppen met Ctrl-C)")
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        await preview.look()
