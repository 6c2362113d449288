"""What a parent told of themselves before the form of the page opens, so that nobody has to type it twice.

Read by the rules of :mod:`bot.handoff.details`, as the conversation in plain text does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.handoff.details import read_details

_LEFT_OUT = re.compile(r"\[(telefoon|email|naam)\]")
"""Taken out by the browser of the parent, which alone knows the value."""
_FIRST = 900_000
"""Where the numbers of such values begin while a message is read; the vault never counts that far."""
_NUMBERED = re.compile(r"(\[(?:telefoon|email|naam))#\d+\]")


@dataclass(frozen=True)
class Said:
    """A message that the parent typed.

    Attributes:
        id: what the browser calls it.
        text: masked.
        asks_human: it led to the offer of the form.
    """

    id: str
    text: str
    asks_human: bool


@dataclass(frozen=True)
class LeftOut:
    """A value that the browser took out of a message, counted from 0 within it."""

    message: str
    place: int


@dataclass(frozen=True)
class Told:
    """What the form can begin with; what is not known is empty.

    Attributes:
        contact: where the browser finds the phone number or e-mail address.
        name: where it finds the name.
        preferred: when to reach the parent.
        interpreter: a language.
        about: what it is about.
    """

    contact: LeftOut | None = None
    name: LeftOut | None = None
    preferred: str = ""
    interpreter: str = ""
    about: str = ""


def read_told(messages: Iterable[Said]) -> Told:
    """What was told, the latest first; what it is about only from a message that asks for a human.

    A value that is in the vault is left there: the form is filled in with what never left the browser.
    """
    told: dict[str, LeftOut | str | None] = {}
    for said in messages:
        told |= {name: value for name, value in _read(said).items() if value}
    return Told(**told)  # type: ignore[arg-type]


def _read(said: Said) -> dict[str, LeftOut | str | None]:
    details = read_details(_numbered(said.text))
    asks = said.asks_human or bool(details.contact)
    return {
        "contact": _left_out(said.id, details.contact),
        "name": _left_out(said.id, details.name),
        "preferred": details.preferred,
        "interpreter": details.interpreter,
        "about": _NUMBERED.sub(r"\1]", details.about) if asks else "",
    }


def _numbered(text: str) -> str:
    """The text with a number at each value that the browser took out, so that it reads like the tokens of the vault."""
    parts = _LEFT_OUT.split(text)
    kinds = [f"[{kind}#{_FIRST + place}]" for place, kind in enumerate(parts[1::2])]
    return "".join(text + kind for text, kind in zip(parts[::2], [*kinds, ""], strict=True))


def _left_out(message: str, token: str) -> LeftOut | None:
    place = int(token.strip("]").partition("#")[2] or 0) - _FIRST
    return LeftOut(message, place) if place >= 0 else None
