"""What all commands for content staff share: the folder that is worked in, and how a mistake ends."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import typer

from bot.settings import ROOT


def project() -> Path:
    """The folder that is worked in; tests put a copy in its place."""
    return ROOT


def stop(*lines: str) -> NoReturn:
    """End with a mistake of the user: told in Dutch, without a traceback.

    Raises:
        typer.Exit: always, with code 1.
    """
    for line in lines:
        typer.echo(line, err=True)
    raise typer.Exit(1)
