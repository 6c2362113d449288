import pytest

from bot.handoff.strikes import Strikes, read_strikes

LINES = range(1, 6)
ALL = frozenset(LINES)


@pytest.mark.parametrize(
    ("text", "away"),
    [
        ("haal regel 3 weg", {3}),
        ("Haal regel 3 weg aub", {3}),
        ("3 en 4 weg", {3, 4}),
        ("zonder regel 2 en 4", {2, 4}),
        ("regel 2 t/m 4 eruit", {2, 3, 4}),
        ("haal de derde regel weg", {3}),
        ("regel drie mag niet mee", {3}),
        ("verwijder de laatste regel", {5}),
        ("haal alles weg", set(ALL)),
        ("laat het hele gesprek weg", set(ALL)),
        ("ja maar haal regel 1 weg", {1}),
    ],
)
def test_a_parent_says_in_many_ways_which_line_has_to_go(text: str, away: set[int]) -> None:
    assert read_strikes(text, LINES) == Strikes(away=frozenset(away))


@pytest.mark.parametrize("text", ["zet regel 3 terug", "regel 3 mag er weer bij", "regel 3 toch wel mee"])
def test_a_line_can_come_back(text: str) -> None:
    assert read_strikes(text, LINES) == Strikes(back=frozenset({3}))


def test_optional_fields_can_go_and_unknown_lines_are_named() -> None:
    assert read_strikes("haal mijn naam weg", LINES) == Strikes(fields=frozenset({"name"}))
    assert read_strikes("zonder tolk", LINES) == Strikes(fields=frozenset({"interpreter"}))
    assert read_strikes("haal regel 9 weg", LINES) == Strikes(unknown=(9,))


@pytest.mark.parametrize(
    ("text", "away"),
    [
        ("haal regel 7 weg", {7}),
        ("zonder regel 2 en 6", {2, 6}),
        ("de laatste regel eruit", {7}),
        ("haal alles weg", {*LINES, 6, 7}),
        ("laat het hele gesprek weg", set(LINES)),
        ("haal de samenvatting weg", {6, 7}),
        ("zonder het gesprek en de samenvatting", {*LINES, 6, 7}),
    ],
)
def test_rows_of_the_case_sheet_go_by_their_number_or_together(text: str, away: set[int]) -> None:
    assert read_strikes(text, LINES, rows=(6, 7)) == Strikes(away=frozenset(away))


@pytest.mark.parametrize("text", ["ja", "nee", "nee laat maar", "dat mag niet", "ja doe maar weg", "stuur maar door"])
def test_anything_else_is_no_strike(text: str) -> None:
    assert read_strikes(text, LINES) is None
