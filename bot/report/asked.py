"""Questions that parents really asked, to hold a change against (``inhoud verschil``)."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot.handoff.clock import utc_now
from bot.report.certain import Certainty
from bot.report.turns import NoStore, store
from bot.report.unclear import shown_groups, unclear_in
from bot.settings import Settings


def asked_questions(root: Path, settings: Settings) -> tuple[str, ...]:
    """What went wrong since conversations are kept: thumbed down, refused, asked back, marked "klopte niet".

    The bounds are those of the weekly report: as they were masked, nothing of a person in them as far as can be known,
    and of a kind that at least five parents asked. None where there is no store, as on a machine of one's own.
    """
    now = utc_now()
    try:
        with store(settings) as connection:
            questions = unclear_in(connection, now - timedelta(days=settings.conversation_days), now)
    except NoStore:
        return ()
    groups = shown_groups(questions, Certainty.of(root).shows) if questions else []
    return tuple(dict.fromkeys(text for _, shown in groups for text in shown))
