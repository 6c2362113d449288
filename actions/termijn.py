"""Termijnhulp: a parent's own dates, from the day of an application or a decision and the terms of the law."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.reply import Button, button, detail_of, say
from actions.twijfel import VraagNaTwijfel, buttons_for
from bot.chat.ics import Event, address
from bot.handoff.clock import dutch_date, local, utc_now
from bot.knowledge import current
from bot.knowledge.deadlines import UNKNOWN, Due, Occasion, due_days
from bot.nlu.dutch_dates import find_dates
from bot.nlu.help_requests import DEADLINE_TOPIC
from bot.topics import HUMAN, response_of

WHICH = "datum"
"""The detail of the button that asks what the parent wants to know the days of."""
_FAR = timedelta(days=5 * 365)
_NO_DAY = "Ik zie nog geen datum die klopt."
_UNKNOWN_DATE = "Ik weet de datum niet"


@dataclass(frozen=True)
class Wanted:
    """What the parent wants to know.

    Attributes:
        occasion: a key of ``termijnen.yml``, or None when it is not known.
        days: that may be meant; none when no day was named.
        dated: whether there was a date at all, be it without a day.
    """

    occasion: str | None
    days: tuple[date, ...] = ()
    dated: bool = False


class Termijnhulp(Action):  # type: ignore[misc]
    """Answers with the days, or asks for the one that it needs."""

    def name(self) -> str:
        """As in the domain."""
        return "action_termijnhulp"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        """Work out, ask, or leave it to the question after doubt when no date was asked for."""
        about, asked = _understood(tracker), asked_before(tracker.events)
        if "misschien" in about and asked is None:
            return await _as_understood(dispatcher, tracker, domain)
        if "misschien" in about and "datum" not in about:
            dispatcher.utter_message(response=response_of(_topic_of(asked)), buttons=buttons_for([HUMAN]))
            return []
        _reply(dispatcher, wanted(tracker, asked, today()), tracker.get_slot("schoolsoort"), today())
        return []


async def _as_understood(
    dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
) -> list[dict[str, Any]]:
    """What the classifier made of the message: its answer, or the question after doubt."""
    understood = tracker.latest_message["onderwerpen"]
    if understood.get("besluit") != "answer":
        return await VraagNaTwijfel().run(dispatcher, tracker, domain)
    dispatcher.utter_message(response=response_of(understood["ranking"][0]["onderwerp"]))
    return []


def today() -> date:
    """The date in the Netherlands."""
    return local(utc_now()).date()


def wanted(tracker: Tracker, asked: str | None, now: date) -> Wanted:
    """What the clicked button or the message says; what was asked for before fills in the rest."""
    detail = detail_of(tracker, DEADLINE_TOPIC)
    if detail:
        key, _, written = detail.partition("-")
        days = (date.fromisoformat(written),) if _is_date(written) else ()
        return Wanted(key if key in current().deadlines.occasions else None, days)
    about = _understood(tracker)
    dates = find_dates(about.get("datum", ""))
    possible = dict.fromkeys(day for mention in dates for day in mention.dates(now))
    return Wanted(about.get("gebeurtenis") or asked, tuple(possible), bool(dates))


def _understood(tracker: Tracker) -> Mapping[str, str]:
    return (tracker.latest_message.get("onderwerpen") or {}).get("hulp") or {}


def _is_date(written: str) -> bool:
    try:
        return bool(date.fromisoformat(written))
    except ValueError:
        return False


def asked_before(events: Iterable[Mapping[str, Any]]) -> str | None:
    """The occasion that the reply before this message was about: ``WHICH`` when it asked for that, else a key."""
    users = 0
    for event in reversed(list(events)):
        users += event.get("event") == "user"
        about = ((event.get("metadata") or {}).get("metadata") or {}).get("termijn")
        if users == 1 and event.get("event") == "bot" and about:
            return str(about)
        if users == 2:
            break
    return None


def _topic_of(occasion: str | None) -> str:
    found = current().deadlines.occasions.get(occasion or "")
    return found.topic if found else DEADLINE_TOPIC


def _reply(dispatcher: CollectingDispatcher, wish: Wanted, school: str | None, now: date) -> None:
    occasion = current().deadlines.occasions.get(wish.occasion or "")
    if occasion is None:
        _ask_occasion(dispatcher, wish.days)
    elif len(wish.days) != 1:
        _ask_day(dispatcher, occasion, wish, now)
    elif abs(wish.days[0] - now) > _FAR:
        _ask(dispatcher, f"Ik lees {_day(wish.days[0], now)}. Klopt het jaar? {occasion.question}", occasion.key)
    else:
        _tell(dispatcher, occasion, wish.days[0], school, now)


def _ask(dispatcher: CollectingDispatcher, text: str, about: str, buttons: Iterable[Button] = ()) -> None:
    unknown = button(_UNKNOWN_DATE, _topic_of(about))
    say(dispatcher, text, _topic_of(about), "ask", [*buttons, unknown], opties=[], termijn=about)


def _ask_occasion(dispatcher: CollectingDispatcher, days: tuple[date, ...]) -> None:
    deadlines = current().deadlines
    day = f"-{days[0]}" if len(days) == 1 else ""
    buttons = [_button(occasion, day) for occasion in deadlines.offered()]
    say(dispatcher, deadlines.question, DEADLINE_TOPIC, "ask", buttons, opties=[], termijn=WHICH)


def _button(occasion: Occasion, day: str = "") -> Button:
    return button(occasion.button or "", f"{DEADLINE_TOPIC}:{occasion.key}{day}")


def _ask_day(dispatcher: CollectingDispatcher, occasion: Occasion, wish: Wanted, now: date) -> None:
    """Ask which of the days is meant, or for a day."""
    if wish.days:
        names = [_day(day, now) for day in wish.days]
        buttons = [
            button(name[:1].upper() + name[1:], f"{DEADLINE_TOPIC}:{occasion.key}-{day}")
            for name, day in zip(names, wish.days, strict=True)
        ]
        _ask(dispatcher, f"Welke dag bedoelt u: {' of '.join(names)}?", occasion.key, buttons)
    else:
        _ask(dispatcher, f"{_NO_DAY + ' ' if wish.dated else ''}{occasion.question}", occasion.key)


def _tell(dispatcher: CollectingDispatcher, occasion: Occasion, start: date, school: str | None, now: date) -> None:
    due = due_days(occasion, start, school)
    coming = [item for item in due if item.deadline.calendar and not item.is_past(now)]
    events = [Event(f"{occasion.key}_{item.deadline.kind}", item.deadline.calendar or "", item.day) for item in coming]
    sources = [source for item in due for source in item.deadline.sources_for(school)]
    say(
        dispatcher,
        _text(occasion, start, due, school, now, events),
        occasion.topic,
        "answer",
        [*_others(occasion, start), *buttons_for([HUMAN])],
        termijn=occasion.key,
        agenda=[{"soort": event.kind, "titel": event.title, "datum": str(event.day)} for event in events],
        **current().deadlines.review.metadata(sources),
    )


def _text(occasion: Occasion, start: date, due: list[Due], school: str | None, now: date, events: list[Event]) -> str:
    over = all(item.is_past(now) for item in due)
    lines = [f"- {_filled(item, start, now)}" for item in due]
    reserved = (occasion.reservations.get(name) for name in ("altijd", school or UNKNOWN))
    advice = f"**Wat kunt u nu doen?** {occasion.advice_past if over else occasion.advice}"
    parts = [
        occasion.start.format(begin=f"**{_day(start, now)}**"),
        "\n".join(lines),
        " ".join(filter(None, reserved)),
        advice,
    ]
    if events:
        parts.append(f"[Zet {'deze dag' if len(events) == 1 else 'deze dagen'} in uw agenda]({address(events)})")
    return "\n\n".join([*parts, "*Andere datum? Typ die.*"])


def _filled(item: Due, start: date, now: date) -> str:
    text = item.deadline.past if item.is_past(now) else item.deadline.text
    earlier = _day(item.earlier, now) if item.earlier else ""
    return text.format(begin=_day(start, now), dag=_day(item.day, now), eerder=earlier)


def _day(day: date, now: date) -> str:
    return dutch_date(day, now)


def _others(occasion: Occasion, start: date) -> list[Button]:
    """For an application, the decision that follows; for a decision of an unknown kind, the kinds it can be."""
    listed = {other.key: other for other in current().deadlines.offered()}
    if occasion.key == "aangemeld":
        return [_button(listed["besluit_school"])]
    return [] if occasion.key in listed else [_button(listed[key], f"-{start}") for key in listed if key != "aangemeld"]
