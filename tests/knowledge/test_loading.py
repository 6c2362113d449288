"""Knowledge files: all of them are read, and every error names its file and line."""

import re
from pathlib import Path

import pytest

from bot.knowledge import Knowledge, KnowledgeError, load


def test_everything_is_read(knowledge: Knowledge) -> None:
    assert sum(len(sheet.facts) for sheet in knowledge.facts.values()) == 742
    assert len(knowledge.facts) == 78
    assert len(knowledge.terms) == 210
    assert len(knowledge.schools) == 106
    assert len(knowledge.boards) == 16
    assert len(knowledge.organisation.points) == 40
    assert [line.numbers[0] for line in knowledge.help_lines] == ["112", "113", "0800-2000", "0800-0432"]


def test_every_school_lies_in_a_district(knowledge: Knowledge) -> None:
    assert [school.brin for school in knowledge.schools if school.district is None] == []


def test_only_numbers_that_may_be_shown_are_kept(knowledge: Knowledge) -> None:
    shown = [school.phone for school in knowledge.schools if school.phone]

    assert all(phone.startswith(("036", "088")) for phone in shown)


def test_two_schools_with_different_names_and_boards_never_share_a_number(knowledge: Knowledge) -> None:
    boards: dict[str, set[str]] = {}
    for school in knowledge.schools:
        if school.phone:
            boards.setdefault(school.phone, set()).add(school.board)

    assert all(len(numbers) == 1 for numbers in boards.values())


def test_the_term_comes_first_among_its_names_and_each_name_once(knowledge: Knowledge) -> None:
    tlv = next(term for term in knowledge.terms if term.abbreviation == "TLV")

    assert tlv.names[:2] == ("Toelaatbaarheidsverklaring", "TLV")
    for term in knowledge.terms:
        assert len({name.lower() for name in term.names}) == len(term.names)


def test_what_is_not_confirmed_is_not_told_as_certain(knowledge: Knowledge) -> None:
    assert all(knowledge.organisation.confirmed(key) is None for key in knowledge.organisation.points)


BROKEN = [
    ("begrippen.yml", "  - term: Passend onderwijs\n", "  - term: [Passend onderwijs\n", "geen geldige YAML"),
    (
        "begrippen.yml",
        "    uitleg: Onderwijs dat past",
        "    uitlg: Onderwijs dat past",
        "het veld 'uitlg' is onbekend",
    ),
    (
        "begrippen.yml",
        "    onderwerp: zorgplicht/uitleg\n",
        "    onderwerp: zorgplicht/bestaat_niet\n",
        "staat niet in",
    ),
    ("begrippen.yml", "  - term: Samenwerkingsverband\n", "  - term: Passend onderwijs\n", "staat er dubbel"),
    ("begrippen.yml", "    gezien: ja\n", "    gezien: misschien\n", "hier hoort ja of nee te staan"),
    ("feiten/tlv.yml", "      zekerheid: hoog\n", "      zekerheid: zeker\n", "kies uit: hoog, middel, laag"),
    ("feiten/tlv.yml", "\ntlv/uitleg:\n", "\ntlv/uitlegg:\n", "geen onderwerp van het thema tlv"),
    ("feiten/tlv.yml", "\ntlv/wanneer_nodig:\n", "\ntlv/uitleg:\n", "'tlv/uitleg' staat er dubbel"),
    ("feiten/tlv.yml", "      gezien: ja\n", "", "hier ontbreekt: gezien"),
    ("feiten/tlv.yml", "      url: https://", "      url: ", "geen webadres"),
    ("organisatie.yml", "    bevestigd: nee\n", "    bevestigd: ja\n", "is bevestigd, maar er staat geen waarde"),
    ("hulplijnen.yml", 'nummers: ["112"]', "nummers: [112]", "zet een getal of datum tussen aanhalingstekens"),
    ("wijken.yml", "1351-1359", "1331-1359", "hoort bij meer dan een wijk"),
    ("wijken.yml", "1351-1359", "135", "een postcode van vier cijfers"),
    ("scholen.csv", "\n12PM00,", "\n06RM00,", "staat er dubbel"),
    ("scholen.csv", "1354 EV", "1354EV", "verwacht een postcode"),
    ("scholen.csv", ",0365310289,", ",036-5310289,", "verwacht tien cijfers"),
    ("scholen.csv", ",40114,", ",99999,", "verwacht een nummer uit besturen.csv"),
    ("scholen.csv", "06RM00,Vrije School Almere,bo,", "06RM00,Vrije School Almere,", "12 waarden in plaats van 13"),
    ("scholen.csv", "brin,naam,", "code,naam,", "de kolommen horen te zijn"),
    ("scholen_extra.yml", "\n12PM00:\n", "\n99XX99:\n", "staat niet in scholen.csv"),
    ("onderwerpen.yml", "    knop: ", "    knopje: ", "hier ontbreekt: knop"),
]


@pytest.mark.parametrize(("name", "right", "wrong", "message"), BROKEN)
def test_a_broken_file_is_named_with_its_line(name: str, right: str, wrong: str, message: str, folder: Path) -> None:
    file = folder / name
    content = file.read_text(encoding="utf-8")
    assert right in content
    file.write_text(content.replace(right, wrong, 1), encoding="utf-8")

    with pytest.raises(KnowledgeError, match=re.escape(message)) as raised:
        load(folder)

    near = content[: content.index(right)].count("\n") + 1
    assert raised.value.file == file
    assert raised.value.line >= 1
    if message != "hoort bij meer dan een wijk":  # names the list in which the postcode stands twice
        assert abs(raised.value.line - near) <= 10


@pytest.mark.parametrize("name", ["begrippen.yml", "scholen.csv", "hulplijnen.yml"])
def test_a_missing_file_is_named(name: str, folder: Path) -> None:
    (folder / name).unlink()

    with pytest.raises(KnowledgeError, match="het bestand is er niet") as raised:
        load(folder)

    assert raised.value.file.name == name


def test_an_empty_file_is_named(folder: Path) -> None:
    (folder / "begrippen.yml").write_text("# niets\n", encoding="utf-8")

    with pytest.raises(KnowledgeError, match="het bestand is leeg"):
        load(folder)


def test_a_file_that_is_not_utf8_is_named_with_its_line(folder: Path) -> None:
    (folder / "scholen.csv").write_bytes(b"brin,naam\n12PM00,Caf\xe9\n")

    with pytest.raises(KnowledgeError, match="geen UTF-8") as raised:
        load(folder)

    assert raised.value.line == 2
