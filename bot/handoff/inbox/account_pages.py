"""One's own account: the second step of the log-in, the password, and the browsers that are logged in."""

from __future__ import annotations

from functools import partial

from markupsafe import Markup
from sanic import Blueprint, HTTPResponse, Request

from bot.handoff.account_admin import change_own_password
from bot.handoff.accounts import AccountError
from bot.handoff.inbox.gate import Gate, Visitor, go
from bot.handoff.inbox.services import in_thread
from bot.handoff.sessions import end_session, end_sessions, list_sessions
from bot.handoff.totp import TwoStep, qr_svg, readable_secret

_WRONG_CODE = (
    "Deze code klopt niet. Kijk of de klok van uw telefoon goed staat, en neem de code die nu in de app staat."
)
_NOT_EQUAL = "De twee wachtwoorden zijn niet gelijk."


def add_account(routes: Blueprint, gate: Gate) -> None:
    """Add the pages."""
    _add_overview(routes, gate)
    _add_password(routes, gate)
    _add_sessions(routes, gate)
    _add_two_step(routes, gate)


async def _show(gate: Gate, visitor: Visitor, status: int = 200, **values: object) -> HTTPResponse:
    services = gate.services
    sessions = await in_thread(list_sessions, services.engine, visitor.account.id, services.clock())
    values = {"field": None, "sessions": sessions, "own": visitor.session_id, **values}
    return gate.pages.show("account.html", status, **values, **visitor.on_page)


def _add_overview(routes: Blueprint, gate: Gate) -> None:
    @routes.get("/account")
    @gate.known
    async def show_account(_request: Request, visitor: Visitor) -> HTTPResponse:
        return await _show(gate, visitor)


def _add_password(routes: Blueprint, gate: Gate) -> None:
    @routes.post("/account/wachtwoord")
    @gate.known
    async def send_password(request: Request, visitor: Visitor) -> HTTPResponse:
        old, new, again = (str(request.form.get(name) or "") for name in ("old", "password", "again"))
        services = gate.services
        try:
            if new != again:
                raise AccountError("again", _NOT_EQUAL)
            now = services.clock()
            await in_thread(change_own_password, services.engine, visitor.account, old, new, visitor.token, now)
        except AccountError as error:
            return await _show(gate, visitor, 400, field=error.field, problem=str(error))
        return go("/inbox/account")


def _add_sessions(routes: Blueprint, gate: Gate) -> None:
    services = gate.services

    @routes.post("/account/sessies/<session_id:str>")
    @gate.known
    async def send_end(_request: Request, visitor: Visitor, session_id: str) -> HTTPResponse:
        await in_thread(end_session, services.engine, visitor.account.id, session_id, services.clock())
        return go("/inbox/account")

    @routes.post("/account/sessies")
    @gate.known
    async def send_end_others(_request: Request, visitor: Visitor) -> HTTPResponse:
        await in_thread(end_sessions, services.engine, visitor.account.id, services.clock(), visitor.token)
        return go("/inbox/account")


def _add_two_step(routes: Blueprint, gate: Gate) -> None:
    services = gate.services
    two_step = TwoStep(services.engine, services.vault)

    async def show(visitor: Visitor, status: int = 200, problem: str | None = None) -> HTTPResponse:
        secret = await in_thread(two_step.offer, visitor.account)
        shown = {"qr": Markup(qr_svg(visitor.account, secret)), "secret": readable_secret(secret)}
        required = services.settings.two_step_required
        return gate.pages.show("two_step.html", status, problem=problem, required=required, **shown, **visitor.on_page)

    @routes.get("/account/tweestaps")
    @partial(gate.known, enrolling=True)
    async def show_two_step(_request: Request, visitor: Visitor) -> HTTPResponse:
        return go("/inbox/account") if visitor.account.two_step else await show(visitor)

    @routes.post("/account/tweestaps")
    @partial(gate.known, enrolling=True)
    async def send_two_step(request: Request, visitor: Visitor) -> HTTPResponse:
        code = str(request.form.get("code") or "")
        if visitor.account.two_step:
            return go("/inbox/account")
        if not await in_thread(two_step.confirm, visitor.account, code, services.clock()):
            return await show(visitor, 400, _WRONG_CODE)
        return go("/inbox")
