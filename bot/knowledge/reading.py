"""YAML and CSV files read so that every error names its file and line."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import yaml

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAG = "tag:yaml.org,2002:"
_YES = {"ja": True, "true": True, "nee": False, "false": False}


class KnowledgeError(Exception):
    """A knowledge file that cannot be used; the text is Dutch, for content staff.

    Attributes:
        file: the file with the error.
        line: counted from 1.
        message: what is wrong and what was expected.
    """

    def __init__(self, file: Path, line: int, message: str) -> None:
        super().__init__(f"{file}, regel {line}: {message}")
        self.file = file
        self.line = line
        self.message = message


class Entry:
    """A value in a YAML file, with its place."""

    def __init__(self, file: Path, node: yaml.Node) -> None:
        self.file = file
        self._node = node

    @property
    def line(self) -> int:
        """Counted from 1."""
        return int(self._node.start_mark.line) + 1

    def error(self, message: str) -> KnowledgeError:
        """The error to raise about this value."""
        return KnowledgeError(self.file, self.line, message)

    def fields(
        self, required: Sequence[str] = (), optional: Sequence[str] = (), *, others: bool = False
    ) -> dict[str, Entry]:
        """The fields of a mapping; unless ``others`` may be there, only the names given.

        Raises:
            KnowledgeError: not a mapping, a field twice, a field missing or unknown.
        """
        found: dict[str, Entry] = {}
        for key, value in self.pairs():
            name = key.text()
            if name in found:
                raise key.error(f"'{name}' staat er dubbel.")
            if not others and name not in (*required, *optional):
                raise key.error(f"het veld '{name}' is onbekend; bekend zijn: {', '.join((*required, *optional))}.")
            found[name] = value
        missing = [name for name in required if name not in found]
        if missing:
            raise self.error(f"hier ontbreekt: {', '.join(missing)}.")
        return found

    def pairs(self) -> Iterator[tuple[Entry, Entry]]:
        """Name and value of each field of a mapping, each with its place.

        Raises:
            KnowledgeError: not a mapping.
        """
        if not isinstance(self._node, yaml.MappingNode):
            raise self.error("hier horen velden te staan (naam: waarde).")
        for key, value in self._node.value:
            yield Entry(self.file, key), Entry(self.file, value)

    def items(self) -> list[Entry]:
        """The items of a list.

        Raises:
            KnowledgeError: not a list.
        """
        if not isinstance(self._node, yaml.SequenceNode):
            raise self.error("hier hoort een lijst te staan (elke regel begint met -).")
        return [Entry(self.file, node) for node in self._node.value]

    def texts(self) -> tuple[str, ...]:
        """The items of a list of texts."""
        return tuple(item.text() for item in self.items())

    def text(self) -> str:
        """A text that is not empty.

        Raises:
            KnowledgeError: a number, a list, an empty field.
        """
        if not isinstance(self._node, yaml.ScalarNode) or self._node.tag != f"{_TAG}str":
            raise self.error("hier hoort tekst te staan; zet een getal of datum tussen aanhalingstekens.")
        if not self._node.value.strip():
            raise self.error("dit veld is leeg.")
        return " ".join(self._node.value.split())

    def raw(self) -> str:
        """A text as it is written, with its line ends.

        Raises:
            KnowledgeError: not a text, or empty.
        """
        self.text()
        return str(self._node.value)

    def lines(self) -> list[tuple[int, str]]:
        """The lines of a text in a block, each with its number in the file; another text is one line."""
        if isinstance(self._node, yaml.ScalarNode) and self._node.style == "|":
            return list(enumerate(str(self._node.value).splitlines(), start=self.line + 1))
        return [(self.line, self.raw())]

    def scalar(self) -> str:
        """A text or a number, as it is written."""
        return str(self._node.value) if isinstance(self._node, yaml.ScalarNode) else self.text()

    def block_lines(self) -> list[tuple[int, str]]:
        """The lines of a text block that begins with ``|``, each with its number in the file.

        Raises:
            KnowledgeError: not such a block.
        """
        if not isinstance(self._node, yaml.ScalarNode) or self._node.style != "|":
            raise self.error("hier hoort een blok tekst te staan: zet | achter de dubbele punt, de tekst eronder.")
        return list(enumerate(self._node.value.splitlines(), start=self.line + 1))

    def text_or_none(self) -> str | None:
        """A text, or None where the field says ``null`` or nothing."""
        empty = isinstance(self._node, yaml.ScalarNode) and self._node.tag == f"{_TAG}null"
        return None if empty else self.text()

    def choice(self, allowed: Sequence[str]) -> str:
        """One of the texts allowed."""
        value = self.text()
        if value not in allowed:
            raise self.error(f"'{value}' kan hier niet; kies uit: {', '.join(allowed)}.")
        return value

    def flag(self) -> bool:
        """``ja`` or ``nee``."""
        value = _YES.get(str(self._node.value).lower()) if isinstance(self._node, yaml.ScalarNode) else None
        if value is None:
            raise self.error("hier hoort ja of nee te staan.")
        return value


def read_yaml(file: Path) -> Entry:
    """The content of a YAML file.

    Raises:
        KnowledgeError: the file is missing, empty, not UTF-8, or not YAML.
    """
    try:
        node = yaml.compose(_content(file), Loader=Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reason = error.problem or error.context or "onbekende fout"
        raise KnowledgeError(file, mark.line + 1 if mark else 1, f"geen geldige YAML: {reason}.") from error
    except yaml.YAMLError as error:
        raise KnowledgeError(file, 1, f"geen geldige YAML: {error}") from error
    if node is None:
        raise KnowledgeError(file, 1, "het bestand is leeg.")
    return Entry(file, node)


class Row:
    """A row of a CSV file, with its place."""

    def __init__(self, file: Path, line: int, values: Mapping[str, str]) -> None:
        self.file = file
        self.line = line
        self._values = values

    def error(self, message: str) -> KnowledgeError:
        """The error to raise about this row."""
        return KnowledgeError(self.file, self.line, message)

    def text(self, column: str) -> str:
        """The text in a column.

        Raises:
            KnowledgeError: the column is empty here.
        """
        value = self._values[column].strip()
        if not value:
            raise self.error(f"de kolom '{column}' is leeg.")
        return value

    def text_or_none(self, column: str) -> str | None:
        """The text in a column that may be empty."""
        return self._values[column].strip() or None

    def matching(self, column: str, test: Callable[[str], object], expected: str) -> str:
        """The text in a column that has to pass a test; ``expected`` says in Dutch what it looks like."""
        value = self.text(column)
        if not test(value):
            raise self.error(f"'{value}' in de kolom '{column}' klopt niet: verwacht {expected}.")
        return value


def read_csv(file: Path, columns: Sequence[str]) -> list[Row]:
    """The rows of a CSV file with exactly these columns, in any order.

    Raises:
        KnowledgeError: the file is missing, not UTF-8, has other columns, or a row with too few or too many values.
    """
    reader = csv.reader(io.StringIO(_content(file), newline=""))
    header = next(reader, [])
    if sorted(header) != sorted(columns):
        raise KnowledgeError(file, 1, f"de kolommen horen te zijn: {', '.join(columns)}.")
    rows = []
    for values in reader:
        if len(values) != len(header):
            raise KnowledgeError(file, reader.line_num, f"{len(values)} waarden in plaats van {len(header)}.")
        rows.append(Row(file, reader.line_num, dict(zip(header, values, strict=True))))
    return rows


def _content(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise KnowledgeError(file, 1, "het bestand is er niet.") from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise KnowledgeError(file, line, "een teken is geen UTF-8; sla het bestand op als UTF-8.") from error
    except OSError as error:
        raise KnowledgeError(file, 1, f"het bestand is niet te lezen: {error.strerror}.") from error
