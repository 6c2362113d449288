"""The door: the only public process. It takes messages, stores the conversation and streams the replies."""

from __future__ import annotations

import itertools
from typing import Any

from sanic import Blueprint, Sanic

from bot import logs
from bot.chat import errors, headers
from bot.chat.agenda import add_agenda
from bot.chat.api import add_api
from bot.chat.case_page import add_case_page
from bot.chat.context import Context
from bot.chat.description import add_description
from bot.chat.feedback import add_feedback
from bot.chat.handoff_api import add_handoff
from bot.chat.handoff_begin import add_handoff_begin
from bot.chat.health import add_health
from bot.chat.limits import BODY_LIMIT, REQUEST_SECONDS, RESPONSE_SECONDS
from bot.chat.observe import add_metrics, watch_requests
from bot.chat.pages import add_pages
from bot.chat.services import Services
from bot.chat.stream import add_stream
from bot.chat.turn import warm_up

_numbers = itertools.count(1)

_CONFIG = {
    "REQUEST_MAX_SIZE": BODY_LIMIT,
    "REQUEST_TIMEOUT": REQUEST_SECONDS,
    "RESPONSE_TIMEOUT": RESPONSE_SECONDS,
    "KEEP_ALIVE_TIMEOUT": 75,
    "GRACEFUL_SHUTDOWN_TIMEOUT": 3.0,
    # Addresses of parents are neither stored nor logged.
    "ACCESS_LOG": False,
    "FALLBACK_ERROR_FORMAT": "text",
}


def make_door(services: Services) -> Sanic:
    """The app with all its routes; its background jobs start and stop with the server."""
    app = Sanic(f"door-{next(_numbers)}", configure_logging=False)
    app.config.update(_CONFIG)
    context = Context(services)
    app.ctx.door = context
    watch_requests(app, context.metrics)
    errors.install(app)
    headers.install(app, services.settings.base_url)
    app.blueprint(_api(context))
    add_pages(app, context)
    add_case_page(app, context)
    add_health(app, context)
    add_metrics(app, context.metrics, services.settings.metrics_token)
    if services.inbox is not None:
        app.blueprint(services.inbox(context.live))
    _follow_server(app, context)
    return app


def _api(context: Context) -> Blueprint:
    routes = Blueprint("chat", url_prefix="/api")
    add_api(routes, context)
    add_stream(routes, context)
    add_handoff(routes, context)
    add_handoff_begin(routes, context)
    add_agenda(routes, context)
    add_description(routes)
    add_feedback(routes, context)
    return routes


def _follow_server(app: Sanic, context: Context) -> None:
    @app.after_server_start
    async def start(_app: Sanic, _loop: Any) -> None:
        logs.serving()
        warm_up(context.services.detector)
        context.jobs.start()

    @app.before_server_stop
    async def stop(_app: Sanic, _loop: Any) -> None:
        await context.close()
