"""The answer on danger names exactly the numbers of ``knowledge/hulplijnen.yml``: a parent in need must not get two."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.content.complaint import Complaint, from_error
from bot.content.model import Content
from bot.knowledge import KnowledgeError, load_help_lines
from bot.topics import DANGER

_NUMBER = re.compile(r"(?<![\d-])(?:0[89]00-\d{4,7}|11\d)(?![\d-])")


def check_help_lines(content: Content) -> Iterator[Complaint]:
    """A complaint for each text of the answer that misses a number, or has one that is not in the list."""
    answer = content.answers.get(DANGER)
    if answer is None:
        return
    try:
        listed = {number for line in load_help_lines(content.root / "knowledge") for number in line.numbers}
    except KnowledgeError as error:
        yield from_error(error)
        return
    for variant in answer.variants:
        named = set(_NUMBER.findall(variant.text.text()))
        if named != listed:
            yield Complaint(answer.file, variant.line, _difference(named, listed))


def _difference(named: set[str], listed: set[str]) -> str:
    missing, strange = sorted(listed - named), sorted(named - listed)
    parts = [f"{', '.join(missing)} ontbreekt"] if missing else []
    parts += [f"{', '.join(strange)} staat niet in de lijst"] if strange else []
    return f"de nummers van de hulplijnen wijken af van knowledge/hulplijnen.yml: {'; '.join(parts)}."
