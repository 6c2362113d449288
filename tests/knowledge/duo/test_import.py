"""An import: what it shows, what it writes, and what it refuses."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.knowledge import load
from bot.knowledge.duo.command import import_files

from .files import FILES, PRIMARY, SECONDARY, SPECIAL, Rows, as_ckan, as_duo_nl, boards_of, rows_of

YEAR = 2026
Import = Callable[..., tuple[bool, str]]


@pytest.fixture
def run(folder: Path) -> Import:
    """``run(*files, writing=False, year=YEAR)``: whether it was taken, and what was said."""

    def import_them(*files: Path, writing: bool = False, year: int = YEAR) -> tuple[bool, str]:
        said: list[str] = []
        taken = import_files(files, folder, year, writing, said.append)
        return taken, "\n".join(said)

    return import_them


@pytest.fixture
def changed(tmp_path: Path) -> Callable[[Path, Rows], Path]:
    """``changed(file, rows)``: a file of the same name with other rows."""

    def write(file: Path, rows: Rows) -> Path:
        other = tmp_path / file.name
        other.write_bytes(as_duo_nl(rows))
        return other

    return write


def all_bytes(folder: Path) -> dict[str, bytes]:
    return {str(file): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_the_files_of_today_change_nothing(run: Import, folder: Path) -> None:
    before = all_bytes(folder)
    taken, said = run(*FILES, writing=True)

    assert taken and said.endswith("Nothing would change.")
    assert "primary schools, 75 rows, 75 in Almere" in said
    assert all_bytes(folder) == before


@pytest.mark.parametrize("mark", [True, False])
def test_the_other_distribution_changes_nothing_either(mark: bool, run: Import, tmp_path: Path) -> None:
    files = []
    for name, file in zip(("vestigingenbo.csv", "vestigingenvo.csv", "vestigingenso.csv"), FILES, strict=True):
        files.append(tmp_path / name)
        files[-1].write_bytes(as_ckan(rows_of(file), mark))

    assert run(*files)[1].endswith("Nothing would change.")


def test_new_gone_and_changed_are_shown_before_anything_is_written(
    run: Import, folder: Path, changed: Callable[[Path, Rows], Path]
) -> None:
    rows = rows_of(PRIMARY)
    gone, moved = rows.pop(0), rows[5]
    moved["STRAATNAAM"], moved["TELEFOONNUMMER"] = "Verhuisweg", ""
    rows.append({**rows[0], "INSTELLINGSCODE": "99ZZ", "VESTIGINGSCODE": "99ZZ00", "VESTIGINGSNAAM": "De Nieuwe"})
    file, before = changed(PRIMARY, rows), all_bytes(folder)

    taken, said = run(file)

    assert taken and "Nothing is written yet" in said
    assert "New schools: 1\n  99ZZ00 De Nieuwe (bo)" in said
    assert f"Gone schools: 1\n  {gone['VESTIGINGSCODE']}" in said
    assert f"{moved['VESTIGINGSNAAM']}: straat_huisnummer" in said and "-> Verhuisweg" in said
    assert "telefoon 036" in said
    assert "By hand: give 99ZZ00" in said
    assert all_bytes(folder) == before


def test_what_is_written_can_be_read_and_keeps_what_was_added_by_hand(
    run: Import, folder: Path, changed: Callable[[Path, Rows], Path]
) -> None:
    before = load(folder)
    rows = [row for row in rows_of(PRIMARY) if row["VESTIGINGSCODE"] != "12PM00"]
    rows[0]["STRAATNAAM"] = "Verhuisweg"
    extra = (folder / "scholen_extra.yml").read_text()

    taken, said = run(changed(PRIMARY, rows), writing=True)
    after = load(folder)

    assert taken and "Written: scholen.csv, besturen.csv, scholen_extra.yml" in said
    assert after.school("12PM00") is None and len(after.schools) == len(before.schools) - 1
    code = rows[0]["VESTIGINGSCODE"]
    old, new = before.school(code), after.school(code)
    assert old is not None and new is not None and new.street.startswith("Verhuisweg")
    assert (new.name, new.names, new.phone) == (old.name, old.names, old.phone)
    # The entry of the school that is gone stays as a comment, the rest as it was.
    kept = (folder / "scholen_extra.yml").read_text()
    assert "# Niet meer in het register van DUO:\n# 12PM00:\n#   roepnaam: De Ark\n" in kept
    assert (
        kept.replace("# Niet meer in het register van DUO:\n", "").replace("# 12PM00:\n#   roep", "12PM00:\n  roep")
        == extra
    )


def test_one_file_leaves_the_other_kinds_as_they_are(run: Import, folder: Path) -> None:
    assert run(SECONDARY, writing=True, year=2027)[0]
    years = {school.kind: school.year for school in load(folder).schools}

    assert years == {"bo": "2026", "sbo": "2026", "so": "2026", "so/vso": "2026", "vo": "2027", "pro": "2027"}


def test_another_year_is_one_line_and_no_list(run: Import) -> None:
    assert "Another year of the source: 106 schools" in run(*FILES, year=2027)[1]


def test_only_the_number_of_the_municipality_counts(run: Import, changed: Callable[[Path, Rows], Path]) -> None:
    rows = rows_of(SECONDARY)
    elsewhere = {"VESTIGINGSCODE": "99ZZ00", "VESTIGINGSNAAM": "Almere College", "GEMEENTENUMMER": "0303"}
    rows.append({**rows[0], **elsewhere})
    for row in rows[:3]:
        row["GEMEENTENUMMER"] = "34"  # a spreadsheet takes the zeros away

    assert run(changed(SECONDARY, rows))[1].endswith("Nothing would change.")


def test_the_last_two_characters_alone_are_a_code_too(run: Import, changed: Callable[[Path, Rows], Path]) -> None:
    rows = [{**row, "VESTIGINGSCODE": row["VESTIGINGSCODE"][-2:]} for row in rows_of(SPECIAL)]

    assert run(changed(SPECIAL, rows))[1].endswith("Nothing would change.")


def edited(rows: Rows, **values: str) -> Rows:
    """The rows, with other values in the second one."""
    return [rows[0], {**rows[1], **{name.replace("_", " "): value for name, value in values.items()}}, *rows[2:]]


def without(rows: Rows, column: str) -> Rows:
    return [{name: value for name, value in row.items() if name != column} for row in rows]


@pytest.mark.parametrize(
    ("file", "rows", "reason"),
    [
        (PRIMARY, without(rows_of(PRIMARY), "POSTCODE"), "the column POSTCODE is missing"),
        (PRIMARY, without(rows_of(PRIMARY), "GEMEENTENUMMER"), "the column GEMEENTENUMMER is missing"),
        (PRIMARY, without(rows_of(PRIMARY), "VESTIGINGSCODE"), "the column VESTIGINGSCODE is missing"),
        (SPECIAL, without(rows_of(SPECIAL), "CLUSTER"), "the column CLUSTER is missing"),
        (
            SPECIAL,
            without(rows_of(SPECIAL), "SOORT PRIMAIR ONDERWIJS"),
            "the column SOORT PRIMAIR ONDERWIJS is missing",
        ),
        (
            SECONDARY,
            without(rows_of(SECONDARY), "ONDERWIJSSTRUCTUUR"),
            "these are secondary schools, but the column ONDERWIJSSTRUCTUUR is missing",
        ),
        (PRIMARY, rows_of(PRIMARY)[:37], "38 of the 75 primary schools in Almere would be gone"),
        (SPECIAL, rows_of(SPECIAL)[:5], "6 of the 11 special schools in Almere would be gone"),
        (
            PRIMARY,
            [{**row, "GEMEENTENUMMER": "0995"} for row in rows_of(PRIMARY)],
            "no school with GEMEENTENUMMER 0034",
        ),
        (PRIMARY, edited(rows_of(PRIMARY), POSTCODE="1312"), "line 3: '1312' is no postcode"),
        (PRIMARY, edited(rows_of(PRIMARY), VESTIGINGSCODE="123456"), "line 3: '123456' is no code of a school"),
        (PRIMARY, edited(rows_of(PRIMARY), VESTIGINGSNAAM=""), "the column VESTIGINGSNAAM is empty for 23FD01"),
        (PRIMARY, [*rows_of(PRIMARY), rows_of(PRIMARY)[0]], "line 77: the school 32LV00 is there twice"),
        (
            PRIMARY,
            edited(rows_of(PRIMARY), VESTIGINGSCODE="16AW00"),
            "the school 16AW00 is among the vo schools already",
        ),
        (PRIMARY, edited(rows_of(PRIMARY), BEVOEGD_GEZAG_NUMMER="99999"), "board 99999 is not in besturen.csv yet"),
        (SPECIAL, edited(rows_of(SPECIAL), SOORT_PRIMAIR_ONDERWIJS="IETS"), "unknown SOORT PRIMAIR ONDERWIJS 'IETS'"),
    ],
)
def test_a_file_with_a_mistake_is_refused_and_nothing_is_written(
    file: Path, rows: Rows, reason: str, run: Import, folder: Path, changed: Callable[[Path, Rows], Path]
) -> None:
    before = all_bytes(folder)
    taken, said = run(changed(file, rows), writing=True)

    assert not taken
    assert said.startswith("Refused, nothing is written.") and reason in said
    assert all_bytes(folder) == before


def test_one_bad_file_stops_the_good_ones(run: Import, folder: Path, changed: Callable[[Path, Rows], Path]) -> None:
    before = all_bytes(folder)
    bad = changed(SPECIAL, rows_of(SPECIAL)[:2])

    assert not run(SECONDARY, bad, writing=True, year=2027)[0]
    assert all_bytes(folder) == before


def test_two_files_of_one_kind_are_refused(run: Import) -> None:
    taken, said = run(PRIMARY, PRIMARY)

    assert not taken and "a second file with primary schools" in said


def test_knowledge_that_could_not_be_read_is_not_written(
    run: Import, folder: Path, changed: Callable[[Path, Rows], Path]
) -> None:
    rows = rows_of(PRIMARY)
    rows[3]["DENOMINATIE"] = "Openbaar\ten meer"
    (folder / "scholen_extra.yml").write_text("99ZZ00:\n  roepnaam: Bestaat niet\n")
    before = all_bytes(folder)
    taken, said = run(changed(PRIMARY, rows), writing=True)

    assert not taken and "99ZZ00" in said
    assert all_bytes(folder) == before


def test_a_new_board_comes_from_its_list_and_names_by_hand_stay(
    run: Import, folder: Path, tmp_path: Path, changed: Callable[[Path, Rows], Path]
) -> None:
    boards = boards_of(folder)
    boards[1]["BEVOEGD GEZAG NAAM"] = "Stichting Prisma nieuw"
    boards.append({**boards[0], "BEVOEGD GEZAG NUMMER": "99999", "BEVOEGD GEZAG NAAM": "'Stichting Nieuw'"})
    listed = tmp_path / "besturenbo.csv"
    listed.write_bytes(as_ckan(boards, mark=True))
    new = edited(rows_of(PRIMARY), BEVOEGD_GEZAG_NUMMER="99999")

    taken, said = run(changed(PRIMARY, new), listed, writing=True)
    after = load(folder).boards

    assert taken, said
    assert "New boards: 1\n  99999 Stichting Nieuw" in said
    assert after["99999"].short == "Stichting Nieuw"
    assert after["40114"].short == "Prisma" and "naam_duo Stg. Prisma" in said


@pytest.mark.parametrize(
    ("column", "keep", "reason"),
    [
        ("BEVOEGD GEZAG NAAM", 99, "the column BEVOEGD GEZAG NAAM is missing"),
        ("KVK-NUMMER", 99, "the column KVK-NUMMER is missing"),
        ("PLAATSNAAM", 3, "only 3 of the 9 boards that we know are in it"),
    ],
)
def test_a_list_of_boards_with_a_mistake_is_refused(
    column: str, keep: int, reason: str, run: Import, folder: Path, tmp_path: Path
) -> None:
    listed = tmp_path / "besturenbo.csv"
    listed.write_bytes(as_ckan(without(boards_of(folder)[:keep], column)))

    taken, said = run(*FILES, listed)

    assert not taken and reason in said
