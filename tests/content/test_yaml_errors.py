import re

import pytest

from bot.content.complaint import from_error
from bot.knowledge.reading import KnowledgeError, read_yaml

BROKEN = [
    "a:\n\tb: 1\n",
    "a:\n  b: 1\n\tc: 2\n",
    "a: hoe: dan\n",
    "a:\n  b: 1\n c: 2\n",
    "a:\n  - b\n  c: d\n",
    'a: "open\nb: c\n',
    "a: 'it's\nb: c\n",
    "a: [x, y\nb: c\n",
    "a: {x: 1\nb: c\n",
    "a: *vet* tekst\n",
    "a: *vet\n",
    "a: & tekst\n",
    "a: @school\n",
    "a: %x\n",
    "a:\n  b\n  c: d\n",
    'a: "\\q"\n',
    "a: b\x07\n",
    "a: b\n---\nc: d\n",
    'a: "x" y\n',
    "a: | x\n",
    "a: |\nx\nb: c\n",
    "a: ?\n  b\n",
    'a: {b: "c" d: "e"}\n',
    "a: b\n- c\n",
    "a: - b\n",
    "a: [\n- {b: c}\n",
    "a: [,]\n",
    "[a]\nb: c\n",
]


@pytest.mark.parametrize("text", BROKEN)
def test_every_yaml_error_is_explained_in_dutch_with_a_line(text, tmp_path):
    file = tmp_path / "x.yml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError) as error:
        read_yaml(file)
    complaint = from_error(error.value)
    assert 1 <= complaint.line <= len(text.splitlines())
    assert not re.search(r"\b(found|expected|while|mapping|not)\b", complaint.text)
    assert re.search(r"\b(Zet|zet|Gebruik|Haal|haal|Typ|mist|missen|Vergelijk)\b", complaint.text)


def test_a_quote_left_open_is_told_where_it_opens(tmp_path):
    file = tmp_path / "x.yml"
    file.write_text('a:\n  b: "open\n  c: d\n  e: "f"\n', encoding="utf-8")
    with pytest.raises(KnowledgeError) as error:
        read_yaml(file)
    assert from_error(error.value).line == 2
