"""Why nothing was published."""

from __future__ import annotations


class Stopped(Exception):
    """Nothing was published; the message is Dutch and says why."""
