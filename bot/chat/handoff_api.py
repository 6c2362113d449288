"""The hand-off form of the chat. What the parent fills in goes straight to the intake and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sanic import Blueprint, Request
from sanic.response import HTTPResponse, json

from bot.chat.api import CLIENT_ID, read_object, usable
from bot.chat.context import Context
from bot.chat.errors import Refused
from bot.chat.feedback import FeedbackStore
from bot.chat.render import markdown_html, plain_html
from bot.chat.store import Entry, Message
from bot.chat.turn import help_lines
from bot.handoff import intake as handoff
from bot.handoff import sheet
from bot.handoff.cases import Line
from bot.handoff.fields import Problem
from bot.handoff.lines import REASONS, last_topic, of_bot, of_parent

NAMES = {
    "about": "waar_gaat_het_over",
    "contact": "telefoon_of_email",
    "name": "naam",
    "preferred": "moment",
    "interpreter": "tolk",
}
"""The fields of the intake, as the form calls them."""

_NO_NAME = "liever niet"
_TRY_AGAIN = "Het versturen lukte niet. Uw gegevens staan er nog. Wilt u het nog eens proberen?"
_CHANGED = "Er is iets veranderd sinds u dit las. Kijk het nog eens na en verstuur het dan."
_NO_CONSENT = "Zet een vinkje bij uw toestemming. Zonder toestemming geven we niets door."
_NOT_COMPLETE = "Nog niet alles is goed ingevuld."


@dataclass(frozen=True)
class Form:
    """The form as it was sent: the texts by field of the intake, and what the parent chose."""

    texts: Mapping[str, str]
    consent_id: str
    struck: frozenset[int]
    struck_rows: frozenset[str]
    until: int | None
    seen: str
    consent: bool


def add_handoff(routes: Blueprint, context: Context) -> None:
    """Add the preview of a hand-off and the hand-off itself."""

    @routes.post("/overdracht/voorbeeld")
    async def preview(request: Request) -> HTTPResponse:
        conversation = await context.conversation(request)
        form = read_form(read_object(request))
        return json(await context.lane.run(_preview, context, conversation.id, form))

    @routes.post("/overdracht")
    async def submit(request: Request) -> HTTPResponse:
        conversation = await context.conversation(request)
        form = read_form(read_object(request))
        if not form.consent:
            raise Refused(400, _NO_CONSENT, problemen=[{"veld": "toestemming", "melding": _NO_CONSENT}])
        # Nothing is passed on that the parent did not see first.
        if not CLIENT_ID.fullmatch(form.consent_id) or not form.seen:
            raise Refused(400)
        receipt, message = await context.lane.run(_submit, context, conversation.id, form)
        context.turns.show(message)
        if receipt.created:
            context.metrics.handoffs.inc()
        answer = {"code": receipt.whole_code, "html": markdown_html(message.text), "nieuw": receipt.created}
        return json(answer, status=201 if receipt.created else 200)


def read_form(body: Mapping[str, Any]) -> Form:
    """The form in the body of a request.

    Raises:
        Refused: 400, a field is of the wrong form.
    """
    texts = {field: _text(body, name) for field, name in NAMES.items()}
    texts["name"] = texts["name"] or _NO_NAME
    struck, rows, until = body.get("weglaten", []), body.get("zaakblad_weglaten", []), body.get("tot")
    if not isinstance(struck, list) or not all(_is_number(seq) for seq in struck):
        raise Refused(400)
    if not isinstance(rows, list) or not all(isinstance(row, str) and row in sheet.ROWS for row in rows):
        raise Refused(400)
    if until is not None and not _is_number(until):
        raise Refused(400)
    consent = body.get("toestemming") is True
    return Form(texts, _text(body, "id"), frozenset(struck), frozenset(rows), until, _text(body, "kenmerk"), consent)


def _text(body: Mapping[str, Any], name: str) -> str:
    value = body.get(name)
    if value is not None and not isinstance(value, str):
        raise Refused(400)
    return usable(value or "")


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _preview(context: Context, conversation_id: str, form: Form) -> dict[str, Any]:
    shown = _checked_preview(context, _request(context, conversation_id, form))
    danger = context.services.detector.check(form.texts["about"])
    content = shown.content
    return {
        "waar_gaat_het_over": content.about,
        "telefoon_of_email": content.contact,
        "naam": content.name or "",
        "moment": content.preferred,
        "tolk": content.interpreter,
        "onderwerp": _label(context, content.topic) if content.topic else "",
        "zaakblad": [{"naam": row.name, "titel": row.title, "teksten": list(row.texts)} for row in shown.rows],
        "regels": [_line(line) for line in content.lines],
        "tot": max((line.seq for line in content.lines), default=0),
        "spoed": [REASONS[reason] for reason in content.urgency],
        "wanneer": shown.when,
        "toestemming": shown.consent_text,
        "kenmerk": shown.fingerprint,
        # The help lines appear in every state, also while this form is open.
        "gevaar": markdown_html(help_lines().text) if danger else None,
    }


def _label(context: Context, topic: str) -> str:
    return context.topics[topic].button if topic in context.topics else topic


def _submit(context: Context, conversation_id: str, form: Form) -> tuple[handoff.Receipt, Message]:
    try:
        receipt = context.services.intake.submit(_request(context, conversation_id, form))
    except handoff.InvalidRequest as error:
        raise _not_complete(error.problems) from error
    except handoff.PreviewChanged as error:
        raise Refused(409, _CHANGED) from error
    except handoff.NotStored as error:
        raise Refused(503, _TRY_AGAIN) from error
    extra = {"meta": {"ontvangst": receipt.code}}
    entry = Entry("systeem", receipt.text, extra, once=f"ontvangst:{form.consent_id}")
    return receipt, context.store.add(conversation_id, entry)


def _checked_preview(context: Context, request: handoff.Request) -> handoff.Preview:
    try:
        return context.services.intake.preview(request)
    except handoff.InvalidRequest as error:
        raise _not_complete(error.problems) from error


def _not_complete(problems: Sequence[Problem]) -> Refused:
    shown = [{"veld": NAMES[problem.field], "melding": problem.message_nl} for problem in problems]
    return Refused(400, _NOT_COMPLETE, problemen=shown)


def _request(context: Context, conversation_id: str, form: Form) -> handoff.Request:
    """The whole conversation up to what the parent saw."""
    messages = context.store.after(conversation_id)
    verdicts = FeedbackStore(context.services.engine).verdicts(conversation_id)
    lines = [
        Line(message.seq, message.author, message.text, message.at, _meta(message, verdicts.get(str(message.seq))))
        for message in messages
        if message.author != "systeem" and (form.until is None or message.seq <= form.until)
    ]
    return handoff.Request(
        conversation_id,
        form.consent_id,
        transcript=lines,
        struck=form.struck,
        topic=last_topic(lines),
        urgent=context.services.detector.check(form.texts["about"]) is not None,
        seen=form.seen,
        struck_rows=form.struck_rows,
        **form.texts,
    )


def _meta(message: Message, verdict: str | None) -> dict[str, Any]:
    if message.author == "ouder":
        return of_parent((message.extra.get("gevaar") or [None])[0], message.extra.get("keuze"))
    return {**of_bot(message.extra.get("meta") or {}), **({"oordeel": verdict} if verdict else {})}


def _line(line: Line) -> dict[str, Any]:
    html = markdown_html(line.text) if line.author == "bot" else plain_html(line.text)
    return {"seq": line.seq, "van": line.author, "html": html, "tijd": line.at.isoformat(timespec="seconds") + "Z"}
