"""Publishing while parents go on: nothing is lost, no assistant is heard before it is whole, a bad one is refused."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator

import pytest

from bot.launch.child import Child
from bot.launch.handover import Patience
from bot.publish.beside import Clock
from bot.publish.candidate import InService
from bot.publish.publications import Publication
from bot.publish.stopped import Stopped
from bot.settings import ROOT, Settings
from tests.launch.conftest import free_port
from tests.publish.fake_assistant import HALF, command
from tests.publish.service import Crowd, Service, copy_of, running

KINDS = {"a": "good", "b": "good", "c": "wrong", "d": "good", "e": "dies"}
"""By the content of a publication: what its assistant is like."""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    tmp_path = tmp_path_factory.mktemp("dienst")
    ports = {f"{name}_port": free_port() for name in ("door", "assistant", "actions")}
    (tmp_path / "var").mkdir()
    return Settings(var_dir=tmp_path / "var", models_dir=tmp_path / "models", database_url="", **ports)


@pytest.fixture(scope="module")
def service(place: Settings) -> Iterator[Service]:
    """With a first publication, ``a``, in use."""

    def make(publication: Publication, port: int) -> Child:
        words = ("--poort", str(port), "--versie", json.dumps({"inhoud": publication.content}))
        log = place.var_dir / "logs" / f"assistant-{publication.number}.log"
        return Child("assistant", (*command(KINDS[publication.content]), *words), log, ROOT)

    model = place.var_dir / "ouderchat-toets.tar.gz"
    model.write_bytes(b"model")
    made = Service(place, make, Patience(start=20, ask=20, drain=20, settle=0.5))
    for content in KINDS:
        copy_of(place, made.publications, model, content)
    first = made.publications.get(1)
    assert first is not None
    made.publications.activate(first)
    made.children = [made.door]
    with running(made, make(first, place.assistant_port), 60) as ready:
        yield ready


def publish_three_and_refuse_two(service: Service) -> list[bool | None]:
    return [service.use(number, 60).good for number in (2, 3, 4, 5, 1)]


@pytest.mark.slow
def test_parents_go_on_while_publications_come_and_are_refused(service: Service) -> None:
    crowd = Crowd(service.settings.base_url, 12, ["hoe lang is een tlv geldig", "wat is een opp"], 0.4)
    good = asyncio.run(crowd.until(lambda: publish_three_and_refuse_two(service)))
    assert good == [True, False, True, False, True]
    assert crowd.errors == []
    texts = [text for text, _ in crowd.heard]
    # Each message has its own answer, once.
    assert sorted(texts) == sorted(f"Antwoord op: {text}" for text in crowd.asked)
    assert HALF not in texts
    assert len(crowd.asked) > 50
    seen = list(dict.fromkeys(str(meta["versie"]) for _, meta in crowd.heard))
    assert seen == ["{'inhoud': 'a'}", "{'inhoud': 'b'}", "{'inhoud': 'd'}"]
    assert service.health()["versie"] == {"inhoud": "a"}
    active = service.publications.active()
    assert active is not None and active.number == 1
    assert "tien vragen ging fout" in service.said.getvalue()
    assert "gesprek/nood te zijn" in service.said.getvalue()
    assert "De nieuwe assistent stopte" in service.said.getvalue()
    report = service.use(99, 10)
    assert (report.good, report.lines) == (False, ("Publicatie 99 is er niet.",))


def new(service: Service, number: int, said: list[str]) -> InService:
    publication = service.publications.get(number)
    assert publication is not None
    return InService(publication, service.settings, said.append)


@pytest.mark.slow
def test_a_new_assistant_that_is_ready_waits_for_whoever_publishes(service: Service) -> None:
    said: list[str] = []
    before = service.health()["versie"]
    with service.publications.publishing():
        unwanted = new(service, 2, said)
        Clock(said.append).wait([unwanted])
        assert said[-1] == "  De nieuwe assistent staat klaar."
        assert service.health()["versie"] == before
        unwanted.end()
        assert service.health()["versie"] == before
        wanted = new(service, 4, said)
        Clock(said.append).wait([wanted])
        wanted.take_over()
        wanted.end()
    assert service.health()["versie"] == {"inhoud": "d"}
    # Whoever publishes went away, as when a terminal is closed.
    left, deadline = new(service, 2, said), time.monotonic() + 60
    with pytest.raises(Stopped, match=r"afgebroken\. De assistent die er was, blijft"):
        while time.monotonic() < deadline:
            left.look()
            time.sleep(0.1)
    assert service.health()["versie"] == {"inhoud": "d"}
