"""Names with typing errors, written together or apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.matching import NameIndex, tolerance, words_of

NAMES = NameIndex([("kompas", 1), ("helen parkhurst", 2), ("ark", 3), ("cluster 3", 4)], never={"kompassen"})


def _found(text: str) -> list[int]:
    return [item for match in NAMES.find(words_of(text)) for item in match.items]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("het Kompas", [1]),
        ("kompes", [1]),
        ("compas", [1]),
        ("kom pas in juli", []),
        ("helenparkhurst", [2]),
        ("Helen Parkhust", [2]),
        ("ark", [3]),
        ("arc", []),
        ("cluster 3", [4]),
        ("cluster 4", []),
        ("kompassen", []),
        ("ark en kompas", [3, 1]),
    ],
)
def test_names_are_found(text: str, items: list[int]) -> None:
    assert _found(text) == items


def test_masked_values_are_no_words() -> None:
    assert [word.text for word in words_of("bel [telefoon#1] of [email#2] s.o.p. Ad(h)d")] == [
        "bel",
        "of",
        "sop",
        "adhd",
    ]


def test_what_fits_equally_well_comes_together() -> None:
    index = NameIndex([("bommel", 1), ("bompel", 2)])

    (match,) = index.find(words_of("bomxel"))

    assert sorted(match.items) == [1, 2]


@given(st.text(max_size=60))
def test_any_text_can_be_searched(text: str) -> None:
    matches = NAMES.find(words_of(text))

    assert all(not one.overlaps(other) for one in matches for other in matches if one is not other)


def test_short_names_allow_no_error() -> None:
    assert [tolerance(length) for length in (3, 5, 10, 14)] == [0, 1, 2, 3]
