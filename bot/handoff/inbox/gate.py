"""Who gets in: session cookie, role, and the CSRF token of every form."""

from __future__ import annotations

import hashlib
import hmac
import logging
import re
import secrets
from collections.abc import Callable, Container, Coroutine
from dataclasses import dataclass
from functools import wraps
from typing import Any

from sanic import HTTPResponse, Request
from sanic.response import redirect
from sqlalchemy.exc import SQLAlchemyError

from bot.db import reading, writing
from bot.handoff import audit
from bot.handoff.accounts import ROLES, Account, Role
from bot.handoff.case_list import Alarm
from bot.handoff.case_list import alarm as case_alarm
from bot.handoff.inbox.pages import HEADERS, Pages
from bot.handoff.inbox.services import InboxServices, in_thread
from bot.handoff.sessions import Session, find_session
from bot.privacy.vault import VaultError

SESSION_COOKIE = "inbox_sessie"
FORM_COOKIE = "inbox_formulier"
"""Stands for the visitor until there is a session, so that the log-in form has a CSRF token too."""
_CASE_PAGE = re.compile(r"/inbox/zaken/[0-9a-f]{32}")
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Visitor:
    """Somebody who is logged in.

    Attributes:
        account: who it is.
        token: of the session.
        csrf: belongs in every form of this session.
        session_id: names the session in the list of sessions.
        alarm: what nobody has read yet; None for who reads no cases.
    """

    account: Account
    token: str
    csrf: str
    session_id: str = ""
    alarm: Alarm | None = None

    @property
    def on_page(self) -> dict[str, Any]:
        """What every page needs to know of the visitor."""
        return {"account": self.account, "csrf": self.csrf, "alarm": self.alarm}


BY_ITSELF = "x-vanzelf"
"""A header of what an open page asks by itself: signs of life, and its own renewal. That is no use of a session."""
Handler = Callable[..., Coroutine[Any, Any, Any]]
"""Gives a page, or None when it has answered by itself (a stream)."""


