"""What an import would change, in lines for who runs it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from bot.knowledge.duo.plan import EXTRA, Change, Difference, Plan
from bot.knowledge.duo.schools import Fields


def lines(plan: Plan) -> Iterator[str]:
    """The files that were read, then what is new, gone and changed."""
    yield from plan.sources
    names = {row["brin"]: row["naam"] for row in (*plan.schools, *plan.of_schools.gone)}
    yield from _difference("schools", plan.of_schools, names, _school)
    names = {row["bevoegd_gezag"]: row["naam"] for row in plan.boards}
    yield from _difference("boards", plan.of_boards, names, _board)
    for row in plan.of_schools.new:
        yield f"By hand: give {row['brin']} the name that parents use, in {EXTRA}."
    if not plan:
        yield "Nothing would change."


def _difference(
    what: str, found: Difference, names: Mapping[str, str], shown: Callable[[Fields], str]
) -> Iterator[str]:
    for title, rows in (("New", found.new), ("Gone", found.gone)):
        if rows:
            yield f"{title} {what}: {len(rows)}"
            yield from (f"  {shown(row)}" for row in rows)
    if found.changed:
        yield f"Changed fields of {what}: {len(found.changed)}"
        yield from (_change(change, names) for change in found.changed)
    if found.newer:
        yield f"Another year of the source: {found.newer} {what}"


def _change(change: Change, names: Mapping[str, str]) -> str:
    return f"  {change.key} {names[change.key]}: {change.column} {change.old or '-'} -> {change.new or '-'}"


def _school(row: Fields) -> str:
    return f"{row['brin']} {row['naam']} ({row['soort']}), {row['straat_huisnummer']}, {row['postcode']}"


def _board(row: Fields) -> str:
    return f"{row['bevoegd_gezag']} {row['naam']}"
