"""Checks that the conversation knows every topic: a rule that answers it, also in the middle of the hand-off form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.content.complaint import Complaint, noting
from bot.content.model import Content
from bot.knowledge.reading import Entry, read_yaml
from bot.topics import HUMAN, base_intent, intent_of

FORM = "overdracht_form"
# Who asks for a human in the middle of the form for a human is asked the same question again, by the form itself.
_NO_INTERRUPTION = frozenset({intent_of(HUMAN)})


@dataclass(frozen=True)
class Rule:
    """The intents a rule answers, and whether it does so while the hand-off form asks."""

    intents: frozenset[str]
    in_form: bool


def check_rules(content: Content) -> Iterator[Complaint]:
    """Every intent has a rule, and one that lets it interrupt the form."""
    complaints: list[Complaint] = []
    rules = _read_rules(content.root / "data" / "stories", complaints)
    yield from complaints
    if complaints:
        return
    plain = {intent for rule in rules if not rule.in_form for intent in rule.intents}
    interrupting = {intent for rule in rules if rule.in_form for intent in rule.intents}
    for intent, topic in _intents(content).items():
        where = content.topics[topic]
        if intent not in plain:
            yield Complaint(
                where.file,
                where.line,
                f"Voor {topic} ontbreekt een regel. Zet in data/stories/rules.yml een rule met intent: {intent} en "
                "daarna de actie die antwoordt.",
            )
        if intent not in interrupting | _NO_INTERRUPTION:
            yield Complaint(
                where.file,
                where.line,
                f"Een vraag over {topic} midden in het formulier krijgt geen antwoord. Zet in "
                f"data/stories/overdracht.yml een rule met intent: {intent} erbij, zoals de andere.",
            )


def _intents(content: Content) -> dict[str, str]:
    """Each intent as the rules see it, with the first topic that has it."""
    intents: dict[str, str] = {}
    for topic in content.topics:
        intents.setdefault(base_intent(topic), topic)
    return intents


def _read_rules(folder: Path, complaints: list[Complaint]) -> list[Rule]:
    rules: list[Rule] = []
    for file in sorted(folder.glob("*.yml")):
        with noting(complaints):
            fields = read_yaml(file).fields((), ("version", "rules", "stories"))
            rules.extend(_rule(entry) for entry in (fields["rules"].items() if "rules" in fields else ()))
    return rules


def _rule(entry: Entry) -> Rule:
    fields = entry.fields(("rule", "steps"), others=True)
    conditions = fields["condition"].items() if "condition" in fields else []
    loops = [condition.fields(others=True).get("active_loop") for condition in conditions]
    steps = [step.fields(others=True) for step in fields["steps"].items()]
    intents = frozenset(step["intent"].text() for step in steps if "intent" in step)
    return Rule(intents, any(loop is not None and loop.scalar() == FORM for loop in loops))
