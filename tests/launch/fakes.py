"""Small stand-ins for the three processes and for the training: ``python fakes.py <part> <arguments>``."""

import json
import os
import subprocess
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any


def serve(port: str, health: str) -> None:
    """A server whose /health says whether the assistant answers; writes its process id to its log."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(health.encode())

        def log_message(self, *_: Any) -> None:
            pass

    print("pid", os.getpid(), flush=True)
    HTTPServer(("127.0.0.1", int(port)), Handler).serve_forever()


def sleep() -> None:
    """A process that does nothing; with it one that it started itself and that would outlive it."""
    grandchild = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    print("pid", os.getpid(), flush=True)
    print("grandchild", grandchild.pid, flush=True)
    time.sleep(60)


def stubborn() -> None:
    """A process that does not hear SIGTERM."""
    import signal

    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    print("pid", os.getpid(), flush=True)
    time.sleep(60)


def die(text: str) -> None:
    """A process that cannot start."""
    print(text, flush=True)
    sys.exit(3)


def train(models: str) -> None:
    """A training that leaves a model."""
    (Path(models) / f"{time.time_ns()}.tar.gz").write_text("model")
    print(json.dumps({"telemetry": os.environ.get("RASA_TELEMETRY_ENABLED")}), flush=True)


if __name__ == "__main__":
    part, *arguments = sys.argv[1:]
    globals()[part](*arguments)
