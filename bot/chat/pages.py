"""The pages: the example of a host page, the chat frame, all answers, and the files they need."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Any

from sanic import Request, Sanic
from sanic.response import HTTPResponse, html

from bot.chat.answers import AnswersPage
from bot.chat.assets import Assets, templates
from bot.chat.context import Context
from bot.chat.errors import Refused
from bot.chat.headers import page_headers
from bot.chat.limits import TEXT_LIMIT

START_TOPICS = (
    "ondersteuning/eerste_stap",
    "zorgplicht/uitleg",
    "tlv/uitleg",
    "ziek/zorgplicht",
    "school/zoeken",
)
"""The questions offered before the first message; those that do not exist are left out."""


def add_pages(app: Sanic, context: Context) -> None:
    """Add the pages to the door."""
    assets, pages = Assets(), templates()
    settings = context.services.settings
    answers = AnswersPage(context.services.answers_dir, context.topics)

    def page(name: str, framed: bool, **fields: Any) -> HTTPResponse:
        text = pages.get_template(name).render(version=assets.version, **fields)
        return html(text, headers=page_headers(settings.frame_ancestors if framed else "'none'"))

    @app.get("/")
    async def example(_request: Request) -> HTTPResponse:
        return page("example.html", False, base_url=settings.base_url)

    @app.get("/chat")
    async def chat(_request: Request) -> HTTPResponse:
        starters = [context.topics[topic] for topic in START_TOPICS if topic in context.topics]
        return page("chat.html", True, days=settings.conversation_days, limit=TEXT_LIMIT, starters=starters)

    @app.get("/antwoorden")
    async def all_answers(_request: Request) -> HTTPResponse:
        themes = await asyncio.to_thread(answers.themes, date.today())
        return page("answers.html", True, themes=themes)

    @app.get("/widget.js")
    async def launcher(request: Request) -> HTTPResponse:
        return assets["widget.js"].answer(request, "public, max-age=300")

    @app.get("/statisch/<version:str>/<name:str>")
    async def static(request: Request, version: str, name: str) -> HTTPResponse:
        answer = assets.answer(request, version, name)
        if answer is None:
            raise Refused(404)
        return answer
