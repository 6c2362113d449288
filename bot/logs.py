"""Logs of the three processes: one JSON object per line, never with anything that a parent wrote.

Our own lines carry the keys of :data:`ALLOWED` and no others. What a library logs is passed on as it is until the
process serves; from then on only where it came from, since libraries quote messages, parameters and whole requests.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import threading
import traceback
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timezone
from types import TracebackType
from typing import Any, cast

import structlog
from structlog.contextvars import bound_contextvars, get_contextvars

REQUEST_ID = "X-Request-ID"
"""The header that takes the id of a request from the door to the assistant and on to the actions."""

ALLOWED = frozenset({"action", "decision", "error", "messages", "method", "ms", "request", "route", "status"})
"""What our own lines may say besides what happened, when, where and how bad it is. Names and numbers, no texts."""

_ID = re.compile("[0-9a-f]{16}")
_OURS = ("bot", "actions", "__main__")
_LONGEST_VALUE, _LONGEST_EVENT, _FRAMES = 80, 500, 6


class _State:
    process = ""
    serving = False


def configure(process: str, level: str) -> None:
    """Let this process log JSON lines to standard error.

    Args:
        process: ``door``, ``assistant`` or ``actions``.
        level: the lowest level of our own lines; libraries are heard from ``warning`` on, at ``debug`` always.
    """
    _State.process, _State.serving = process, False
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLine())
    number = logging.getLevelName(level.upper())
    root = logging.WARNING if level != "debug" else logging.DEBUG
    logging.basicConfig(level=root, handlers=[handler], force=True)
    for name in ("bot", "actions"):
        logging.getLogger(name).setLevel(number)
    logging.captureWarnings(True)
    # Python's own report of a line that cannot be written quotes that line.
    logging.raiseExceptions = False
    sys.excepthook = _report_end
    threading.excepthook = lambda failed: _report_thread(failed.exc_type)


def serving() -> None:
    """From now on parents' messages come by: libraries are quoted no more."""
    _State.serving = True


def get(name: str) -> Any:
    """A logger of ours: ``get(__name__).warning("what happened", error="TimeoutError")``."""
    return structlog.wrap_logger(
        logging.getLogger(name),
        processors=[structlog.stdlib.filter_by_level, _as_record],
        wrapper_class=structlog.stdlib.BoundLogger,
    )


def new_id() -> str:
    """The id of a request: random, and made here, so that nobody can put something in our logs by it."""
    return uuid.uuid4().hex[:16]


def current_id() -> str:
    """The id of the request that is being handled, or an empty text."""
    return str(get_contextvars().get("request", ""))


@contextmanager
def request(request_id: str) -> Iterator[None]:
    """Every line in this block carries the id of the request."""
    with bound_contextvars(request=checked_id(request_id)):
        yield


def checked_id(request_id: str) -> str:
    """The id when it has the form of :func:`new_id`, and otherwise a new one."""
    return request_id if _ID.fullmatch(request_id) else new_id()


class JsonLine(logging.Formatter):
    """A record as one JSON object."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, timezone.utc).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "process": _State.process,
            "logger": record.name,
        }
        line.update(_allowed({**get_contextvars(), **(record.msg if isinstance(record.msg, dict) else {})}))
        line.update(_event(record))
        if record.exc_info and record.exc_info[0]:
            line.update(_fault(*record.exc_info[0:1], record.exc_info[2]))
        return json.dumps(line, ensure_ascii=False)


def _event(record: logging.LogRecord) -> Mapping[str, Any]:
    ours = record.name.split(".", 1)[0] in _OURS
    if ours and isinstance(record.msg, dict):
        return {"event": str(record.msg.get("event", ""))[:_LONGEST_EVENT]}
    if ours or not _State.serving:
        return {"event": record.getMessage()[:_LONGEST_EVENT]}
    return {"event": "from a library", "where": f"{record.filename}:{record.lineno}"}


def _allowed(given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _short(value) for name, value in given.items() if name in ALLOWED}


def _short(value: Any) -> Any:
    return value if isinstance(value, (bool, int, float)) or value is None else str(value)[:_LONGEST_VALUE]


def _fault(kind: type[BaseException], trace: TracebackType | None) -> Mapping[str, Any]:
    """Its kind and where it arose; never its text, which may quote anything."""
    frames = traceback.extract_tb(trace)[-_FRAMES:]
    return {"error": kind.__name__, "trace": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]}


def _as_record(_logger: Any, _method: str, event: Any) -> Any:
    return (event,), {}


def _report_end(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if _State.serving and not issubclass(kind, KeyboardInterrupt):
        logging.getLogger(__name__).critical("the process ends", exc_info=(kind, error, trace))
    else:
        sys.__excepthook__(kind, error, trace)


def _report_thread(kind: type[BaseException]) -> None:
    cast(Any, get(__name__)).error("a thread ended", error=kind.__name__)
