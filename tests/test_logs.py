"""Log lines: allowed keys only, and nothing of what parents write."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest

from bot import logs

SECRET = "mijn kind wil niet meer naar school"


@pytest.fixture
def serving(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(logs._State, "serving", True)
    monkeypatch.setattr(logs._State, "process", "door")
    yield


def line_of(record: logging.LogRecord) -> dict[str, object]:
    return dict(json.loads(logs.JsonLine().format(record)))


def record(name: str, message: object, *arguments: object, error: BaseException | None = None) -> logging.LogRecord:
    kind = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord(name, logging.WARNING, "/a/file.py", 7, message, arguments, kind)


def test_our_own_line_keeps_the_allowed_keys_and_drops_the_others(serving: None) -> None:
    line = line_of(record("bot.chat.turns", {"event": "turn", "ms": 12.5, "text": SECRET, "user": "Noor"}))
    assert (line["event"], line["ms"], line["process"], line["level"]) == ("turn", 12.5, "door", "warning")
    assert SECRET not in json.dumps(line) and "Noor" not in json.dumps(line)


def test_a_library_is_quoted_until_the_process_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs._State, "serving", False)
    assert line_of(record("rasa.core", "no model in %s", "models"))["event"] == "no model in models"


@pytest.mark.parametrize("message", [SECRET, "parsed %s", {"event": SECRET, "text": SECRET}, 5])
def test_a_library_is_not_quoted_while_the_process_serves(serving: None, message: object) -> None:
    arguments = (SECRET,) if message == "parsed %s" else ()
    line = line_of(record("rasa.core.processor", message, *arguments))
    assert (line["event"], line["where"]) == ("from a library", "file.py:7")
    assert SECRET not in json.dumps(line)


@pytest.mark.parametrize("name", ["bot.handoff.outbox", "sqlalchemy.engine"])
def test_of_an_error_only_its_kind_and_its_place_are_told(serving: None, name: str) -> None:
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        line = line_of(record(name, "it failed", error=error))
    assert line["error"] == "ValueError"
    assert "test_of_an_error" in str(line["trace"])
    assert SECRET not in json.dumps(line)


def test_a_value_is_short_and_a_line_is_one_line(serving: None) -> None:
    text = logs.JsonLine().format(record("bot.chat", {"event": "a\nb", "error": "x" * 500}))
    assert "\n" not in text
    assert len(json.loads(text)["error"]) == 80


def test_the_id_of_a_request_is_on_every_line_in_it() -> None:
    with logs.request("0123456789abcdef"):
        assert logs.current_id() == "0123456789abcdef"
        assert line_of(record("rasa.core", "something"))["request"] == "0123456789abcdef"
    assert logs.current_id() == ""


@pytest.mark.parametrize("given", ["", "Noor belt 06-12345678", "0123456789ABCDEF", "a" * 100])
def test_an_id_that_was_not_made_here_is_not_taken_over(given: str) -> None:
    with logs.request(given):
        assert logs.current_id() != given
        assert len(logs.current_id()) == 16


def test_a_logger_of_ours_passes_keys_on(caplog: pytest.LogCaptureFixture) -> None:
    logs.get("bot.test").warning("it happened", error="TimeoutError")
    assert "it happened" in caplog.text and "TimeoutError" in caplog.text
