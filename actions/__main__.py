"""The actions process: ``python -m actions`` serves the custom actions on loopback."""

from __future__ import annotations

import os
import time
from typing import Any

from bot import logs
from bot.settings import get_settings

log = logs.get("actions.server")


def main() -> None:
    """Serve until the process is ended."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    settings = get_settings()
    logs.configure("actions", settings.log_level)
    from rasa_sdk.endpoint import create_app

    app = create_app("actions")
    app.config.ACCESS_LOG = False
    # Longer than the assistant keeps a connection that it does not use: it must not send into one that just closed.
    app.config.KEEP_ALIVE_TIMEOUT = 75
    watch(app)
    app.run(host="127.0.0.1", port=settings.actions_port, access_log=False, motd=False)


def watch(app: Any) -> None:
    """Log each call with the id of the request that led to it; never what was in it."""
    from structlog.contextvars import bind_contextvars

    async def begin(request: Any) -> None:
        request.ctx.began = time.perf_counter()
        bind_contextvars(request=logs.checked_id(request.headers.get(logs.REQUEST_ID, "")))

    async def end(request: Any, response: Any) -> None:
        ms = round(1000 * (time.perf_counter() - request.ctx.began), 1)
        call = request.parsed_json if isinstance(request.parsed_json, dict) else {}
        log.info("action", action=str(call.get("next_action", "")), status=response.status, ms=ms)

    async def serving(_app: Any, _loop: Any) -> None:
        logs.serving()

    app.register_middleware(begin, "request")
    app.register_middleware(end, "response")
    app.register_listener(serving, "before_server_start")


if __name__ == "__main__":
    main()
