"""A page of a school on which the chat stands: another origin than the door, with styles that reach for everything."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qsl, urlsplit

BUTTON = "Vraag het de Ouderchat"
STYLE = "* { color: red !important; display: block !important; font-size: 40px !important }"


@contextmanager
def school_page(door: str, style: str = STYLE) -> Iterator[str]:
    """The address of the page; what stands in its query becomes attributes of the script (``?plaats=links``).

    Its policy allows no more of the door than the handbook asks for.
    """
    policy = f"default-src 'none'; img-src 'self'; style-src 'self'; script-src {door}; frame-src {door}"

    class School(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = urlsplit(self.path)
            is_style = asked.path.endswith(".css")
            self.send_response(200)
            self.send_header("Content-Type", "text/css" if is_style else "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write((style if is_style else page(door, asked.query)).encode())

        def log_message(self, *_arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), School)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def page(door: str, query: str) -> str:
    attributes = " ".join(f'data-{name}="{escape(value)}"' for name, value in parse_qsl(query, keep_blank_values=True))
    return f"""<!doctype html><html lang="nl"><head><title>School</title>
      <link rel="stylesheet" href="/stijl.css"></head>
      <body><main><h1>School</h1></main><script src="{door}/widget.js" {attributes} defer></script></body></html>"""
