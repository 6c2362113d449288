"""DUO files in every form that exists, and those that cannot be used."""

from pathlib import Path

import pytest

from bot.knowledge.duo.files import DuoError, read_table

from .files import PRIMARY, as_ckan, as_duo_nl, rows_of


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "02.-alle-schoolvestigingen-basisonderwijs.csv"


@pytest.mark.parametrize(
    ("content", "form"),
    [
        (as_duo_nl(rows_of(PRIMARY)), "; windows-1252"),
        (as_ckan(rows_of(PRIMARY)), ", UTF-8"),
        (as_ckan(rows_of(PRIMARY), mark=True), ", UTF-8"),
        (as_duo_nl(rows_of(PRIMARY)).decode("cp1252").encode("utf-8"), "; UTF-8"),
    ],
)
def test_every_form_gives_the_same_rows(content: bytes, form: str, file: Path) -> None:
    file.write_bytes(content)
    table = read_table(file)

    assert table.form == form
    assert [dict(row.values) for row in table.rows] == [dict(row.values) for row in read_table(PRIMARY).rows]


def test_an_empty_field_is_empty_and_accents_are_kept() -> None:
    rows = {row["VESTIGINGSCODE"]: row for row in read_table(PRIMARY).rows}

    assert rows["32LV00"]["INTERNETADRES"] == ""
    assert rows["23FD01"]["DENOMINATIE"] == "Hindoeïstisch"


def test_columns_are_found_by_name_in_any_order_and_by_their_older_names(file: Path) -> None:
    older = {"INSTELLINGSCODE": "BRIN NUMMER", "VESTIGINGSCODE": "vestigingsnummer"}
    rows = [{older.get(name, name): value for name, value in reversed(row.items())} for row in rows_of(PRIMARY)]
    file.write_bytes(as_ckan(rows))

    assert read_table(file).rows[0]["VESTIGINGSCODE"] == "32LV00"


def test_a_quoted_field_may_hold_quotes_and_the_separator(file: Path) -> None:
    row = {**rows_of(PRIMARY)[0], "VESTIGINGSNAAM": 'Basisschool "Kla4"; de tweede, of derde'}
    for content in (as_duo_nl([row]), as_ckan([row])):
        file.write_bytes(content)
        assert read_table(file).rows[0]["VESTIGINGSNAAM"] == 'Basisschool "Kla4"; de tweede, of derde'


BYTES = PRIMARY.read_bytes()
TEXT = BYTES.decode("cp1252")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (TEXT.encode("utf-16"), "wrong encoding: this is UTF-16"),
        (TEXT.encode("utf-16-le"), "wrong encoding: this is UTF-16"),
        (TEXT.encode("cp850"), "line 3: wrong encoding: read as cp1252 this gives"),
        (TEXT.encode("cp437"), "line 3: wrong encoding: read as cp1252 this gives"),
        (TEXT.encode("mac_roman"), "wrong encoding: read as cp1252 this gives"),
        (TEXT.encode("utf-8").decode("cp1252").encode("utf-8"), "line 3: wrong encoding: read as utf-8-sig this gives"),
        (TEXT.replace("ï", "\ufffd").encode("utf-8"), "line 3: wrong encoding: read as utf-8-sig this gives"),
        (b"naam\x81;postcode\r\n", "wrong encoding"),
        (b"", "no table"),
        (b"<html><body>Deze pagina bestaat niet</body></html>", "no table"),
        (BYTES[:-40], "line 76: 28 values in place of 31: the file is cut off or broken"),
        (b'a;b\r\n"open;c\r\n', "broken"),
        (b"a;b;A\r\n1;2;3\r\n", "line 1: the column A is there twice"),
    ],
)
def test_what_cannot_be_used_is_refused_with_the_reason(content: bytes, reason: str, file: Path) -> None:
    file.write_bytes(content)

    with pytest.raises(DuoError) as refused:
        read_table(file)

    assert reason in str(refused.value) and file.name in str(refused.value)


def test_a_file_that_is_not_there_is_named(file: Path) -> None:
    with pytest.raises(DuoError, match="cannot be read"):
        read_table(file)
