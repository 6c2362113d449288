"""Pages of the inbox: templates, their filters, and the headers that go with every page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from sanic import Blueprint, HTTPResponse, Request
from sanic.response import html, raw

from bot.chat.render import markdown_html
from bot.handoff.case_work import REASONS
from bot.handoff.cases import Line
from bot.handoff.clock import dutch_time
from bot.handoff.inbox.services import InboxServices
from bot.handoff.sheet import make_sheet, rows
from bot.knowledge import current
from bot.topics import load_topics

_HERE = Path(__file__).parent
_TOKEN_NUMBER = re.compile(r"\[(telefoon|email|naam)#\d+\]")
_KINDS = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
SNIPPET = 160
"""Characters of a text that the list shows."""
AUTHORS = {"ouder": "Ouder", "bot": "Chatbot", "mens": "Ouderadviseur"}
STEPS = {
    "notitie": "Notitie",
    "gebeld": "Gebeld",
    "gemaild": "Gemaild",
    "genomen": "Genomen",
    "overgedragen": "Overgedragen",
    "terug": "Teruggelegd bij Nieuw",
    "gesloten": "Afgesloten",
    "heropend": "Heropend",
    "live_joined": "In gesprek met de ouder",
    "live_left": "Gesprek teruggegeven aan de chatbot",
    "live_dropped": "Verbinding weg, gesprek teruggegeven aan de chatbot",
}
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not "no-referrer": with it a browser sends "Origin: null" along with the forms of the inbox itself.
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Pages:
    """Makes pages from templates; everything put into them is escaped."""

    def __init__(self, services: InboxServices) -> None:
        self._services = services
        self._environment = Environment(
            loader=FileSystemLoader(_HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters |= {
            "moment": lambda at: dutch_time(at, services.clock()),
            "topic": self._topic,
            "snippet": _snippet,
            "line_html": _line_html,
            "sheet": lambda content: make_sheet(content, current(), services.clock()),
            "rows": lambda sheet: rows(sheet, self._topic, services.clock()),
            "dialled": lambda contact: re.sub(r"[^\d+]", "", contact),
        }
        self._environment.globals |= {"authors": AUTHORS, "reasons": REASONS, "steps": STEPS}

    def show(self, template: str, status: int = 200, **values: Any) -> HTTPResponse:
        """A page with its headers."""
        values = {"account": None, "csrf": "", "problem": None, "alarm": None, **values}
        page = self._environment.get_template(template).render(**values)
        return html(page, status=status, headers=HEADERS)

    def message(self, status: int, title: str, text: str, **values: Any) -> HTTPResponse:
        """A page that says one thing and leads back."""
        return self.show("message.html", status, title=title, text=text, **values)

    def _topic(self, topic: str) -> str:
        """The topic as its button says it; the id where the list cannot be read."""
        try:
            return load_topics(self._services.settings.knowledge_dir)[topic].button
        except (KeyError, OSError, ValueError):
            return topic or "Een vraag zonder onderwerp"


def add_assets(routes: Blueprint) -> None:
    """Style sheet, scripts and icon; read once, they are small."""
    for path in sorted((_HERE / "static").iterdir()):
        _add_asset(routes, path.name, _KINDS[path.suffix])


def _add_asset(routes: Blueprint, name: str, kind: str) -> None:
    content = (_HERE / "static" / name).read_bytes()
    headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-cache"}

    @routes.get(f"/{name}", name=name.replace(".", "_"))
    async def asset(_request: Request) -> HTTPResponse:
        return raw(content, content_type=kind, headers=headers)


def _snippet(about: str) -> str:
    """The start of a text for the list; contact details show their kind only."""
    text = _TOKEN_NUMBER.sub(r"[\1]", " ".join(about.split()))
    return text if len(text) <= SNIPPET else f"{text[: SNIPPET - 1].rsplit(' ', 1)[0]}…"


def _line_html(line: Line) -> Markup | str:
    """What the bot said was Markdown; what people said is text, and is escaped like everything else."""
    return Markup(markdown_html(line.text)) if line.author == "bot" else line.text
