"""``python -m bot inhoud ...``: what content staff type. Told in Dutch; a mistake of the user is no traceback."""

from __future__ import annotations

import os

import typer

from bot.content import command as content
from bot.publish import command as publish
from bot.report import command as report

inhoud = typer.Typer(
    no_args_is_help=True, help="Antwoorden en onderwerpen: maken, controleren, vergelijken, publiceren."
)


@inhoud.callback()
def quiet() -> None:
    """Antwoorden en onderwerpen: maken, controleren, vergelijken, publiceren."""
    # Before anything imports it: TensorFlow tells of its processor on standard error.
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")


for part in (content, publish, report):
    part.add_commands(inhoud)
