"""What an operator sees of each request: an id, a line in the log, a count. Never an address or a body."""

from __future__ import annotations

import hmac
import time

from sanic import Request, Sanic
from sanic.response import BaseHTTPResponse, HTTPResponse, raw
from structlog.contextvars import bind_contextvars

from bot import logs
from bot.chat.errors import Refused
from bot.chat.metrics import Metrics

log = logs.get(__name__)


def watch_requests(app: Sanic, metrics: Metrics) -> None:
    """Give every request an id, time it, and count it under its route."""

    async def begin(request: Request) -> None:
        request.ctx.id, request.ctx.began = logs.new_id(), time.perf_counter()
        bind_contextvars(request=request.ctx.id)

    async def end(request: Request, response: BaseHTTPResponse) -> None:
        began = getattr(request.ctx, "began", None)
        if began is None:
            return
        response.headers[logs.REQUEST_ID] = request.ctx.id
        route = request.route.path if request.route else "none"
        metrics.requests.labels(route, str(response.status)).inc()
        ms = round(1000 * (time.perf_counter() - began), 1)
        log.info("request", route=route, method=request.method, status=response.status, ms=ms)

    app.register_middleware(begin, "request")
    app.register_middleware(end, "response")


def add_metrics(app: Sanic, metrics: Metrics, token: str) -> None:
    """Add ``GET /metrics`` for whoever has the token of the settings; without one the page does not exist."""

    @app.get("/metrics")
    async def show(request: Request) -> HTTPResponse:
        given = request.headers.get("authorization", "")
        if not token or not hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
            raise Refused(404)
        return raw(metrics.text(), content_type="text/plain; version=0.0.4; charset=utf-8")
