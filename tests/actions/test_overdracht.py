"""The hand-off in plain text never stays silent and never says what is not so."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy import select
from sqlalchemy.engine import Engine

from actions import services as installed
from actions.overdracht import (
    ABOUT,
    AGREED,
    CONSENT,
    CONSENT_ID,
    CONTACT,
    NAME,
    SEEN,
    SLOTS,
    OverdrachtAfronden,
    ValidateOverdracht,
    VraagToestemming,
)
from actions.overdracht_inhoud import STRUCK, transcript
from actions.services import Services
from bot.db import reading
from bot.handoff.cases import cases
from bot.handoff.clock import utc_now
from bot.handoff.hours import Hours
from bot.handoff.intake import Intake, NotStored, Request
from bot.handoff.sheet import make_sheet, rows
from bot.keys import Keys
from bot.knowledge import current
from bot.privacy.vault import Vault, conversation_scope
from bot.settings import ROOT
from tests.handoff.handed_over import stored

TALK = "c0ffee00" * 4


@pytest.fixture
def services(engine: Engine, keys: Keys, tmp_path: Path) -> Iterator[Services]:
    vault = Vault(engine, keys)
    made = Services(engine, vault, Intake(engine, vault, Hours(ROOT / "knowledge")))
    installed.use(made)
    yield made
    installed.use(None)


def tracker(services: Services, events: list[dict[str, Any]] | None = None, **slots: Any) -> Tracker:
    token = services.vault.put(conversation_scope(TALK), "telefoon", "+31612345678")
    filled = {**dict.fromkeys(SLOTS), ABOUT: "de TLV", CONTACT: token, NAME: "niet opgegeven", **slots}
    message = {"text": "ja", "intent": {"name": "x"}, "entities": []}
    return Tracker(TALK, filled, message, events or [], False, None, {"name": None}, "action_listen")


def user(text: str, **metadata: Any) -> dict[str, Any]:
    return {"event": "user", "text": text, "timestamp": 1.8e9, "metadata": metadata}


def bot(text: str, **metadata: Any) -> dict[str, Any]:
    return {"event": "bot", "text": text, "timestamp": 1.8e9, "metadata": {"metadata": metadata}}


def form(name: str | None) -> dict[str, Any]:
    return {"event": "active_loop", "name": name, "timestamp": 1.8e9}


async def asked(services: Services, **slots: Any) -> tuple[str, dict[str, Any]]:
    dispatcher = CollectingDispatcher()
    events = await VraagToestemming().run(dispatcher, tracker(services, **slots), {})  # type: ignore[arg-type]
    return dispatcher.messages[-1]["text"], {event["name"]: event["value"] for event in events}


async def finished(services: Services, **slots: Any) -> tuple[str, list[dict[str, Any]]]:
    dispatcher = CollectingDispatcher()
    events = await OverdrachtAfronden().run(dispatcher, tracker(services, **slots), {})  # type: ignore[arg-type]
    assert dispatcher.messages, "a hand-off that says nothing"
    said = dispatcher.messages[-1]
    return said["text"] or said["response"], events


async def test_a_hand_off_with_no_message_before_it_works(services: Services) -> None:
    shown, slots = await asked(services)
    assert "**Uit dit gesprek:** niets." in shown
    said, events = await finished(services, **slots, **{CONSENT: AGREED})
    assert "Uw code is" in said
    assert {event["name"] for event in events} == set(SLOTS)


async def test_the_same_yes_twice_is_one_case(services: Services) -> None:
    _, slots = await asked(services)
    first, _ = await finished(services, **slots, **{CONSENT: AGREED})
    again, _ = await finished(services, **slots, **{CONSENT: AGREED})
    assert first == again
    assert len(services.intake.codes(TALK)) == 1


async def test_asking_again_keeps_what_the_yes_is_about(services: Services) -> None:
    _, slots = await asked(services)
    _, again = await asked(services, **slots)
    assert again == slots


TALKED = (
    user("wat is een tlv"),
    bot("Een besluit.", onderwerp="tlv/uitleg", besluit="answer"),
    form("overdracht_form"),
)


async def changed(services: Services, text: str, **slots: Any) -> dict[str, Any]:
    """What a message in answer to the preview changes."""
    at = tracker(services, list(TALKED), requested_slot=CONSENT, **slots)
    at.latest_message["text"] = text
    made = await ValidateOverdracht().extract_overdracht_toestemming(CollectingDispatcher(), at, {})  # type: ignore[arg-type]
    return {slot: value for slot, value in made.items() if value is not None}


async def test_a_row_of_the_case_sheet_goes_by_its_number_and_comes_back(services: Services) -> None:
    dispatcher = CollectingDispatcher()
    await VraagToestemming().run(dispatcher, tracker(services, list(TALKED)), {})  # type: ignore[arg-type]
    shown = dispatcher.messages[-1]["text"]
    assert "(3) Open vraag: de TLV" in shown
    assert "gaf antwoord op" in shown
    assert await changed(services, "haal regel 1 en 3 weg") == {STRUCK: "1 open_question"}
    assert await changed(services, "zet regel 3 terug", **{STRUCK: "1 open_question"}) == {STRUCK: "1"}
    assert await changed(services, "haal de samenvatting weg") == {STRUCK: "answered open_question phase"}


async def test_what_a_parent_strikes_does_not_reach_the_ouderadviseur(services: Services, engine: Engine) -> None:
    dispatcher, struck = CollectingDispatcher(), {STRUCK: "1 answered open_question"}
    before = tracker(services, list(TALKED), **struck)
    events = await VraagToestemming().run(dispatcher, before, {})  # type: ignore[arg-type]
    slots = {event["name"]: event["value"] for event in events} | struck | {CONSENT: AGREED}
    await OverdrachtAfronden().run(dispatcher, tracker(services, list(TALKED), **slots), {})  # type: ignore[arg-type]
    with reading(engine) as connection:
        case_id = connection.execute(select(cases.c.id)).scalar_one()
    content = stored(engine, services.vault, case_id).content
    assert [line.seq for line in content.lines] == [2]
    sheet = make_sheet(content, current(), utc_now())
    assert [row.name for row in rows(sheet, str, utc_now())] == ["phase"]


@pytest.mark.parametrize("fault", [NotStored(), RuntimeError("x")])
async def test_what_could_not_be_stored_is_said_and_can_be_sent_again(
    services: Services, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    _, slots = await asked(services)

    def broken(_self: Intake, _request: Request) -> None:
        raise fault

    with monkeypatch.context() as patched:
        patched.setattr(Intake, "submit", broken)
        said, events = await finished(services, **slots, **{CONSENT: AGREED})
    assert said == "utter_overdracht_mislukt"
    assert {event.get("name") for event in events} == {CONSENT, "overdracht_form"}
    assert services.intake.codes(TALK) == ()
    assert "Uw code is" in (await finished(services, **slots, **{CONSENT: AGREED}))[0]


async def test_a_conversation_that_went_on_since_the_preview_is_shown_again(services: Services) -> None:
    _, slots = await asked(services)
    said, _ = await finished(services, **{**slots, SEEN: "something else", CONSENT: AGREED})
    assert said == "utter_overdracht_veranderd"
    assert services.intake.codes(TALK) == ()


async def test_a_hand_off_that_was_stopped_says_so_and_forgets(services: Services) -> None:
    said, events = await finished(services, **{CONSENT: "gestopt", CONSENT_ID: "gezien-1234"})
    assert said == "utter_overdracht_gestopt"
    assert services.vault.token_kinds(conversation_scope(TALK)) == {}
    assert all(event["value"] is None for event in events)


def test_the_form_and_its_receipt_are_no_part_of_the_transcript(services: Services) -> None:
    events = [
        user("wat is een tlv", nood="geweld"),
        bot("Een besluit.", onderwerp="tlv/uitleg", besluit="answer"),
        form("overdracht_form"),
        user("geheim"),
        form(None),
        bot("Uw code is K7QX.", onderwerp="gesprek/mens_spreken", ontvangst="K7QX"),
        user("bel ook op 06-87654321", keuze="gesprek/mens_spreken"),
    ]
    lines = transcript(events, TALK)
    assert [(line.seq, line.author) for line in lines] == [(1, "ouder"), (2, "bot"), (3, "ouder")]
    assert lines[0].meta == {"gevaar": "geweld"}
    assert lines[1].meta == {"onderwerp": "tlv/uitleg", "besluit": "answer"}
    assert lines[2].text.startswith("bel ook op [telefoon#")


async def test_no_phone_number_reaches_a_log(
    services: Services, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    _, slots = await asked(services)

    def broken(_self: Intake, request: Request) -> None:
        raise RuntimeError(f"cannot store 06-12345678 of {replace(request)}")

    monkeypatch.setattr(Intake, "submit", broken)
    with caplog.at_level(logging.DEBUG):
        await finished(services, **slots, **{CONSENT: AGREED})
    assert "12345678" not in caplog.text
    assert "not stored" in caplog.text
