from datetime import datetime

import pytest

from bot.handoff.cases import Line
from bot.handoff.lines import urgency

NOW = datetime(2026, 11, 21, 19, 0)
AGENDA = [{"soort": "a", "titel": "De school beslist", "datum": "2026-11-21"}]


@pytest.mark.parametrize(
    ("line", "about", "reasons"),
    [
        (Line(1, "ouder", "x", NOW, {"gevaar": "geweld"}), "", ("gevaar",)),
        (Line(1, "ouder", "x", NOW), "mijn zoon zit al zes weken thuis", ("thuiszitter",)),
        (Line(1, "ouder", "mijn dochter is geschorst", NOW), "", ("schorsing",)),
        (Line(1, "bot", "x", NOW, {"agenda": AGENDA}), "", ("termijn",)),
        (Line(1, "bot", "x", NOW, {"onderwerp": "thuiszitten/hulp"}), "", ("thuiszitter",)),
        (Line(1, "bot", "Uw kind mag niet geschorst worden", NOW), "", ()),
        (Line(1, "ouder", "het huiswerk gaat thuis goed", NOW), "de TLV", ()),
    ],
)
def test_a_case_is_urgent_for_reasons_that_stand_in_it(line: Line, about: str, reasons: tuple[str, ...]) -> None:
    assert urgency([line], about, False, NOW) == reasons


def test_a_term_that_has_passed_does_not_run() -> None:
    past = [{**AGENDA[0], "datum": "2026-11-20"}]
    assert urgency([Line(1, "bot", "x", NOW, {"agenda": past})], "", False, NOW) == ()


def test_danger_in_the_form_itself_counts() -> None:
    assert urgency([], "x", True, NOW) == ("gevaar",)
