"""Answers that were wrong: the button under a line of the bot, and the list of tasks for content staff."""

from __future__ import annotations

from typing import Any

from sanic import Blueprint, HTTPResponse, Request

from bot.db import reading, writing
from bot.handoff import audit
from bot.handoff.accounts import Role
from bot.handoff.answer_tasks import Task, add_task, finish_task, list_tasks
from bot.handoff.inbox.gate import Gate, Visitor, go
from bot.handoff.inbox.services import InboxServices, in_thread
from bot.handoff.outbox import dead_letters, offer_again
from bot.publish.publications import read_json
from bot.report import REPORT

_STRUCK = "De ouder heeft de vraag bij dit antwoord weggelaten. Er is daarom geen taak gemaakt."
_MADE = (
    "De redactie heeft een taak gekregen, met alleen de vraag. Namen en nummers die de chat herkent, staan er niet in."
)


def add_tasks(routes: Blueprint, gate: Gate) -> None:
    """Add the pages."""
    _add_button(routes, gate)
    _add_list(routes, gate)
    _add_dead_letters(routes, gate)


def _add_button(routes: Blueprint, gate: Gate) -> None:
    @routes.post("/zaken/<case_id:str>/antwoord/<seq:int>")
    @gate.member
    async def send_wrong(_request: Request, visitor: Visitor, case_id: str, seq: int) -> HTTPResponse:
        made = await in_thread(_make, gate.services, visitor, case_id, seq)
        title, text = ("Dank u wel", _MADE) if made else ("Geen taak gemaakt", _STRUCK)
        back = f"/inbox/zaken/{case_id}"
        return gate.pages.show("answer_wrong_done.html", title=title, text=text, back=back, **visitor.on_page)


def _add_list(routes: Blueprint, gate: Gate) -> None:
    staff: tuple[Role, ...] = ("redactie", "beheerder")

    async def show(_request: Request, visitor: Visitor) -> HTTPResponse:
        tasks: list[Task] = await in_thread(_list, gate.services)
        return gate.pages.show("tasks.html", tasks=tasks, **visitor.on_page)

    async def done(_request: Request, visitor: Visitor, task_id: int) -> HTTPResponse:
        await in_thread(_finish, gate.services, visitor, task_id)
        return go("/inbox/antwoorden")

    async def unclear(_request: Request, visitor: Visitor) -> HTTPResponse:
        report = await in_thread(read_json, gate.services.settings.var_dir / REPORT)
        return gate.pages.show("unclear.html", report=report, **visitor.on_page)

    routes.add_route(gate.member(unclear, staff), "/onbegrepen", name="show_unclear")
    routes.add_route(gate.member(show, staff), "/antwoorden", name="show_tasks")
    routes.add_route(gate.member(done, staff), "/antwoorden/<task_id:int>", methods=["POST"], name="finish_task")


def _add_dead_letters(routes: Blueprint, gate: Gate) -> None:
    staff: tuple[Role, ...] = ("ouderadviseur", "beheerder")

    async def show(_request: Request, visitor: Visitor) -> HTTPResponse:
        letters = await in_thread(_letters, gate.services)
        return gate.pages.show("dead_letters.html", letters=letters, **visitor.on_page)

    async def again(_request: Request, visitor: Visitor, parcel_id: int) -> HTTPResponse:
        await in_thread(_again, gate.services, parcel_id)
        return go("/inbox/niet-bezorgd")

    routes.add_route(gate.member(show, staff), "/niet-bezorgd", name="show_dead_letters")
    routes.add_route(gate.member(again, staff), "/niet-bezorgd/<parcel_id:int>", methods=["POST"], name="offer_again")


def _make(services: InboxServices, visitor: Visitor, case_id: str, seq: int) -> bool:
    with writing(services.engine) as connection:
        now = services.clock()
        made = add_task(connection, case_id, seq, now)
        audit.record(connection, "answer_wrong", now, visitor.account.id, case_id[:32])
        return made


def _list(services: InboxServices) -> list[Task]:
    with reading(services.engine) as connection:
        return list_tasks(connection)


def _finish(services: InboxServices, visitor: Visitor, task_id: int) -> None:
    with writing(services.engine) as connection:
        finish_task(connection, task_id, visitor.account.id, services.clock())


def _letters(services: InboxServices) -> list[dict[str, Any]]:
    with reading(services.engine) as connection:
        names = ("id", "kind", "created", "dead_at", "attempts", "last_error")
        rows = [row._mapping for row in dead_letters(connection)]
        return [{**{name: row[name] for name in names}, "code": row["payload"]["code"]} for row in rows]


def _again(services: InboxServices, parcel_id: int) -> None:
    with writing(services.engine) as connection:
        offer_again(connection, parcel_id, services.clock())
