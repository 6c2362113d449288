"""A mail server and a ticket system that can be killed: each notes a key on disk before it acknowledges.

``python -m tests.handoff.receivers mail|webhook <port> <file>``
"""

from __future__ import annotations

import json
import os
import sys
import threading
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller

from bot.handoff.webhook import KEY, SIGNATURE, TIMESTAMP, signature

SECRET = "een-geheim-voor-de-proef"
_one_at_a_time = threading.Lock()


def note(file: Path, key: str) -> None:
    """Add a line that is on disk when this returns."""
    with _one_at_a_time, file.open("a") as keys:
        keys.write(key + "\n")
        keys.flush()
        os.fsync(keys.fileno())


class Mailbox:
    """Accepts every mail."""

    def __init__(self, file: Path) -> None:
        self.file = file

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        note(self.file, str(message_from_bytes(envelope.content)["Message-ID"]).strip("<>"))
        return "250 OK"


def ticket_system(file: Path, port: int) -> ThreadingHTTPServer:
    """Accepts what is signed well, and nothing else."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            expected = f"sha256={signature(SECRET, self.headers[TIMESTAMP], body)}"
            good = self.headers[SIGNATURE] == expected and json.loads(body)["sleutel"] == self.headers[KEY]
            if good:
                note(file, self.headers[KEY])
            self.send_response(200 if good else 400)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_arguments: Any) -> None:
            return

    return ThreadingHTTPServer(("127.0.0.1", port), Handler)


def main() -> None:
    kind, port, file = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    if kind == "mail":
        Controller(Mailbox(file), hostname="127.0.0.1", port=port).start()
        threading.Event().wait()
    else:
        ticket_system(file, port).serve_forever()


if __name__ == "__main__":
    main()
