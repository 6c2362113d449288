"""All checks of the content, one after the other, with a line for each step."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from bot import knowledge
from bot.content.answers import check_answers
from bot.content.blanks import check_blanks
from bot.content.complaint import Complaint, from_error, noting
from bot.content.help_lines import check_help_lines
from bot.content.language import MEASURE
from bot.content.limits import Limits
from bot.content.messages import check_amounts, check_copies, check_held_out
from bot.content.model import Content
from bot.content.open_points import open_points
from bot.content.overview import check_overview, write_overview
from bot.content.rasa_validation import check_rasa
from bot.content.reading import read_content
from bot.content.spoken import check_spoken
from bot.content.stories import check_rules
from bot.content.tests_reading import check_coverage, own_questions, read_turns, read_validation
from bot.content.wording import check_wording
from bot.knowledge import KnowledgeError
from bot.knowledge.follow_ups import FILE as FOLLOW_UPS
from bot.knowledge.follow_ups import load_follow_ups
from bot.nlu.other_doors import read_doors

Say = Callable[[str], None]


def check(
    root: Path,
    say: Say,
    *,
    with_rasa: bool = True,
    limits: Limits | None = None,
    strict: bool = False,
    changed: Collection[str] = (),
) -> int:
    """Check the content of the project in ``root`` and tell it step by step.

    Args:
        root: the folder with data, knowledge and tests.
        say: takes each line, for staff.
        with_rasa: also Rasa's own validation, which takes half a minute.
        limits: other than the usual ones.
        strict: advice counts as a complaint too.
        changed: topics with another answer than the published one; publishing holds advice about them against you.

    Returns:
        How many complaints there are.
    """
    count, needed = 0, 0
    for title, steps in _steps(root, with_rasa, limits or Limits()):
        complaints = [replace(one, needed=one.advice and one.topic in changed) for one in sorted(steps)]
        count += _tell(title, complaints, root, say, strict)
        needed += sum(one.needed for one in complaints)
    _tell_open_points(root, say)
    say(_verdict(count, 0 if strict else needed))
    return count


def _verdict(count: int, needed: int) -> str:
    if count == 0 and needed:
        return f"Bijna: nog {in_points(needed)} bij antwoorden die u veranderde. Zonder dat kunt u niet publiceren."
    return f"{in_points(count)} om te verbeteren." if count else "Alles klopt."


def in_points(count: int) -> str:
    """``1 punt``, ``2 punten``."""
    return f"{count} {'punt' if count == 1 else 'punten'}"


def complaints_about(root: Path, limits: Limits | None = None) -> list[Complaint]:
    """All complaints but those of Rasa, in the order of the steps."""
    steps = _steps(root, with_rasa=False, limits=limits or Limits())
    return [complaint for _, complaints in steps for complaint in sorted(complaints)]


def refresh_overview(root: Path, say: Say) -> int:
    """Write the table with topics, unless the answers that it is made of have mistakes.

    Returns:
        How many complaints kept it from being written.
    """
    content, complaints = read_content(root)
    complaints.extend(answer for answer in check_answers(content, Limits(), date.today()) if not answer.advice)
    if complaints:
        _tell("Antwoorden", sorted(complaints), root, say)
    else:
        say(f"Geschreven: {write_overview(content).relative_to(root)}")
    return len(complaints)


def _steps(root: Path, with_rasa: bool, limits: Limits) -> Iterator[tuple[str, Iterable[Complaint]]]:
    content, complaints = read_content(root)
    yield "Bestanden lezen", complaints
    if not content.topics:
        return
    yield "Kennis", check_knowledge(root)
    answers = [*check_answers(content, limits, date.today()), *check_help_lines(content)]
    yield "Antwoorden", answers
    yield f"Taal (B1, leesbaarheid volgens {MEASURE})", check_wording(content)
    yield "Nog in te vullen", check_blanks(root)
    yield "Aantal berichten", check_amounts(content, limits, date.today())
    yield "Dubbele berichten", check_copies(content)
    yield "Toetsvragen en testgesprekken", _check_tests(content)
    yield "Regels", [*check_rules(content), *check_spoken(content)]
    if not complaints and all(complaint.advice for complaint in answers):
        yield "Tabel met onderwerpen", check_overview(content)
    # Rasa would trip over the form of a file too, in English.
    if with_rasa and not complaints:
        yield "Controle door Rasa (ongeveer een halve minuut)", check_rasa(content)


def _tell(title: str, complaints: list[Complaint], root: Path, say: Say, strict: bool = False) -> int:
    advice = sum(complaint.advice for complaint in complaints)
    wrong = len(complaints) - advice
    counted = [f"{wrong} te verbeteren"] if wrong else []
    say(f"{title}: {', '.join([*counted, *([f'{advice} keer advies'] if advice else [])]) or 'goed'}")
    for complaint in complaints:
        say(f"  {complaint.shown(root)}")
    return len(complaints) if strict else wrong


def _tell_open_points(root: Path, say: Say) -> None:
    try:
        points = open_points(root)
    except KnowledgeError:
        return  # already told with the rest of the knowledge
    if points:
        say(f"Nog te bevestigen door de organisatie (geen fout): {len(points)}")
    for point in points:
        say(f"  {point.shown(root)}")


def check_knowledge(root: Path) -> Iterator[Complaint]:
    """The knowledge files can be read; the first mistake is told."""
    try:
        known = knowledge.load(root / "knowledge").topics
        load_follow_ups(root / "knowledge" / FOLLOW_UPS, known)
        read_doors(root / "knowledge")
    except KnowledgeError as error:
        yield from_error(error)


def _check_tests(content: Content) -> list[Complaint]:
    complaints: list[Complaint] = []
    turns = read_turns(content, complaints)
    if not complaints:
        complaints.extend(check_coverage(content, turns))
    held_out = own_questions(turns)
    with noting(complaints):
        held_out.extend(read_validation(content.root))
    complaints.extend(check_held_out(content, held_out))
    return complaints
