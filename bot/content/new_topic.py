"""``python -m bot inhoud nieuw``: the skeleton of a topic, in all the files that a topic stands in."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from bot.content.blanks import BLANK
from bot.content.complaint import place
from bot.content.limits import Limits
from bot.content.model import Content
from bot.content.tests_reading import CONVERSATIONS
from bot.topics import HUMAN, response_of

_ID = re.compile(r"[a-z][a-z0-9_]{1,39}/[a-z][a-z0-9_]{1,39}")
_NEXT_TOPIC = re.compile(r"\s*(- id:|# ---)")
_RESPONSES = re.compile(r"^responses:\s*$", re.MULTILINE)


@dataclass(frozen=True)
class NewTopic:
    """What staff told about a new topic; what is empty is left to fill in.

    Attributes:
        id: ``thema/vraag``.
        about: what belongs to it.
        button: the question on its button.
        not_topic: the topic that it is easily taken for, or empty.
        source, url: where the answer comes from.
        owner: who answers for it.
        follow_ups: topics to go on with.
        answer, plain: the two texts.
        messages: how parents ask it.
        writer: the fixed name of who wrote the messages.
        test: a question that is in no message, for the test.
    """

    id: str
    about: str = ""
    button: str = ""
    not_topic: str = ""
    source: str = ""
    url: str = ""
    owner: str = ""
    follow_ups: tuple[str, ...] = ()
    answer: str = ""
    plain: str = ""
    messages: tuple[str, ...] = ()
    writer: str = "redactie-01"
    test: str = ""

    @property
    def theme(self) -> str:
        """The part before the slash."""
        return self.id.split("/")[0]


@dataclass
class Written:
    """Where something was written, with what is left to fill in there."""

    files: list[Path] = field(default_factory=list)
    open: list[tuple[Path, int, str]] = field(default_factory=list)


def problems(new: NewTopic, content: Content) -> Iterator[str]:
    """Why this topic cannot be made, in Dutch; nothing is written while there is a reason."""
    themes = list(dict.fromkeys(topic.theme for topic in content.topics.values()))
    if not _ID.fullmatch(new.id):
        yield f"'{new.id}' is geen naam voor een onderwerp. Schrijf thema/vraag, met kleine letters: tlv/kosten."
    elif new.theme not in themes:
        yield f"Het thema '{new.theme}' is er niet. Kies uit: {', '.join(themes)}."
        yield "Een nieuw thema vraagt een ontwikkelaar."
    if new.id in content.topics:
        yield f"Het onderwerp {new.id} is er al: {place_of(new.id, content)}."
    for topic in content.topics.values():
        if new.button and topic.button.lower() == new.button.lower():
            yield f"De knop '{new.button}' is al van {topic.id}. Kies een andere vraag."
    for other in (new.not_topic, *new.follow_ups):
        if other and other not in content.topics:
            yield f"Het onderwerp '{other}' is er niet. Kijk in knowledge/onderwerpen.yml."
    if new.url and not new.url.startswith("https://"):
        yield f"Het adres '{new.url}' begint niet met https://."


def place_of(topic: str, content: Content) -> str:
    """Where a topic stands in the list."""
    listed = content.topics[topic]
    return place(listed.file, listed.line, content.root)


def write(new: NewTopic, content: Content, today: date) -> Written:
    """Write the skeleton in the files of the project."""
    written = Written()
    root, theme = content.root, new.theme
    _change(root / "knowledge" / "onderwerpen.yml", lambda text: _with_topic(text, new, today), written)
    _change(root / "data" / "nlu" / f"{theme}.yml", lambda text: _with_messages(text, new), written)
    _change(root / "data" / "nlu" / f"{theme}.yml", lambda text: _appended(text, _response(new)), written)
    _change(root / CONVERSATIONS / f"thema_{theme}.yml", lambda text: _appended(text, _conversation(new)), written)
    if (root / "knowledge" / "feiten").is_dir():
        _change(
            root / "knowledge" / "feiten" / f"{theme}.yml", lambda text: _appended(text, "\n" + _facts(new)), written
        )
    for file in written.files:
        lines = enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        written.open += [(file, number, line.strip()) for number, line in lines if BLANK in line]
    return written


def next_steps(new: NewTopic, written: Written, root: Path, limits: Limits) -> Iterator[str]:
    """What staff read afterwards."""
    yield f"{new.id} staat nu in:"
    yield from (f"  {file.relative_to(root)}" for file in written.files)
    if written.open:
        yield f"Vul dit nog in (zoek op {BLANK}):"
        yield from (f"  {place(file, line, root)}: {text}" for file, line, text in written.open)
    short = limits.first_messages - len(new.messages)
    if short > 0:
        yield f"Schrijf nog {short} berichten zoals ouders typen, in data/nlu/{new.theme}.yml."
    wanted = f"{limits.messages} berichten van {limits.writers} schrijvers"
    yield f"Binnen {limits.new_days} dagen horen er {wanted} te zijn."
    yield "Daarna: python -m bot inhoud controleer"


def _change(file: Path, make: Callable[[str], str], written: Written) -> None:
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    file.write_text(make(text), encoding="utf-8")
    if file not in written.files:
        written.files.append(file)


def _quoted(text: str) -> str:
    # What JSON quotes, YAML reads as the same text.
    return json.dumps(text, ensure_ascii=False)


def _with_topic(text: str, new: NewTopic, today: date) -> str:
    """The list with the topic behind the others of its theme."""
    lines = text.splitlines(keepends=True)
    last = max(
        number for number, line in enumerate(lines) if re.match(rf"\s*- (\{{)?id: {re.escape(new.theme)}/", line)
    )
    end = next((number for number in range(last + 1, len(lines)) if _NEXT_TOPIC.match(lines[number])), len(lines))
    while not lines[end - 1].strip():
        end -= 1
    if not lines[end - 1].endswith("\n"):
        lines[end - 1] += "\n"
    entry = [
        f"  - id: {new.id}\n",
        f"    over: {_quoted(new.about or f'{BLANK}: wat hieronder valt')}\n",
        f"    knop: {_quoted(new.button or f'{BLANK}: de vraag op de knop?')}\n",
        *([f"    niet: {new.not_topic}\n"] if new.not_topic else []),
        f'    sinds: "{today.isoformat()}"\n',
    ]
    return "".join([*lines[:end], *entry, *lines[end:]])


def _with_messages(text: str, new: NewTopic) -> str:
    messages = new.messages or (f"{BLANK}: zoals een ouder het typt, elk bericht op een eigen regel",)
    block = [
        f"  - intent: {new.id}\n",
        f"    metadata: {{schrijver: {new.writer}}}\n",
        "    examples: |\n",
        *(f"      - {message}\n" for message in messages),
    ]
    found = _RESPONSES.search(text)
    at = found.start() if found else len(text)
    before = text[:at].rstrip("\n")
    return f"{before}\n{''.join(block)}\n{text[at:]}"


def _response(new: NewTopic) -> str:
    follow_ups = new.follow_ups or (HUMAN, f'"{BLANK}: nog een tot drie onderwerpen"')
    return (
        f"  {response_of(new.id)}:\n"
        "    - text: |-\n"
        f"{_indented(new.answer or _ANSWER)}"
        "      metadata:\n"
        "        bronnen:\n"
        f"          - {{naam: {_quoted(new.source or f'{BLANK}: naam van de bron')}, "
        f"url: {_quoted(new.url or f'https://{BLANK}')}}}\n"
        f"        eigenaar: {_quoted(new.owner or f'{BLANK}: wie over de inhoud gaat')}\n"
        '        gecontroleerd: "nog niet"\n'
        '        gecontroleerd_door: "nog niet"\n'
        f"        vervolg: [{', '.join(follow_ups)}]\n"
        "    - text: |-\n"
        f"{_indented(new.plain or f'{BLANK}: hetzelfde, eenvoudiger, in hoogstens 40 woorden.')}"
        "      metadata:\n"
        "        wanneer: {vorm: eenvoudig}\n"
    )


_ANSWER = f"""{BLANK}: het antwoord zelf, in korte zinnen.

