"""The page of a parent's own case, by receipt code: how it stands, add a line, withdraw it, what is held."""

from __future__ import annotations

import json as encoding
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sanic import Request, Sanic
from sanic.response import HTTPResponse, html, raw
from sqlalchemy.exc import SQLAlchemyError

from bot.chat.api import usable
from bot.chat.assets import Assets, templates
from bot.chat.context import Context
from bot.chat.limits import Rate
from bot.chat.render import markdown_html
from bot.chat.turn import help_lines
from bot.handoff.carriers import channels
from bot.handoff.clock import as_utc, dutch_time, utc_now
from bot.handoff.parent_case import LONGEST_LINE, STEPS, ParentCases
from bot.handoff.receipts import read_code, reference_of
from bot.handoff.retention import Terms
from bot.nlu.danger import need
from bot.privacy.vault import VaultError

_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {"Content-Security-Policy": _POLICY, "Cache-Control": "no-store"}
_NO_CODE = "Deze code ken ik niet. Kijkt u haar nog eens na? Misschien is de vraag ingetrokken of al verwijderd."
_TOO_OFTEN = "Er is te vaak een code geprobeerd. Wacht een minuut en probeer het dan nog eens."
_AWAY = "Het lukt nu even niet, en er is niets veranderd. Probeer het over een minuut nog eens."
_NOTHING = "U hebt nog niets getypt."
_ADDED = "Uw aanvulling is bewaard. De ouderadviseurs krijgen bericht."
_NOT_ADDED = "Dit kon niet meer worden toegevoegd. Bel of mail het Oudersteunpunt, of stel een nieuwe vraag in de chat."
_GONE = "Uw vraag is ingetrokken. Alles wat wij daarover hadden, is nu verwijderd."

# A code has 24 to the power 8 possibilities behind its reference: at this pace nobody gets anywhere.
_PER_REFERENCE = (30, 1 / 20)
_TOGETHER = (300, 5.0)


class CasePage:
    """Shows and changes a case for whoever has its code."""

    def __init__(self, context: Context) -> None:
        services, settings = context.services, context.services.settings
        self._context = context
        self._cases = ParentCases(services.engine, services.vault, Terms.of(settings), channels(settings))
        self._wrong, self._all = Rate(*_PER_REFERENCE), Rate(*_TOGETHER)
        self._assets, self._templates = Assets(), templates()
        self._templates.filters |= {"day": _day, "markdown": markdown_html}
        self._held = self._templates.get_template("held.html")

    def show(self, status: int = 200, **fields: Any) -> HTTPResponse:
        """The page; without a case it asks for the code."""
        blank: dict[str, Any] = {"case": None, "code": "", "problem": "", "done": "", "asks": False, "danger": ""}
        values = {**blank, **fields, "version": self._assets.version, "steps": STEPS, "longest": LONGEST_LINE}
        values["moment"] = lambda at: dutch_time(at, utc_now())
        return html(self._templates.get_template("case.html").render(**values), status=status, headers=_HEADERS)

    async def answer(self, form: Mapping[str, str]) -> HTTPResponse:
        """What is asked with a code."""
        code = read_code(form.get("code", ""))
        if code is None:
            return self.show(404 if form.get("code") else 400, problem=_NO_CODE, code=form.get("code", "")[:40])
        if not self._all.allow("all") or not self._wrong.allow(reference_of(code)):
            return self.show(429, problem=_TOO_OFTEN, code=code)
        try:
            return await self._carry_out(code, form)
        except (SQLAlchemyError, VaultError):
            return self.show(503, problem=_AWAY, code=code)

    async def _carry_out(self, code: str, form: Mapping[str, str]) -> HTTPResponse:
        run, action = self._context.lane.run, form.get("actie", "")
        if action == "ingetrokken":
            gone = await run(self._cases.withdraw, code)
            return self.show(done=_GONE) if gone else self.show(404, problem=_NO_CODE, code=code)
        if action in ("gegevens", "gegevens_json"):
            held = await run(self._cases.export, code)
            if held is None:
                return self.show(404, problem=_NO_CODE, code=code)
            return self._download(held, reference_of(code), action.endswith("json"))
        said = await self._add(code, usable(form.get("tekst", ""))) if action == "toevoegen" else {}
        standing = await run(self._cases.standing, code)
        if standing is None:
            return self.show(404, problem=_NO_CODE, code=code)
        return self.show(case=standing, code=code, asks=action == "intrekken", **said)

    def _download(self, held: Mapping[str, Any], reference: str, for_programs: bool) -> HTTPResponse:
        """A file to read, or the same for a program."""
        kind, end = ("application/json", "json") if for_programs else ("text/html", "html")
        body = encoding.dumps(held, ensure_ascii=False, indent=2) if for_programs else self._held.render(held=held)
        disposition = {"Content-Disposition": f'attachment; filename="ouderchat-{reference}.{end}"'}
        return raw(body.encode(), content_type=f"{kind}; charset=utf-8", headers={**_HEADERS, **disposition})

    async def _add(self, code: str, text: str) -> dict[str, Any]:
        if not text:
            return {"problem": _NOTHING}
        found = self._context.services.detector.check(text)
        # The help lines appear in every state, whether the line is stored or not.
        danger = markdown_html(help_lines().text) if found else ""
        kind = need(found) or None
        added = await self._context.lane.run(self._cases.add_line, code, text, kind)
        return {"done": _ADDED if added else "", "problem": "" if added else _NOT_ADDED, "danger": danger}


def add_case_page(app: Sanic, context: Context) -> None:
    """Add ``GET /zaak`` and ``POST /zaak``. The code stands in the body only, never in an address or a log."""
    page = CasePage(context)

    @app.get("/zaak")
    async def ask_code(_request: Request) -> HTTPResponse:
        return page.show()

    @app.post("/zaak")
    async def with_code(request: Request) -> HTTPResponse:
        return await page.answer({name: str(values[0]) for name, values in (request.form or {}).items() if values})


def _day(moment: str) -> str:
    """A moment as in the export, in words; anything else as it is."""
    try:
        return dutch_time(as_utc(datetime.fromisoformat(moment)), datetime.min)
    except ValueError:
        return moment
