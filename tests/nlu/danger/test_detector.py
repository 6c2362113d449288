"""The detector: danger is seen, ordinary messages stay ordinary."""

import subprocess
import sys

import pytest

from bot.nlu.danger import Detector


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ze wil niet meer leven", "zelfdoding"),
        ("liever dood dan naar school", "zelfdoding"),
        ("niemand zou me missen", "zelfdoding"),
        ("ze snijdt in haar armen", "zelfdoding"),
        ("mijn man slaat onze zoon", "mishandeling"),
        ("opa zit aan haar", "mishandeling"),
        ("hij heeft een mes bij zich", "geweld"),
        ("mijn dochter is weggelopen en ik vind haar nergens", "gevaar"),
    ],
)
def test_danger_is_seen_with_its_kind(text: str, kind: str) -> None:
    danger = Detector.load().check(text)
    assert danger is not None and danger.kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "ik schaam me dood",
        "doodmoe zijn we ervan",
        "ik ga dood van de zenuwen voor dat gesprek",
        "hij slaat andere kinderen in de klas",
        "de school slaat de plank mis",
        "mes en vork",
        "wat is veilig thuis?",
        "opa is dood",
        "ik word gek van school",
        "",
    ],
)
def test_a_look_alike_stays_an_ordinary_message(text: str) -> None:
    assert Detector.load().check(text) is None


def test_the_package_needs_neither_rasa_nor_scikit_learn() -> None:
    code = "import sys, bot.nlu.danger as d; d.Detector.load().check('hoi'); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"rasa", "tensorflow", "sklearn", "numpy"} & set(loaded)
