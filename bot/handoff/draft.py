"""From what a parent filled in to what is shown and stored: one path, so that both are always the same."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from sqlalchemy.engine import Connection

from bot.handoff.cases import Content, Line, readable
from bot.handoff.clock import as_utc
from bot.handoff.fields import (
    FIELDS,
    Contact,
    FieldError,
    Problem,
    parse_about,
    parse_contact,
    parse_name,
    within_limit,
)
from bot.handoff.lines import last_topic, urgency, with_questions
from bot.handoff.request import InvalidRequest, Request
from bot.privacy.masking import mask
from bot.privacy.vault import Vault, conversation_scope, tokens_in

Keep = Callable[[str, str], str]
"""What stands in the text for a value: gets its kind and the value."""

_PARSE: dict[str, Callable[[str], object]] = {"about": parse_about, "contact": parse_contact, "name": parse_name}


@dataclass(frozen=True)
class Sealed:
    """A draft with something else in place of each value: as the tables of a case hold it."""

    about: str
    contact_kind: str
    contact_token: str
    name_token: str | None
    preferred: str
    interpreter: str
    lines: tuple[Line, ...]

    def columns(self) -> dict[str, str | None]:
        """All but the lines, by column of the table of cases."""
        return {name: value for name, value in vars(self).items() if name != "lines"}

    def tokens(self) -> tuple[str, ...]:
        """The tokens that stand in it, each once."""
        fields = (value for value in self.columns().values() if value)
        return tokens_in("\n".join((*fields, *(line.text for line in self.lines))))

    def map(self, change: Callable[[str], str]) -> Sealed:
        """The same with each text changed."""
        texts = {name: change(value) if value else value for name, value in self.columns().items()}
        lines = tuple(replace(line, text=change(line.text)) for line in self.lines)
        return Sealed(**{**texts, "contact_kind": self.contact_kind, "lines": lines})  # type: ignore[arg-type]


@dataclass(frozen=True)
class Draft:
    """A request with its fields checked; its texts hold raw values and tokens as they came."""

    about: str
    contact: Contact
    name: str | None
    preferred: str
    interpreter: str
    lines: tuple[Line, ...]

    def seal(self, keep: Keep) -> Sealed:
        """Put what ``keep`` gives in place of each value; what is never kept (BSN, IBAN) goes for good."""

        def clean(text: str) -> str:
            return mask(text, keep).text

        # What the bot said was never typed by a parent: the phone number of a school must stay readable.
        lines = (line if line.author == "bot" else replace(line, text=clean(line.text)) for line in self.lines)
        return Sealed(
            about=clean(self.about),
            contact_kind=self.contact.kind,
            contact_token=keep(self.contact.kind, self.contact.value),
            name_token=keep("naam", self.name) if self.name else None,
            preferred=clean(self.preferred),
            interpreter=clean(self.interpreter),
            lines=tuple(lines),
        )


class Drafts:
    """Makes drafts of requests, within one transaction.

    Args:
        vault: knows the tokens of the conversation.
        conversation_id: the conversation.
        connection: the transaction; nothing is written.
        now: naive UTC; decides which terms are still running.
    """

    def __init__(self, vault: Vault, conversation_id: str, connection: Connection, now: datetime) -> None:
        self._vault, self._now = vault, now
        self._scope = conversation_scope(conversation_id)
        self._connection = connection

    def draft(self, request: Request) -> Draft:
        """The draft of a request.

        Raises:
            InvalidRequest: a field has to be filled in again.
        """
        problems = [problem for field in FIELDS if (problem := self.problem(field, getattr(request, field)))]
        if problems:
            raise InvalidRequest(problems)
        return Draft(
            about=parse_about(self._own(request.about)),
            contact=parse_contact(self._reveal(request.contact)),
            name=parse_name(self._reveal(request.name)),
            preferred=self._own(request.preferred).strip(),
            interpreter=self._own(request.interpreter).strip(),
            lines=self._lines(request),
        )

    def problem(self, field: str, text: str) -> Problem | None:
        """What is wrong with one field."""
        parse = _PARSE.get(field, partial(within_limit, field))
        try:
            # Lengths are those of what people see, so a token counts as its value.
            parse(self._reveal(text))
        except FieldError as error:
            return Problem(field, str(error))
        return None

    def urgency(self, request: Request, draft: Draft) -> tuple[str, ...]:
        """Why the case would be urgent; see :func:`bot.handoff.lines.urgency`."""
        return urgency(draft.lines, draft.about, request.urgent, self._now)

    def topic(self, request: Request, draft: Draft) -> str:
        """The topic of the case; one that stood only in lines that were struck is not told."""
        if request.topic == last_topic(request.transcript):
            return last_topic(draft.lines)
        return request.topic

    def content(self, request: Request, draft: Draft) -> Content:
        """What the ouderadviseur would get, in clear."""
        sealed = draft.seal(lambda _kind, value: value).map(lambda text: readable(self._reveal(text)))
        return self._content(request, draft, sealed)

    def masked(self, request: Request, draft: Draft) -> Content:
        """The same with tokens in place of values; a value without a token shows its kind only."""
        kinds = self._vault.token_kinds(self._scope, self._connection)
        known = {(kind, self._reveal(token)): token for token, kind in kinds.items()}
        return self._content(request, draft, draft.seal(lambda kind, value: known.get((kind, value), f"[{kind}]")))

    def whole(self, request: Request) -> Content:
        """What the ouderadviseur would get, in clear, with nothing struck."""
        whole = replace(request, struck=frozenset(), struck_rows=frozenset())
        return self.content(whole, self.draft(whole))

    def fingerprint(self, request: Request) -> str:
        """The same for the same content only. Strikes leave it as it is: they are made in the preview."""
        return hashlib.sha256(repr(self.whole(request)).encode()).hexdigest()

    def _content(self, request: Request, draft: Draft, sealed: Sealed) -> Content:
        reasons = self.urgency(request, draft)
        return Content(
            topic=self.topic(request, draft),
            about=sealed.about,
            contact_kind=sealed.contact_kind,
            contact=sealed.contact_token,
            name=sealed.name_token,
            preferred=sealed.preferred,
            interpreter=sealed.interpreter,
            urgent=bool(reasons),
            lines=sealed.lines,
            urgency=reasons,
            struck_rows=request.struck_rows,
        )

    def _lines(self, request: Request) -> tuple[Line, ...]:
        # Which question an answer belongs to is settled before lines are struck: what is left must not move up.
        whole = with_questions(sorted(request.transcript, key=lambda line: line.seq))
        kept = (line for line in whole if line.seq not in request.struck)
        return tuple(replace(line, text=self._own(line.text), at=as_utc(line.at)) for line in kept)

    def _reveal(self, text: str) -> str:
        return self._vault.reveal(self._scope, text, self._connection)

    def _own(self, text: str) -> str:
        """The text without tokens that the conversation does not hold.

        A parent can type the text of a token. Left alone it would get the meaning of the next value that is kept.
        """
        for token in tokens_in(text):
            if self._vault.get(self._scope, token, self._connection) is None:
                text = text.replace(token, f"({token[1:-1]})")
        return text
