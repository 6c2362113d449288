"""The pages: the example of a host page, the chat frame, all answers, and the files they need."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any

from sanic import Request, Sanic
from sanic.response import HTTPResponse, empty, raw

from bot.chat.answers import AnswersPage
from bot.chat.assets import Assets, templates
from bot.chat.context import Context
from bot.chat.errors import Refused
from bot.chat.headers import page_headers
from bot.chat.limits import TEXT_LIMIT
from bot.knowledge import current

START_TOPICS = (
    "ondersteuning/eerste_stap",
    "zorgplicht/uitleg",
    "tlv/uitleg",
    "ziek/zorgplicht",
    "school/zoeken",
)
"""The questions offered before the first message; those that do not exist are left out."""

_LAUNCHER_CACHE = "public, max-age=300, stale-while-revalidate=604800, stale-if-error=604800"
"""A page that had the button keeps it for a week while the door is away."""


def add_pages(app: Sanic, context: Context) -> None:
    """Add the pages to the door."""
    assets, pages = Assets(), templates()
    settings = context.services.settings
    answers = AnswersPage(context.services.answers_dir, context.topics)

    def page(request: Request, name: str, framed: bool, **fields: Any) -> HTTPResponse:
        text = pages.get_template(name).render(version=assets.version, **fields)
        return _page(request, text, page_headers(settings.frame_ancestors if framed else "'none'"))

    @app.get("/")
    async def example(request: Request) -> HTTPResponse:
        return page(request, "example.html", False, base_url=settings.base_url)

    @app.get("/chat")
    async def chat(request: Request) -> HTTPResponse:
        starters = [context.topics[topic] for topic in START_TOPICS if topic in context.topics]
        fields = {"days": settings.conversation_days, "limit": TEXT_LIMIT, "starters": starters, "website": _website()}
        return page(request, "chat.html", True, **fields)

    @app.get("/antwoorden")
    async def all_answers(request: Request) -> HTTPResponse:
        themes = await asyncio.to_thread(answers.themes, date.today())
        return page(request, "answers.html", True, themes=themes)

    @app.get("/toegankelijkheid")
    async def accessibility(request: Request) -> HTTPResponse:
        return page(request, "accessibility.html", False, website=_website())

    @app.get("/widget.js")
    async def launcher(request: Request) -> HTTPResponse:
        return assets["widget.js"].answer(request, _LAUNCHER_CACHE)

    @app.get("/sw.js")
    async def service_worker(request: Request) -> HTTPResponse:
        answer = assets["sw.js"].answer(request, "no-cache")
        # What it may fetch; it is a script of its own, not a part of a page.
        answer.headers["Content-Security-Policy"] = "default-src 'none'; connect-src 'self'"
        return answer

    @app.get("/statisch/<version:str>/<name:str>")
    async def static(request: Request, version: str, name: str) -> HTTPResponse:
        answer = assets.answer(request, version, name)
        if answer is None:
            raise Refused(404)
        return answer


def _page(request: Request, text: str, headers: Mapping[str, str]) -> HTTPResponse:
    """A page, packed when the browser can unpack it; or that it did not change."""
    body = text.encode()
    etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    headers = {**headers, "ETag": etag, "Vary": "Accept-Encoding"}
    if request.headers.get("if-none-match") == etag:
        return empty(status=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        body, headers = gzip.compress(body, 6), {**headers, "Content-Encoding": "gzip"}
    return raw(body, content_type="text/html; charset=utf-8", headers=headers)


def _website() -> str:
    """Where a parent finds the organisation without the chat."""
    return current().organisation.website
