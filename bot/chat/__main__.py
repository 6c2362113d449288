"""Start the door alone: ``python -m bot.chat``. Settings come from the environment."""

from __future__ import annotations

import gc
import socket
import sys
from functools import partial
from pathlib import Path

from sanic import Sanic

from bot import logs
from bot.chat.door import make_door
from bot.chat.help_lines import help_text
from bot.chat.protocol import DoorProtocol, allow_many_files
from bot.chat.relay import HttpAssistant
from bot.chat.services import Services
from bot.chat.where import follow
from bot.db import make_engine, upgrade
from bot.handoff.carriers import channels
from bot.handoff.hours import Hours
from bot.handoff.inbox import InboxServices, make_inbox
from bot.handoff.intake import Intake
from bot.handoff.work import HandoffWork
from bot.keys import KeysError, keep_private, load_keys
from bot.knowledge import KnowledgeError
from bot.nlu.danger import Detector
from bot.privacy.vault import Vault
from bot.settings import ROOT, Settings, get_settings


def make_services(settings: Settings) -> Services:
    """What the door of this installation works with; brings the database up to date.

    Raises:
        KeysError: the file with secrets cannot be used.
        KnowledgeError: the working days or the help lines cannot be read.
    """
    help_text(settings.knowledge_dir)
    keys = load_keys(settings.var_dir)
    engine = make_engine(settings.db_url)
    upgrade(engine)
    vault, hours = Vault(engine, keys), Hours(settings.knowledge_dir)
    return Services(
        settings,
        engine,
        vault,
        Detector.load(),
        HttpAssistant(follow(settings), keys.internal),
        Intake(engine, vault, hours, channels=channels(settings)),
        HandoffWork(settings, engine, vault, hours),
        partial(make_inbox, InboxServices(engine, vault, settings, keys)),
        answers_dir=_answers_beside(settings.knowledge_dir),
    )


def _answers_beside(knowledge: Path) -> Path:
    """The answers stand beside the knowledge: in the folder of the project, and in a publication."""
    beside = knowledge.parent / "data" / "nlu"
    return beside if beside.is_dir() else ROOT / "data" / "nlu"


def listen(host: str, port: int) -> socket.socket:
    """A socket on the address of the door.

    Raises:
        OSError: the port is in use, or the address is not ours.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(1024)
    except OSError:
        listener.close()
        raise
    return listener


def main() -> None:
    """Serve until the process is ended; one line and status 1 when it cannot start."""
    keep_private()
    allow_many_files()
    settings = get_settings()
    logs.configure("door", settings.log_level)
    try:
        listener = listen(settings.door_host, settings.door_port)
        app: Sanic = make_door(make_services(settings))
    except (OSError, KeysError, KnowledgeError) as error:
        sys.exit(_reason(settings, error))
    # What is there by now stays: the garbage collector need not go through all of it again.
    gc.freeze()
    app.run(sock=listener, protocol=DoorProtocol, access_log=False, motd=False)


def _reason(settings: Settings, error: Exception) -> str:
    if isinstance(error, OSError) and error.filename is None:
        where = f"{settings.door_host}:{settings.door_port}"
        return (
            f"The door cannot listen on {where} ({error.strerror}): stop what uses that port, "
            "or choose another with OUDERCHAT_DOOR_PORT"
        )
    return f"The door cannot start: {error}"


if __name__ == "__main__":
    main()
