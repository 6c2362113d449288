"""Rasa's own validation, with every warning an error unless it is known, explained and checked."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.content.complaint import Complaint, noting
from bot.content.model import Content
from bot.content.spoken import spoken_in
from bot.knowledge.reading import Entry, read_yaml
from bot.settings import ROOT
from bot.topics import ACTION_TOPICS, response_of

WARNINGS_FILE = Path(__file__).with_name("rasa_warnings.yml")
_FOUND_IN = re.compile(r"Issue found in '(?P<file>[^']+)':\s*")
_LAST_LINES = 8
_SETTINGS = ("domain.yml", "config.yml")

Proof = Callable[[str, Content], bool]


@dataclass(frozen=True)
class Allowed:
    """A warning that is right as it is, when the proof holds."""

    pattern: re.Pattern[str]
    proof: str


@dataclass(frozen=True)
class Explanation:
    """What a warning means, in Dutch."""

    pattern: re.Pattern[str]
    text: str


def check_rasa(content: Content) -> Iterator[Complaint]:
    """Run ``rasa data validate`` on the project and judge its warnings; takes about half a minute."""
    unreadable = check_settings(content)
    if unreadable:
        yield from unreadable
        return
    with tempfile.TemporaryDirectory(prefix="ouderchat-") as folder:
        result = Path(folder) / "rasa.json"
        ended = _run(content.root, result)
        yield from what_rasa_said(content, ended.returncode, ended.stderr, result)


def check_settings(content: Content) -> list[Complaint]:
    """Whether the files that only Rasa reads can be read."""
    unreadable: list[Complaint] = []
    for name in _SETTINGS:
        with noting(unreadable):
            read_yaml(content.root / name)
    return unreadable


def what_rasa_said(content: Content, code: int, log: str, result: Path) -> Iterator[Complaint]:
    """The complaints of a run of ``bot.content.rasa_run`` that ended.

    Args:
        content: what it looked at.
        code: its exit status.
        log: what it wrote.
        result: the file that it made.
    """
    if code != 0:
        yield Complaint(content.root / "domain.yml", 1, f"Rasa kan de gegevens niet lezen.\n{_end(log)}")
        return
    said = json.loads(result.read_text(encoding="utf-8"))
    if said["code"] != 0:
        yield Complaint(content.root / "domain.yml", 1, f"Rasa keurt het project af.\n{_end(log)}")
    yield from judge(dict.fromkeys(said["warnings"]), content)


def judge(warnings: Mapping[str, None] | list[str], content: Content) -> Iterator[Complaint]:
    """A complaint for each warning that is not allowed."""
    allowed, explanations = read_warnings(WARNINGS_FILE)
    for warning in warnings:
        if not any(_fits(entry, warning, content) for entry in allowed):
            yield _complaint(warning, explanations, content.root)


def read_warnings(file: Path) -> tuple[list[Allowed], list[Explanation]]:
    """The known warnings.

    Raises:
        KnowledgeError: the file is broken, or names a proof that does not exist.
    """
    fields = read_yaml(file).fields(("toegestaan", "uitleg"))
    allowed = [_allowed(entry.fields(("patroon", "waarom", "bewijs"))) for entry in fields["toegestaan"].items()]
    entries = [entry.fields(("patroon", "tekst")) for entry in fields["uitleg"].items()]
    return allowed, [Explanation(re.compile(entry["patroon"].text()), entry["tekst"].text()) for entry in entries]


def _allowed(fields: Mapping[str, Entry]) -> Allowed:
    fields["waarom"].text()
    return Allowed(re.compile(fields["patroon"].text(), re.DOTALL), fields["bewijs"].choice(tuple(_PROOFS)))


def _fits(entry: Allowed, warning: str, content: Content) -> bool:
    found = entry.pattern.fullmatch(warning)
    return bool(found) and _PROOFS[entry.proof](found.groupdict().get("naam", ""), content) if found else False


def _complaint(warning: str, explanations: list[Explanation], root: Path) -> Complaint:
    place = _FOUND_IN.match(warning)
    file = root / (place["file"] if place else "domain.yml")
    for explanation in explanations:
        found = explanation.pattern.search(warning)
        if found:
            return Complaint(file, 1, explanation.text.format(**found.groupdict()))
    return Complaint(file, 1, f"Rasa waarschuwt. Vraag een ontwikkelaar wat dit betekent.\n    {warning}")


def _run(root: Path, result: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "RASA_TELEMETRY_ENABLED": "false"}
    command = [sys.executable, "-m", "bot.content.rasa_run", str(result)]
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)


def _end(log: str) -> str:
    return "\n".join(f"    {line}" for line in log.strip().splitlines()[-_LAST_LINES:])


def _is_action_topic(name: str, content: Content) -> bool:
    return name in {response_of(topic) for topic in ACTION_TOPICS if topic in content.answers}


def _is_spoken(name: str, content: Content) -> bool:
    return (
        any(spoken.pattern.fullmatch(name) for spoken in spoken_in(content.root))
        or name in _form_questions(content.root / "domain.yml")
        or _has_only_actions(name, content)
    )


def _form_questions(domain: Path) -> set[str]:
    forms = read_yaml(domain).fields(others=True).get("forms")
    asked = [form.fields(others=True)["required_slots"] for form in forms.fields(others=True).values()] if forms else []
    return {f"utter_ask_{slot}" for slots in asked for slot in slots.texts()}


def _has_only_actions(name: str, content: Content) -> bool:
    """``utter_school`` stands for the answers of a theme, and each of them is uttered by an action."""
    topics = [topic for topic in content.topics.values() if response_of(topic.theme) == name]
    return bool(topics) and all(topic.id in ACTION_TOPICS for topic in topics)


def _is_in_code(name: str, content: Content) -> bool:
    sources = [*content.root.glob("bot/topics.py"), *content.root.glob("bot/nlu/*.py")]
    return any(f'"{name}"' in file.read_text(encoding="utf-8") for file in sources)


_PROOFS: Mapping[str, Proof] = {
    "geen": lambda _name, _content: True,
    "onderwerp": _is_action_topic,
    "gezegd": _is_spoken,
    "in_code": _is_in_code,
}
