"""Checks of the messages to learn from: enough, of enough people, and each in one place."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import astuple
from datetime import date, timedelta
from pathlib import Path

from bot.content import likeness
from bot.content.complaint import Complaint, place
from bot.content.kept import digest, keep, kept_file
from bot.content.likeness import Likeness, copies_of, near_copies
from bot.content.limits import Limits
from bot.content.model import Content, Listed, Message

VERY_CLOSE = 95.0
"""From this ratio (0 to 100) a message adds nothing to another one of the same topic."""
_MANY = 2000
_WORD = re.compile(r"\w+")


def check_amounts(content: Content, limits: Limits, today: date) -> Iterator[Complaint]:
    """Every topic has enough messages of enough writers; one that is new may begin with fewer."""
    for topic in content.topics.values():
        if topic.theme in content.incomplete:
            continue
        messages = content.messages_of(topic.id)
        first = messages[0] if messages else topic
        short = _short_of(topic, messages, limits)
        if short and limits.first_messages <= len(messages) and _is_new(topic, limits, today):
            until = (topic.since or today) + timedelta(days=limits.new_days)
            text = f"{short} Het onderwerp is nieuw: dat mag tot {until.isoformat()}."
            yield Complaint(first.file, first.line, text, advice=True)
        elif short:
            yield Complaint(first.file, first.line, short)


def _is_new(topic: Listed, limits: Limits, today: date) -> bool:
    return topic.since is not None and topic.since <= today <= topic.since + timedelta(days=limits.new_days)


def _short_of(topic: Listed, messages: Sequence[Message], limits: Limits) -> str | None:
    writers = {message.writer for message in messages if message.writer}
    if len(messages) < limits.messages:
        return (
            f"{topic.id} heeft {len(messages)} berichten; {limits.messages} is het minste. Schrijf er "
            f"{limits.messages - len(messages)} bij in data/nlu/{topic.theme}.yml."
        )
    if len(writers) < limits.writers:
        return (
            f"{topic.id} heeft berichten van {len(writers)} schrijvers; {limits.writers} is het minste. Laat iemand "
            "anders er een blok bij schrijven."
        )
    return None


def check_copies(content: Content) -> Iterator[Complaint]:
    """No message stands in two places, and none nearly so across topics."""
    messages = content.messages
    for first, second in _exact(messages):
        yield _copy(content.root, messages[first], messages[second], "Dit bericht staat er al")
    for like in _near_copies(content.root, [message.text for message in messages]):
        one, other = messages[like.first], messages[like.second]
        if _key(one) == _key(other):
            continue
        if one.topic != other.topic:
            yield _copy(content.root, one, other, "Bijna hetzelfde bericht staat bij een ander onderwerp")
        elif like.ratio >= VERY_CLOSE:
            yield _copy(content.root, one, other, "Bijna hetzelfde bericht staat al bij dit onderwerp")


def _near_copies(root: Path, texts: list[str]) -> list[Likeness]:
    """All pairs; those of many messages are kept, since they take seconds to find and change only with a message."""
    file = kept_file(root, "gelijk", digest(Path(likeness.__file__).read_bytes(), *texts))
    if file.exists():
        return [Likeness(*row) for row in json.loads(file.read_text(encoding="utf-8"))]
    found = near_copies(texts)
    if len(texts) > _MANY:
        keep(file, json.dumps([astuple(like) for like in found]).encode())
    return found


def check_held_out(content: Content, held_out: Sequence[Message]) -> Iterator[Complaint]:
    """No message is, or nearly is, a question with which the assistant is tested."""
    likes = copies_of([message.text for message in content.messages], [question.text for question in held_out])
    for like in _closest(likes):
        message, question = content.messages[like.first], held_out[like.second]
        yield Complaint(
            message.file,
            message.line,
            "Dit bericht lijkt te veel op een vraag waarmee de assistent wordt getoetst. Zo meet de toets niets. Haal "
            f"het bericht weg.\n{_side_by_side(content.root, message, question)}",
        )


def _exact(messages: Sequence[Message]) -> Iterator[tuple[int, int]]:
    """Each message with the first one that is the same but for capitals and punctuation."""
    seen: dict[str, int] = {}
    for number, message in enumerate(messages):
        first = seen.setdefault(_key(message), number)
        if first != number:
            yield first, number


def _key(message: Message) -> str:
    # Some messages have nothing but an emoji.
    return " ".join(_WORD.findall(message.text.lower())) or message.text


def _closest(likes: Sequence[Likeness]) -> list[Likeness]:
    """One for each first text."""
    found: dict[int, list[Likeness]] = defaultdict(list)
    for like in likes:
        found[like.first].append(like)
    return [max(group, key=lambda like: like.ratio) for group in found.values()]


def _copy(root: Path, first: Message, second: Message, problem: str) -> Complaint:
    where = "Kies waar het hoort en haal het andere weg" if first.topic != second.topic else "Haal er een weg"
    return Complaint(second.file, second.line, f"{problem}. {where}.\n{_side_by_side(root, second, first)}")


def _side_by_side(root: Path, one: Message, other: Message) -> str:
    width = max(len(one.topic), len(other.topic))
    lines = (
        f"    {message.topic:{width}}  {message.text}  ({place(message.file, message.line, root)})"
        for message in (one, other)
    )
    return "\n".join(lines)