**Wat kunt u nu doen?** {BLANK}: de eerste stap."""


def _indented(text: str) -> str:
    return "".join(f"        {line}".rstrip() + "\n" for line in text.splitlines())


def _conversation(new: NewTopic) -> str:
    question = new.test or f"{BLANK}: een vraag die u nergens anders gebruikt"
    return (
        f"- gesprek: {new.id}\n"
        "  beurten:\n"
        f"    - {{ouder: {_quoted(question)}, besluit: answer, onderwerpen: [{new.id}]}}\n"
    )


def _facts(new: NewTopic) -> str:
    # A fact of low certainty trains nothing and is used in no answer, so it may wait for somebody to look it up.
    address = f"      url: {new.url}\n" if new.url else ""
    return (
        f"{new.id}:\n"
        f"  kern: {_quoted(new.about or f'{BLANK}: het belangrijkste dat een ouder moet horen')}\n"
        "  feiten:\n"
        f"    - feit: {_quoted(f'{BLANK}: het feit waar het antwoord op steunt')}\n"
        f"      bron: {_quoted(new.source or f'{BLANK}: naam van de bron')}\n"
        f"{address}"
        "      zekerheid: laag\n"
        "      gezien: nee\n"
    )


def _appended(text: str, more: str) -> str:
    return f"{text.rstrip(chr(10))}\n{more}" if text.strip() else more.lstrip("\n")
