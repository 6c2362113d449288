"""Headers that keep a page from doing more than it should."""

from __future__ import annotations

from collections.abc import Mapping

from sanic import Request, Sanic
from sanic.response import BaseHTTPResponse

_BASE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "Cache-Control": "no-store",
}


def page_headers(frame_ancestors: str) -> dict[str, str]:
    """For a page with scripts, styles and frames of the door itself and of nobody else.

    Args:
        frame_ancestors: which pages may show it in a frame, in the form of the directive of that name.
    """
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "frame-src 'self'; base-uri 'none'; form-action 'none'; "
        f"frame-ancestors {frame_ancestors}"
    )
    return {"Content-Security-Policy": policy, "Cache-Control": "no-cache"}


def install(app: Sanic, base_url: str) -> None:
    """Add the headers to every answer that does not set its own."""
    always: Mapping[str, str] = _BASE
    if base_url.startswith("https:"):
        always = {**_BASE, "Strict-Transport-Security": "max-age=31536000"}

    async def add_headers(_request: Request, response: BaseHTTPResponse) -> None:
        for name, value in always.items():
            response.headers.setdefault(name, value)

    app.register_middleware(add_headers, "response")
