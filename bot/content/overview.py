"""``docs/onderwerpen.md``: one line per topic with its source, owner and review, made from the content."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bot.content.complaint import Complaint
from bot.content.model import Answer, Content, Listed
from bot.knowledge.reading import Entry

OVERVIEW = Path("docs") / "onderwerpen.md"
COMMAND = "python -m bot onderwerpen"
_HEAD = """\
# De onderwerpen

Deze tabel is gemaakt door `{command}`; verander hem niet met de hand. Het antwoord en de berichten van een onderwerp
staan in `data/nlu/<thema>.yml`.

{count} onderwerpen, {messages} berichten van {writers} schrijvers. Nagekeken: {reviewed}.

| onderwerp | knop | bron | eigenaar | gecontroleerd door | op | berichten | schrijvers |
|---|---|---|---|---|---|---:|---:|
"""


def overview(content: Content) -> str:
    """The table, in Markdown."""
    writers = {message.writer for message in content.messages}
    reviewed = sum(
        _text(content.answers.get(topic), "gecontroleerd") not in ("", "nog niet") for topic in content.topics
    )
    head = _HEAD.format(
        command=COMMAND,
        count=len(content.topics),
        messages=len(content.messages),
        writers=len(writers),
        reviewed=f"{reviewed} van {len(content.topics)}",
    )
    return head + "".join(_row(topic, content) for topic in content.topics.values())


def write_overview(content: Content) -> Path:
    """Write the table where it belongs."""
    file = content.root / OVERVIEW
    file.parent.mkdir(exist_ok=True)
    file.write_text(overview(content), encoding="utf-8")
    return file


def check_overview(content: Content) -> Iterator[Complaint]:
    """The table in ``docs/`` says what the content says."""
    file = content.root / OVERVIEW
    if not file.exists() or file.read_text(encoding="utf-8") != overview(content):
        yield Complaint(file, 1, f"De tabel met onderwerpen loopt achter. Typ: {COMMAND}")


def _row(topic: Listed, content: Content) -> str:
    answer, messages = content.answers.get(topic.id), content.messages_of(topic.id)
    cells = (
        f"`{topic.id}`",
        topic.button,
        "<br>".join(_sources(answer)),
        _text(answer, "eigenaar"),
        _text(answer, "gecontroleerd_door"),
        _text(answer, "gecontroleerd"),
        str(len(messages)),
        str(len({message.writer for message in messages})),
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


def _field(answer: Answer | None, name: str) -> Entry | None:
    return answer.variants[0].metadata.get(name) if answer and answer.variants else None


def _text(answer: Answer | None, name: str) -> str:
    entry = _field(answer, name)
    return entry.scalar() if entry else ""


def _sources(answer: Answer | None) -> Iterator[str]:
    entry = _field(answer, "bronnen")
    for source in entry.items() if entry else ():
        fields = source.fields(("naam", "url"))
        yield f"[{fields['naam'].text()}]({fields['url'].text()})"
