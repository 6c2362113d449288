"""What an ouderadviseur does with a case, each as the form of one button."""

from __future__ import annotations

from collections.abc import Callable

from sanic import Blueprint, HTTPResponse, Request

from bot.db import writing
from bot.handoff import audit
from bot.handoff.case_work import NOTE_MAX, REASONS, WRITTEN, CaseWork, NoteKind
from bot.handoff.cases import mark_read
from bot.handoff.inbox.gate import Gate, Visitor, go
from bot.handoff.inbox.services import InboxServices, in_thread

Step = Callable[[CaseWork, str, Request], bool]


def add_work(routes: Blueprint, gate: Gate) -> None:
    """Add the forms."""
    _add_read(routes, gate)
    _add_step(routes, gate, "nemen", "case_assigned", lambda work, case_id, _request: work.take(case_id), "bezet")
    _add_step(routes, gate, "overdragen", "case_assigned", _pass_on)
    _add_step(routes, gate, "terugleggen", "case_released", _put_back)
    _add_step(routes, gate, "afsluiten", "case_closed", _close)
    _add_step(routes, gate, "heropenen", "case_reopened", lambda work, case_id, _request: work.reopen(case_id))
    _add_step(routes, gate, "wachten", "case_waiting", _wait)
    _add_notes(routes, gate)


def _add_read(routes: Blueprint, gate: Gate) -> None:
    @routes.post("/zaken/<case_id:str>/gelezen")
    @gate.member
    async def send_read(_request: Request, visitor: Visitor, case_id: str) -> HTTPResponse:
        def read(services: InboxServices) -> None:
            with writing(services.engine) as connection:
                now = services.clock()
                if mark_read(connection, case_id, visitor.account.id, now):
                    audit.record(connection, "case_read", now, visitor.account.id, case_id)

        await in_thread(read, gate.services)
        # The page of the case tells who was first, where somebody else was.
        return go(f"/inbox/zaken/{case_id}")


def _add_step(
    routes: Blueprint, gate: Gate, name: str, action: audit.Action, step: Step, refused: str = "veranderd"
) -> None:
    @routes.post(f"/zaken/<case_id:str>/{name}", name=f"send_{name}")
    @gate.member
    async def send_step(request: Request, visitor: Visitor, case_id: str) -> HTTPResponse:
        done = await in_thread(_do, gate.services, visitor, case_id, action, step, request)
        return back_to_case(case_id, "" if done else refused)


def _do(
    services: InboxServices, visitor: Visitor, case_id: str, action: audit.Action, step: Step, request: Request
) -> bool:
    now = services.clock()
    with writing(services.engine) as connection:
        work = CaseWork(connection, services.vault, visitor.account.id, now)
        if not step(work, case_id, request):
            return False
        audit.record(connection, action, now, visitor.account.id, case_id)
        return True


def _add_notes(routes: Blueprint, gate: Gate) -> None:
    @routes.post("/zaken/<case_id:str>/notitie")
    @gate.member
    async def send_note(request: Request, visitor: Visitor, case_id: str) -> HTTPResponse:
        kind: NoteKind = next((kind for kind in WRITTEN if kind == request.form.get("soort")), "notitie")
        action: audit.Action = "case_noted" if kind == "notitie" else "case_contacted"

        def write(work: CaseWork, case_id: str, request: Request) -> bool:
            return _note(work, case_id, kind, request)

        done = await in_thread(_do, gate.services, visitor, case_id, action, write, request)
        return back_to_case(case_id, "" if done else "leeg" if kind == "notitie" else "veranderd")


def _note(work: CaseWork, case_id: str, kind: NoteKind, request: Request) -> bool:
    text = _text(request, "tekst")
    if kind == "notitie" and not text:
        return False
    if not work.note(case_id, kind, text):
        return False
    if kind != "notitie":
        work.wait(case_id, bool(request.form.get("wachten")))
    return True


def _pass_on(work: CaseWork, case_id: str, request: Request) -> bool:
    holder, to = _number(request, "van"), _number(request, "naar")
    if holder is None or to is None or not work.is_ouderadviseur(to):
        return False
    return work.pass_on(case_id, holder, to)


def _put_back(work: CaseWork, case_id: str, request: Request) -> bool:
    holder = _number(request, "van")
    return holder is not None and work.pass_on(case_id, holder, None)


def _close(work: CaseWork, case_id: str, request: Request) -> bool:
    reason = request.form.get("reden") or ""
    return reason in REASONS and work.close(case_id, reason, _text(request, "tekst"))


def _wait(work: CaseWork, case_id: str, request: Request) -> bool:
    return work.wait(case_id, request.form.get("wachten") == "ja")


def back_to_case(case_id: str, told: str = "") -> HTTPResponse:
    """To the page of the case, with what could not be done."""
    return go(f"/inbox/zaken/{case_id}?melding={told}" if told else f"/inbox/zaken/{case_id}")


def _text(request: Request, name: str) -> str:
    return str(request.form.get(name) or "").strip()[:NOTE_MAX]


def _number(request: Request, name: str) -> int | None:
    raw = str(request.form.get(name) or "")
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 10 else None
