"""Dates as staff write them: in quotation marks, year first."""

from __future__ import annotations

import re
from datetime import date

from bot.knowledge.reading import Entry, KnowledgeError

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}").fullmatch


def is_date(written: str) -> bool:
    """Whether this is a day that exists, written year-month-day."""
    try:
        return bool(_DATE(written)) and bool(date.fromisoformat(written))
    except ValueError:
        return False


def read_date(entry: Entry, name: str) -> date:
    """The day in a field.

    Raises:
        KnowledgeError: not a day, or without quotation marks.
    """
    written = entry.scalar()
    if not _DATE(written):
        raise entry.error(f"{name}: '{written}' is geen datum. Schrijf jaar-maand-dag: {name}: \"2026-11-30\".")
    try:
        day = date.fromisoformat(written)
    except ValueError:
        raise entry.error(f"{name}: de dag {written} bestaat niet. Kijk de datum na.") from None
    try:
        entry.text()
    except KnowledgeError:
        # To YAML a bare date is no text, and Rasa trips over it later, far from here.
        raise entry.error(f'{name}: zet de datum tussen aanhalingstekens: {name}: "{written}".') from None
    return day
