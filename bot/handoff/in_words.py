"""The preview in plain text: what the ouderadviseur would get, each line with the number that strikes it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from bot.handoff.cases import Content, Line
from bot.handoff.lines import REASONS
from bot.handoff.sheet import Row, open_question

_AUTHORS = {"ouder": "U", "bot": "Ouderchat", "mens": "Ouderadviseur"}


def row_numbers(lines: Iterable[Line], whole: Iterable[Row], left: Iterable[Row]) -> dict[int, str]:
    """The rows of the case sheet by number; they count on from the lines, and keep their number whatever is struck.

    Args:
        lines: all of the conversation.
        whole: the rows with nothing struck.
        left: the rows that follow from the lines that are left; one may be new.
    """
    names = dict.fromkeys(row.name for row in (*whole, *left))
    return dict(enumerate(names, 1 + max((line.seq for line in lines), default=0)))


def in_words(
    masked: Content, topic: str, rows: Sequence[Row], numbers: Mapping[int, str], struck: Iterable[int]
) -> str:
    """What the ouderadviseur would get, as Markdown.

    Args:
        masked: with tokens in place of values, so that the text is safe for the tracker.
        topic: in words, or "".
        rows: of the case sheet; those that were struck are left out here.
        numbers: as :func:`row_numbers`.
        struck: the numbers of the lines that were struck.
    """
    reasons = ", ".join(REASONS[name] for name in masked.urgency)
    fields = [
        ("Waar het over gaat", masked.about),
        ("Onderwerp", topic),
        ("Contact", masked.contact),
        ("Naam", masked.name or "liever niet gezegd"),
        ("Wanneer u bereikbaar bent", masked.preferred),
        ("Tolk", masked.interpreter),
        ("Met spoed, want", reasons),
    ]
    parts = [f"**{label}:** {_one_line(text)}" for label, text in fields if text]
    away = sorted({*struck, *(number for number, name in numbers.items() if name in masked.struck_rows)})
    left_out = f"Weggelaten: regel {', '.join(map(str, away))}." if away else ""
    return "\n\n".join(part for part in (*parts, _talk(masked), _sheet(masked, rows, numbers), left_out) if part)


def _talk(masked: Content) -> str:
    lines = "\n".join(f"- ({line.seq}) {_AUTHORS[line.author]}: {_one_line(line.text)}" for line in masked.lines)
    return f"**Uit dit gesprek:**\n\n{lines}" if lines else "**Uit dit gesprek:** niets."


def _sheet(masked: Content, rows: Sequence[Row], numbers: Mapping[int, str]) -> str:
    by_name = {name: number for number, name in numbers.items()}
    left = (row for row in rows if row.name not in masked.struck_rows)
    lines = "\n".join(f"- ({by_name[row.name]}) {row.title}: {_row_text(row, masked)}" for row in left)
    return f"**Samenvatting door de chatbot, die bovenaan uw vraag staat:**\n\n{lines}" if lines else ""


def _row_text(row: Row, masked: Content) -> str:
    """The text of a row; the one row with words of the parent has its values as tokens."""
    texts: Collection[str] = (open_question(masked),) if row.name == "open_question" else row.texts
    return _one_line("; ".join(texts))


def _one_line(text: str) -> str:
    return " ".join(text.split())
