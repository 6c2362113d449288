"""The real assistant under load: fifty parents, three publications, one refusal. Minutes: ``make faults``."""

from __future__ import annotations

import asyncio
import json
import shutil
import time
from pathlib import Path

import pytest

from bot.launch.child import Child, module
from bot.launch.handover import Patience
from bot.publish.publications import Publication
from bot.settings import Settings, get_settings
from bot.training import newest_model
from tests.launch.conftest import free_port
from tests.publish.service import Crowd, Service, copy_of, running

pytestmark = [pytest.mark.faults, pytest.mark.slow]

PARENTS, PAUSE = 50, 12.0
"""One address may send five messages a second."""
SECONDS = 600
TEXTS = [
    "hoe lang is een tlv geldig",
    "wat is passend onderwijs",
    "wat betekent de afkorting OPP?",
    "wie betaalt de taxi",
]


def make_service(folder: Path) -> tuple[Service, Child]:
    """With five publications, of which the first is in use and the fourth cannot be loaded."""
    ports = {f"{name}_port": free_port() for name in ("door", "assistant", "actions")}
    (folder / "var").mkdir()
    settings = Settings(var_dir=folder / "var", database_url="", **ports)

    def make(publication: Publication, port: int) -> Child:
        words = ("--model", str(service.publications.model_of(publication)), "--poort", str(port))
        version = ("--versie", json.dumps(publication.version))
        log = settings.var_dir / "logs" / f"assistant-{publication.number}.log"
        own = {"OUDERCHAT_KNOWLEDGE_DIR": str(service.publications.path(publication) / "knowledge")}
        extra = {**service.door.extra, **own}
        return Child("assistant", module("bot.chat.assistant", *words, *version), log, extra=extra)

    service = Service(settings, make, Patience(start=SECONDS, ask=SECONDS))
    model = newest_model(get_settings().models_dir)
    assert model is not None, "no trained model; run: make train"
    good = folder / "ouderchat-toets.tar.gz"
    shutil.copy(model, good)
    for content in ("een", "twee", "drie", "stuk", "vijf"):
        copy_of(settings, service.publications, good, content)
    broken = service.publications.get(4)
    first = service.publications.get(1)
    assert broken is not None and first is not None
    service.publications.model_of(broken).write_bytes(b"no model")
    service.publications.activate(first)
    return service, make(first, settings.assistant_port)


def publish(service: Service) -> list[bool]:
    """Three publications and one that cannot be loaded; then everybody asks once more."""
    good = []
    for number in (2, 3, 4, 5):
        good.append(service.use(number, SECONDS).good)
        print(f"publication {number}: {'in use' if good[-1] else 'refused'}", flush=True)
    time.sleep(PAUSE)
    return good


def test_nobody_is_lost_among_fifty_parents_and_real_assistants(tmp_path: Path) -> None:
    made, first = make_service(tmp_path)
    with running(made, first, SECONDS) as service:
        crowd = Crowd(service.settings.base_url, PARENTS, TEXTS, PAUSE)
        good = asyncio.run(crowd.until(lambda: publish(service)))
        assert good == [True, True, False, True], service.said.getvalue()
        assert service.health()["versie"]["inhoud"] == "vijf"  # type: ignore[index]
    print(f"{len(crowd.asked)} messages, {len(crowd.heard)} replies")
    assert crowd.errors == []
    assert len(crowd.heard) >= len(crowd.asked) > PARENTS
    assert not [text for text, meta in crowd.heard if meta.get("storing")]
    versions = dict.fromkeys(str(meta["versie"]["inhoud"]) for _, meta in crowd.heard)  # type: ignore[index]
    assert list(versions) == ["een", "twee", "drie", "vijf"]