class Gate:
    """Lets ouderadviseurs in, and nobody else."""

    def __init__(self, services: InboxServices, pages: Pages) -> None:
        self.services = services
        self.pages = pages

    def public(self, handler: Handler) -> Handler:
        """A page for somebody who is not logged in; its form still needs its token."""

        @wraps(handler)
        async def guarded(request: Request, **path: str) -> HTTPResponse:
            form_id = request.cookies.get(FORM_COOKIE) or secrets.token_urlsafe(24)
            if request.method == "POST" and not self._from_own_form(request, request.cookies.get(FORM_COOKIE)):
                return self._stale_form()
            response = await self._safely(handler(request, self.csrf(form_id), **path))
            if FORM_COOKIE not in request.cookies:
                self.set_cookie(response, FORM_COOKIE, form_id)
            return response

        return guarded

    def member(self, handler: Handler, roles: Container[Role] = ("ouderadviseur",)) -> Handler:
        """A page for ouderadviseurs only (DESIGN: independence)."""

        @wraps(handler)
        async def guarded(request: Request, **path: str) -> HTTPResponse:
            return await self._safely(self._admit(handler, roles, request, path))

        return guarded

    def known(self, handler: Handler, *, enrolling: bool = False) -> Handler:
        """A page for everybody who is logged in; not for anything about a case.

        Args:
            handler: makes the page.
            enrolling: also for somebody who has still to set up the second step of the log-in.
        """

        @wraps(handler)
        async def guarded(request: Request, **path: str) -> HTTPResponse:
            return await self._safely(self._admit(handler, ROLES, request, path, enrolling=enrolling))

        return guarded

    def halfway(self, handler: Handler) -> Handler:
        """The page for the code from the app, after the password."""

        @wraps(handler)
        async def guarded(request: Request, **path: str) -> HTTPResponse:
            token = request.cookies.get(SESSION_COOKIE) or ""
            session = await in_thread(find_session, self.services.engine, token, self.services.clock())
            if session is None or not session.pending:
                return to_login(request) if session is None else go("/inbox")
            if request.method == "POST" and not self._from_own_form(request, token):
                return self._stale_form()
            return await self._safely(handler(request, token, self.csrf(token), **path))

        return guarded

    async def _admit(
        self,
        handler: Handler,
        roles: Container[Role],
        request: Request,
        path: dict[str, str],
        *,
        enrolling: bool = False,
    ) -> Any:
        token = request.cookies.get(SESSION_COOKIE) or ""
        # A stream is opened again after every break, and its browser adds no header to that.
        used = BY_ITSELF not in request.headers and not request.path.endswith("/stroom")
        session = await in_thread(find_session, self.services.engine, token, self.services.clock(), used)
        if session is None or session.pending:
            return to_login(request)
        if request.method == "POST" and not self._from_own_form(request, token):
            return self._stale_form()
        if session.account.role not in roles:
            return await self._refuse(session, token, path.get("case_id"))
        if self.services.settings.two_step_required and not session.account.two_step and not enrolling:
            return go("/inbox/account/tweestaps")
        alarm = await in_thread(self._alarm, session.account.id) if session.account.role == "ouderadviseur" else None
        return await handler(request, Visitor(session.account, token, self.csrf(token), session.id, alarm), **path)

    def _alarm(self, account_id: int) -> Alarm:
        with reading(self.services.engine) as connection:
            return case_alarm(connection, account_id)

    async def _refuse(self, session: Session, token: str, case_id: str | None) -> HTTPResponse:
        account = session.account
        await in_thread(self.record, "case_refused", account.id, case_id)
        text = "Alleen ouderadviseurs lezen de zaken van ouders."
        return self.pages.message(403, "Geen toegang", text, account=account, csrf=self.csrf(token))

    async def _safely(self, answer: Coroutine[Any, Any, HTTPResponse]) -> HTTPResponse:
        try:
            return await answer
        except (SQLAlchemyError, VaultError) as error:
            log.error("the inbox cannot read or write its data: %s", type(error).__name__)
            text = "De inbox kan nu niet bij de gegevens. Er is niets veranderd. Probeer het over een minuut weer."
            return self.pages.message(503, "Even geduld", text)

    def record(self, action: audit.Action, account_id: int, case_id: str | None = None) -> None:
        """Add a row to the audit, in its own transaction."""
        with writing(self.services.engine) as connection:
            audit.record(connection, action, self.services.clock(), account_id, case_id and case_id[:32])

    def csrf(self, base: str) -> str:
        """The token for the forms of a session, or of a visitor without one."""
        return hmac.new(self.services.keys.signing.encode(), f"inbox-csrf:{base}".encode(), hashlib.sha256).hexdigest()

    def set_cookie(self, response: HTTPResponse, name: str, value: str) -> None:
        """A cookie that scripts cannot read and that other sites do not send along."""
        response.cookies[name] = value
        response.cookies[name]["path"] = "/inbox"
        response.cookies[name]["httponly"] = True
        response.cookies[name]["samesite"] = "Strict"
        if self.services.settings.base_url.startswith("https:"):
            response.cookies[name]["secure"] = True

    def drop_cookie(self, response: HTTPResponse, name: str) -> None:
        """Take a cookie back."""
        self.set_cookie(response, name, "")
        response.cookies[name]["max-age"] = 0

    def _from_own_form(self, request: Request, base: str | None) -> bool:
        sent = request.form.get("csrf") or ""
        return base is not None and hmac.compare_digest(sent.encode(), self.csrf(base).encode())

    def _stale_form(self) -> HTTPResponse:
        text = "Deze pagina was te oud. Er is niets veranderd. Ga terug, ververs de pagina en probeer het weer."
        return self.pages.message(403, "Probeer het nog eens", text)


def go(path: str) -> HTTPResponse:
    """To another page after a form was sent."""
    return redirect(path, status=303, headers=HEADERS)


def to_login(request: Request) -> HTTPResponse:
    """To the log-in page, and from there on to the case that was asked for."""
    wanted = after_login(request.path)
    return go("/inbox/inloggen" if wanted == "/inbox" else f"/inbox/inloggen?verder={wanted}")


def after_login(wanted: str | None) -> str:
    """Where to go after logging in: the page of a case, or the list; never to another site."""
    return wanted if wanted and _CASE_PAGE.fullmatch(wanted) else "/inbox"
