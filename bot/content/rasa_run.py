"""Runs ``rasa data validate`` and writes what it warns of to a file: ``python -m bot.content.rasa_run <file>``.

Rasa's own exit code says nothing about warnings, whatever flag is given, so they are collected here one by one. In a
process of its own, because Rasa changes logging and warnings for good.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import warnings
from pathlib import Path
from typing import Any

# What Rasa says about our data; the warnings of libraries about each other are of another category.
_CATEGORIES = (UserWarning, FutureWarning)


class _Collector(logging.Handler):
    """Story conflicts are only logged."""

    def __init__(self, found: list[str]) -> None:
        super().__init__(logging.WARNING)
        self._found = found

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the text."""
        self._found.append(record.getMessage())


def validate() -> dict[str, Any]:
    """What Rasa warned of, and how it ended: ``{"code": 0, "warnings": [...]}``."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    from rasa.__main__ import main

    found: list[str] = []

    def keep(message: Warning | str, category: type[Warning], *_: Any, **__: Any) -> None:
        if issubclass(category, _CATEGORIES):
            found.append(str(message))

    warnings.showwarning = keep
    logging.getLogger("rasa").addHandler(_Collector(found))
    sys.argv = ["rasa", "data", "validate"]
    try:
        main()
    except SystemExit as ended:
        return {"code": ended.code or 0, "warnings": found}
    return {"code": 0, "warnings": found}


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.write_text(json.dumps(validate()), encoding="utf-8")
