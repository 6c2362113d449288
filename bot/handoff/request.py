"""The shapes of a hand-off: what is asked, what is shown, what comes back, and what can go wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.handoff.cases import Content, Line
from bot.handoff.fields import Problem
from bot.handoff.sheet import Row

CONSENT_TEXT = (
    "Ik ga ermee akkoord dat het Oudersteunpunt deze gegevens en de regels van het gesprek hierboven bewaart, "
    "zodat een ouderadviseur contact met mij kan opnemen. Alleen ouderadviseurs lezen ze. Ik kan dit weer intrekken."
)
"""Kept with each case as it was agreed to; a change holds for new cases only."""


@dataclass(frozen=True)
class Request:
    """What a parent wants to hand over.

    Attributes:
        conversation_id: the conversation; its vault scope holds the tokens in the texts.
        consent_message_id: the id of the consent, made by the form of the page or with the preview in plain text. The
            same id again is the same hand-off, so that a yes may be sent twice. May be "" for a preview.
        about: what it is about. As the next two: raw text, or with tokens of the conversation.
        contact: phone number or e-mail address.
        name: what to call the parent, or "liever niet".
        transcript: the lines of the conversation.
        struck: the ``seq`` of lines that the parent struck.
        topic: id of the topic that led here, or "".
        urgent: danger was seen in what it is about; that of the lines stands with them.
        preferred: when to reach the parent.
        interpreter: the language of the interpreter wanted.
        struck_rows: rows of the case sheet that the parent struck; names of :data:`bot.handoff.sheet.ROWS`.
        seen: ``fingerprint`` of the preview that the parent agreed to; "" skips the comparison. Lines may have been
            struck since.
    """

    conversation_id: str
    consent_message_id: str
    about: str
    contact: str
    name: str
    transcript: Sequence[Line]
    struck: frozenset[int]
    topic: str
    urgent: bool
    preferred: str = ""
    interpreter: str = ""
    seen: str = ""
    struck_rows: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Preview:
    """What the ouderadviseur will get, with the text to agree to.

    Attributes:
        content: in clear, for the parent's own eyes; keep it out of tracker, store and logs.
        rows: of the case sheet, those that were struck too.
        text: the same as Markdown, with contact details as tokens: safe for the tracker.
        numbers: the rows of the case sheet by their number in ``text``.
        consent_text: what the parent agrees to.
        fingerprint: of the content with nothing struck; send it along as ``Request.seen``.
        when: outside working hours: when there will be somebody; else "".
    """

    content: Content
    rows: tuple[Row, ...]
    text: str
    numbers: Mapping[int, str]
    consent_text: str
    fingerprint: str
    when: str = ""


@dataclass(frozen=True)
class Receipt:
    """What the parent gets after consent.

    Attributes:
        code: the reference of the case, which staff and mail use too.
        case_id: the case.
        next_moment_text: when the parent may hear something.
        created: False when the case was there already.
        whole_code: what the parent keeps; opens the page about the case.
    """

    code: str
    case_id: str
    next_moment_text: str
    created: bool
    whole_code: str = ""

    @property
    def text(self) -> str:
        """What the parent reads, as Markdown."""
        return (
            f"Uw vraag ligt bij de ouderadviseurs. Uw code is **{self.whole_code or self.code}**. Bewaar deze code. "
            f"Een ouderadviseur neemt contact met u op. {self.next_moment_text}\n\n"
            "Met de code ziet u op [de pagina van uw vraag](/zaak) hoe het ermee staat. Daar kunt u ook iets toevoegen "
            "of uw vraag intrekken."
        )


class InvalidRequest(Exception):
    """A request with fields that have to be filled in again; nothing was stored."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(", ".join(problem.field for problem in problems))
        self.problems = tuple(problems)


class PreviewChanged(Exception):
    """The conversation went on since the preview: show the new one and ask again. Nothing was stored."""


class NotStored(Exception):
    """The database cannot take the case now; nothing was stored, and the same request can be sent again."""
