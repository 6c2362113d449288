"""Carrying out what staff chose for the groups of a report: ``V1=bericht:tlv/kosten V2=buiten``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from bot.content import new_topic
from bot.content.model import Content
from bot.content.new_topic import NewTopic
from bot.content.tests_reading import REAL
from bot.report.unclear import Group, UnclearReport
from bot.topics import OUT_OF_SCOPE, intent_of

WAYS = {
    "bericht": "voeg de vragen toe als berichten bij dit onderwerp: V1=bericht:tlv/uitleg",
    "nieuw": "maak een nieuw onderwerp met deze vragen: V1=nieuw:tlv/kosten",
    "buiten": "dit valt buiten het vak: V1=buiten",
    "toets": "zet de vragen bij de vragen om mee te toetsen: V1=toets:tlv/uitleg",
    "niets": "doe niets: V1=niets",
}
_CHOICE = re.compile(r"(V\d+)=([a-z]+)(?::([a-z0-9_]+/[a-z0-9_]+))?")
_RESPONSES = re.compile(r"^responses:\s*$", re.MULTILINE)


class BadChoice(Exception):
    """A choice cannot be carried out; the message is Dutch. Nothing was changed."""


@dataclass(frozen=True)
class Choice:
    """What to do with one group."""

    group: Group
    way: str
    topic: str


def read_choices(texts: Iterable[str], report: UnclearReport, content: Content) -> list[Choice]:
    """The choices as they were typed.

    Raises:
        BadChoice: of the wrong form, an unknown group or topic, a group twice.
    """
    groups = {group.id: group for group in report.groups}
    choices = [_choice(text, groups, content) for text in texts]
    ids = [choice.group.id for choice in choices]
    if len(set(ids)) != len(ids):
        raise BadChoice("Een groep staat er twee keer bij. Kies er een ding mee.")
    return choices


def _choice(text: str, groups: dict[str, Group], content: Content) -> Choice:
    found = _CHOICE.fullmatch(text)
    if not found or found[2] not in WAYS:
        raise BadChoice("\n  ".join([f"'{text}' is geen keuze. Dit kan:", *WAYS.values()]))
    group, way, topic = groups.get(found[1]), found[2], found[3] or ""
    if group is None:
        raise BadChoice(f"De groep {found[1]} staat niet in dit rapport.")
    if way in ("bericht", "toets") and topic not in content.topics:
        raise BadChoice(f"Het onderwerp '{topic}' is er niet. Kijk in knowledge/onderwerpen.yml.")
    if way == "nieuw":
        problems = list(new_topic.problems(NewTopic(topic), content))
        if problems:
            raise BadChoice(problems[0])
    return Choice(group, way, OUT_OF_SCOPE if way == "buiten" else topic)


def carry_out(choices: Iterable[Choice], report: UnclearReport, content: Content, today: date) -> list[str]:
    """Change the files; what was done, in Dutch."""
    done = []
    writer = f"vragen-{report.start}"
    for choice in choices:
        if choice.way in ("bericht", "buiten"):
            file = _add_messages(choice, content, writer)
            done.append(f"{choice.group.id}: {len(choice.group.examples)} berichten bij {choice.topic}, in {file}")
        elif choice.way == "toets":
            _add_to_test(choice, content.root)
            done.append(f"{choice.group.id}: {len(choice.group.examples)} toetsvragen voor {choice.topic}, in {REAL}")
        elif choice.way == "nieuw":
            new = replace(NewTopic(choice.topic), messages=choice.group.examples, writer=writer)
            written = new_topic.write(new, content, today)
            done.append(
                f"{choice.group.id}: het onderwerp {choice.topic} is begonnen; {len(written.open)} plekken in te vullen"
            )
    return done


def _add_messages(choice: Choice, content: Content, writer: str) -> Path:
    theme = content.topics[choice.topic].theme
    file = content.root / "data" / "nlu" / f"{theme}.yml"
    text = file.read_text(encoding="utf-8")
    block = [
        f"  - intent: {intent_of(choice.topic)}\n",
        f"    metadata: {{schrijver: {writer}}}\n",
        "    examples: |\n",
        *(f"      - {' '.join(example.split())}\n" for example in choice.group.examples),
    ]
    found = _RESPONSES.search(text)
    at = found.start() if found else len(text)
    file.write_text(text[:at].rstrip("\n") + "\n" + "".join(block) + "\n" + text[at:], encoding="utf-8")
    return file.relative_to(content.root)


def _add_to_test(choice: Choice, root: Path) -> None:
    with (root / REAL).open("a", encoding="utf-8") as file:
        for example in choice.group.examples:
            file.write(json.dumps({"text": example, "label": choice.topic}, ensure_ascii=False) + "\n")
