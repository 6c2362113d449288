import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from sqlalchemy.engine import Engine

from bot.db import writing
from bot.handoff.inbox import InboxServices
from bot.handoff.intake import Intake, Line, Receipt
from bot.handoff.outbox import LEASE, Outbox
from bot.report import REPORT
from bot.report.unclear import Group, UnclearReport
from tests.handoff.inbox.conftest import REQUEST, START, Browser, Clock

Person = Callable[[str, str], Browser]
ASKED = (
    Line(1, "ouder", "hoe lang is een tlv geldig, bel 06-87654321", START),
    Line(2, "bot", "Altijd.", START, {"onderwerp": "tlv/geldigheid", "besluit": "answer"}),
)


def test_an_ouderadviseur_makes_a_task_and_the_redactie_sees_the_question_only(
    member: Browser, person: Person, intake: Intake, case: Receipt
) -> None:
    receipt = intake.submit(replace(REQUEST, consent_message_id="consent-0009", transcript=ASKED, struck=frozenset()))
    path = f"/inbox/zaken/{receipt.case_id}"
    page = member.get(path).text
    assert "Zaakblad" in page and "Antwoord klopte niet" in page
    assert "De redactie heeft een taak gekregen" in member.post(f"{path}/antwoord/2").text
    staff = person("Bo", "redactie")
    tasks = staff.get("/inbox/antwoorden").text
    assert "hoe lang is een tlv geldig, bel [telefoon]" in tasks
    for value in ("87654321", "Samira", receipt.code, receipt.case_id):
        assert value not in tasks
    assert "Klaar" in staff.post("/inbox/antwoorden/1").text


def test_the_redactie_reads_no_case_and_an_ouderadviseur_no_tasks(
    member: Browser, person: Person, case: Receipt
) -> None:
    staff = person("Bo", "redactie")
    assert staff.get(f"/inbox/zaken/{case.case_id}").status_code == 403
    assert staff.get("/inbox/niet-bezorgd").status_code == 403
    assert member.get("/inbox/antwoorden").status_code == 403


def test_dead_letters_are_seen_in_the_inbox_and_can_be_offered_again(
    member: Browser, engine: Engine, clock: Clock, case: Receipt
) -> None:
    outbox = Outbox(engine, {})
    for hour in range(24 * 6):
        outbox.deliver_due(clock() + timedelta(hours=hour))
    assert "1 bericht is niet bezorgd" in member.get("/inbox/").text
    page = member.get("/inbox/niet-bezorgd").text
    assert f"Mail over zaak {case.code}" in page
    assert "Alles is bezorgd" in member.post("/inbox/niet-bezorgd/1").text
    delivered = Outbox(engine, {"mail": lambda parcel: None})
    with writing(engine):
        pass
    assert delivered.deliver_due(clock() + LEASE) == 1


def test_the_redactie_reads_the_weekly_report_and_nobody_else(
    member: Browser, person: Person, services: InboxServices
) -> None:
    staff = person("Bo", "redactie")
    assert "nog geen weekrapport" in staff.get("/inbox/onbegrepen").text
    group = Group("V1", 6, {"geweigerd": 6}, ("kost een tlv <b>geld</b>",), (("tlv/uitleg", 0.4),))
    report = UnclearReport("2026-11-16", "2026-11-23", 20, (group,), 14)
    file = services.settings.var_dir / REPORT
    file.parent.mkdir()
    file.write_text(json.dumps(report.as_dict()), encoding="utf-8")
    page = staff.get("/inbox/onbegrepen").text
    assert "kost een tlv &lt;b&gt;geld" in page and "python -m bot inhoud verwerk V1=bericht:tlv/uitleg" in page
    assert member.get("/inbox/onbegrepen").status_code == 403
