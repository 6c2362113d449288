"""Checks of the answers: texts, variants, and who answers for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from bot.content import sources
from bot.content.complaint import Complaint
from bot.content.limits import Limits
from bot.content.model import Answer, Content, Listed, Variant
from bot.content.words import count_words
from bot.nlu.variants import PLAIN
from bot.topics import response_of

PLAIN_WISH: Mapping[str, str] = {"vorm": PLAIN}


def check_answers(content: Content, limits: Limits, today: date) -> Iterator[Complaint]:
    """Every topic has an answer that is complete."""
    for topic in content.topics.values():
        answer = content.answers.get(topic.id)
        if answer and answer.complete:
            yield from _check_answer(topic, answer, content, limits, today)
        elif answer is None and topic.theme not in content.incomplete:
            yield Complaint(
                topic.file,
                topic.line,
                f"Het onderwerp {topic.id} heeft geen antwoord. Zet {response_of(topic.id)} onder responses: in "
                f"data/nlu/{topic.theme}.yml.",
            )


def _check_answer(topic: Listed, answer: Answer, content: Content, limits: Limits, today: date) -> Iterator[Complaint]:
    first = answer.variants[0]
    if first.when:
        yield Complaint(
            answer.file,
            first.line,
            f"De eerste tekst van {topic.id} is het gewone antwoord en geldt altijd. Haal wanneer: daar weg, of "
            "zet een gewoon antwoord ervoor.",
        )
    yield from sources.check_first(answer, first, content.topics, limits.follow_ups, today)
    for variant in answer.variants[1:]:
        yield from sources.check_further(answer, variant, content.topics, limits.follow_ups, today)
    yield from _check_conditions(answer)
    for variant in answer.variants:
        yield from _check_length(answer, variant, limits)


def _check_conditions(answer: Answer) -> Iterator[Complaint]:
    seen: list[tuple[Mapping[str, str], tuple[str, ...]]] = []
    for variant in answer.variants[1:]:
        dated = tuple(variant.metadata[name].scalar() for name in sources.VALIDITY if name in variant.metadata)
        if not variant.when and not dated:
            yield Complaint(
                answer.file,
                variant.line,
                "Deze tekst wordt nooit gekozen. Zet onder metadata: wanneer het deze tekst moet zijn, bijvoorbeeld "
                "wanneer: {schoolsoort: vo}.",
            )
        elif (variant.when, dated) in seen:
            yield Complaint(answer.file, variant.line, "Er is al een tekst met dezelfde wanneer:. Haal er een weg.")
        seen.append((variant.when, dated))
    if PLAIN_WISH not in [variant.when for variant in answer.variants]:
        yield Complaint(
            answer.file,
            answer.line,
            f"{answer.topic} heeft geen eenvoudige tekst. Zet er een bij met wanneer: {{vorm: eenvoudig}}.",
        )


def _check_length(answer: Answer, variant: Variant, limits: Limits) -> Iterator[Complaint]:
    plain = variant.when.get("vorm") == PLAIN
    most, words = limits.plain_words if plain else limits.words, count_words(variant.text.scalar())
    if words > most:
        kind = "De eenvoudige tekst" if plain else "Het antwoord"
        yield Complaint(
            answer.file, variant.line, f"{kind} heeft {words} woorden; {most} is het meeste. Maak de tekst korter."
        )
