"""Logging in, in one step or two, logging out, and the first account."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sanic import Blueprint, HTTPResponse, Request

from bot.handoff.accounts import AccountError, create_first_account, first_login_usable
from bot.handoff.inbox.device import device_of
from bot.handoff.inbox.gate import SESSION_COOKIE, Gate, Visitor, after_login, go
from bot.handoff.inbox.services import in_thread
from bot.handoff.sessions import LoginLocked, LoginRefused, confirm_code, find_session, list_sessions, log_in, log_out
from bot.handoff.totp import TwoStep

if TYPE_CHECKING:
    from bot.chat.live import LiveDesk

_REFUSED = "Dit e-mailadres en wachtwoord horen niet bij elkaar. Kijk ze nog eens na."
_LOCKED = "Er is te vaak een verkeerd wachtwoord of een verkeerde code ingevuld. Probeer het over een kwartier weer."
_WRONG_CODE = "Deze code klopt niet, of is al een keer gebruikt. Wacht tot de app een nieuwe laat zien, en vul die in."
_LINK_GONE = (
    "Deze link is verlopen of al gebruikt. Is er nog geen account? Start de Ouderchat dan opnieuw: "
    "daarbij komt een nieuwe link in beeld."
)
_NOT_EQUAL = "De twee wachtwoorden zijn niet gelijk."


def add_login(routes: Blueprint, gate: Gate, live: LiveDesk) -> None:
    """Add the pages."""
    _add_log_in(routes, gate)
    _add_code(routes, gate)
    _add_log_out(routes, gate, live)
    _add_first_account(routes, gate)


def _add_log_in(routes: Blueprint, gate: Gate) -> None:
    @routes.get("/inloggen")
    @gate.public
    async def show_login(request: Request, csrf: str) -> HTTPResponse:
        further = after_login(request.args.get("verder"))
        return gate.pages.show("login.html", csrf=csrf, further=further, email="")

    @routes.post("/inloggen")
    @gate.public
    async def send_login(request: Request, csrf: str) -> HTTPResponse:
        email, further = _field(request, "email"), after_login(_field(request, "verder"))
        try:
            return await _start_session(gate, request, email, _field(request, "password"), further)
        except LoginRefused:
            status, problem = 401, _REFUSED
        except LoginLocked:
            status, problem = 429, _LOCKED
        return gate.pages.show("login.html", status, csrf=csrf, further=further, email=email, problem=problem)


def _add_code(routes: Blueprint, gate: Gate) -> None:
    services = gate.services
    two_step = TwoStep(services.engine, services.vault)

    @routes.get("/code")
    @gate.halfway
    async def show_code(request: Request, _token: str, csrf: str) -> HTTPResponse:
        return gate.pages.show("code.html", csrf=csrf, further=after_login(request.args.get("verder")))

    @routes.post("/code")
    @gate.halfway
    async def send_code(request: Request, token: str, csrf: str) -> HTTPResponse:
        code, further = _field(request, "code"), after_login(_field(request, "verder"))
        try:
            opened = await in_thread(
                confirm_code,
                services.engine,
                token,
                lambda account, now: two_step.check(account, code, now),
                services.clock(),
            )
        except LoginRefused:
            status, problem = 401, _WRONG_CODE
        except LoginLocked:
            status, problem = 429, _LOCKED
        else:
            response = go(further)
            gate.set_cookie(response, SESSION_COOKIE, opened)
            return response
        return gate.pages.show("code.html", status, csrf=csrf, further=further, problem=problem)


def _add_log_out(routes: Blueprint, gate: Gate, live: LiveDesk) -> None:
    @routes.post("/uitloggen")
    @partial(gate.known, enrolling=True)
    async def send_logout(_request: Request, visitor: Visitor) -> HTTPResponse:
        await in_thread(log_out, gate.services.engine, visitor.token, gate.services.clock())
        if not await in_thread(list_sessions, gate.services.engine, visitor.account.id, gate.services.clock()):
            await live.leave_all(visitor.account.id)
        response = go("/inbox/inloggen")
        gate.drop_cookie(response, SESSION_COOKIE)
        return response


def _add_first_account(routes: Blueprint, gate: Gate) -> None:
    @routes.get("/eerste-account/<token:str>")
    @gate.public
    async def show_first_account(_request: Request, csrf: str, token: str) -> HTTPResponse:
        services = gate.services
        if not await in_thread(first_login_usable, services.engine, token, services.clock()):
            return gate.pages.message(410, "Deze link werkt niet meer", _LINK_GONE)
        return gate.pages.show("first_account.html", csrf=csrf, name="", email="", field=None)

    @routes.post("/eerste-account/<token:str>")
    @gate.public
    async def send_first_account(request: Request, csrf: str, token: str) -> HTTPResponse:
        name, email, password = (_field(request, field) for field in ("name", "email", "password"))
        try:
            if password != _field(request, "again"):
                raise AccountError("again", _NOT_EQUAL)
            services = gate.services
            await in_thread(create_first_account, services.engine, token, name, email, password, services.clock())
        except AccountError as error:
            if error.field == "link":
                return gate.pages.message(410, "Deze link werkt niet meer", _LINK_GONE)
            values = {"name": name, "email": email, "field": error.field, "problem": str(error)}
            return gate.pages.show("first_account.html", 400, csrf=csrf, **values)
        return await _start_session(gate, request, email, password, "/inbox")


async def _start_session(gate: Gate, request: Request, email: str, password: str, further: str) -> HTTPResponse:
    services = gate.services
    device = device_of(request.headers.get("user-agent", ""))
    token = await in_thread(log_in, services.engine, email, password, services.clock(), device)
    session = await in_thread(find_session, services.engine, token, services.clock())
    pending = session is not None and session.pending
    response = go(f"/inbox/code?verder={further}" if pending else further)
    gate.set_cookie(response, SESSION_COOKIE, token)
    return response


def _field(request: Request, name: str) -> str:
    return str(request.form.get(name) or "")
