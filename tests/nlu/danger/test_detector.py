"""The detector: danger is seen, ordinary messages stay ordinary, and it is fast whatever one types."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.nlu.danger import Detector
from bot.nlu.danger.detector import FOLDER, MODEL, PATTERNS
from bot.nlu.danger.linear import Model
from bot.nlu.danger.patterns import Patterns

DANGER = [
    ("ze wil niet meer leven", "zelfdoding"),
    ("hij zegt dat hij er niet meer wil zijn", "zelfdoding"),
    ("ik trek het niet meer, ik ga iets doms doen", "zelfdoding"),
    ("liever dood dan naar school", "zelfdoding"),
    ("niemand zou me missen", "zelfdoding"),
    ("ze snijdt in haar armen", "zelfdoding"),
    ("mijn kind is suïcidaal geweest, nu gaat het twee jaar goed", "zelfdoding"),
    ("hij wil niet dood hoor, zegt hij", "zelfdoding"),
    ("mijn man slaat onze zoon", "mishandeling"),
    ("opa zit aan haar", "mishandeling"),
    ("ze heeft overal blauwe plekken en durft niet naar huis", "mishandeling"),
    ("Mijn dochter [naam#1] is misbruikt", "mishandeling"),
    ("mijn man slaat mij", "geweld"),
    ("wij leven met huiselijk geweld", "geweld"),
    ("mijn ex dreigt ons te vermoorden", "geweld"),
    ("hij heeft een mes bij zich", "gevaar"),
    ("mijn dochter is weggelopen en ik vind haar nergens", "gevaar"),
    ("ik ben bang dat ik hem iets aandoe", "gevaar"),
    ("mijn kind ademt niet", "gevaar"),
]

LOOK_ALIKES = [
    "ik schaam me dood",
    "doodmoe zijn we ervan",
    "we zijn doodop",
    "ik ga dood van de zenuwen voor dat gesprek",
    "hij slaat andere kinderen in de klas",
    "wordt gepest en geslagen op het plein",
    "de school slaat de plank mis",
    "een training over huiselijk geweld voor leraren",
    "wat is veilig thuis?",
    "wat doet Veilig Thuis",
    "hij is suf getest",
    "met mes en vork eten",
    "zij is overleden",
    "opa is dood",
    "ik word gek van school",
    "mijn dochter is verdrietig en boos",
    "hij heeft ADHD en luistert niet",
    "hij wil niet meer naar school",
    "ik kan niet meer, er zijn zoveel brieven",
]

ORDINARY = [
    "",
    "?!",
    "[naam#1] [telefoon#2]",
    "wat is een tlv",
    "hoe lang duurt het voordat school antwoord geeft op mijn aanmelding",
    "mijn zoon zit al drie weken ziek thuis, mag hij les krijgen",
    "school zegt dat er geen plek is voor mijn dochter",
    "ik ben het niet eens met het opp",
]

MISTYPED = [
    "ze wil nie mer leve",
    "ikwilniet meer leven",
    "wilnietmeerleven zegt hij",
    "zelfmord",
    "zelvmoord gedachten",
    "hij word misshandelt",
    "IK WIL DOOOOOD",
    "ik wil d00d",
    "z e l f m o o r d",
    "ze heeft afscheits briefje geschreven",
    "mijn man slaagt de kindere",
    "hij wil dood mevrouw hij is pas 8",
    "zij wil zelf dood maken",
    "onze jongen hep gezeid dat ie d'r niet meer wil weze",
]

LANGUAGES = [
    "my daughter wants to die",
    "my husband beats the children",
    "kızım ölmek istiyor",
    "kizim olmek istiyor",
    "kocam çocukları dövüyor",
    "ابنتي تريد أن تموت",
    "زوجي يضرب الأولاد وأنا خائفة",
    "bnti bghat tmout",
    "moja córka chce się zabić",
    "maz bije dzieci",
    "моя донька не хоче жити",
    "чоловік б'є дітей",
    "муж бьет меня",
    "dochka ne hoche zhyty",
    "ma fille veut mourir",
    "mon mari frappe les enfants",
    "mi hija quiere morir",
    "mi marido pega a los niños",
    "meine Tochter will sterben",
    "mein Mann schlägt die Kinder",
]


@pytest.mark.parametrize(("text", "kind"), DANGER)
def test_danger_is_seen_with_its_kind(text: str, kind: str) -> None:
    danger = Detector.load().check(text)
    assert danger is not None and danger.kind == kind
    assert 0 < danger.score <= 1


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_a_look_alike_raises_no_alarm(text: str) -> None:
    danger = Detector.load().check(text)
    assert danger is None or not danger.sure


@pytest.mark.parametrize("text", ORDINARY)
def test_an_ordinary_message_is_not_even_doubted(text: str) -> None:
    assert Detector.load().check(text) is None


@pytest.mark.parametrize("text", MISTYPED)
def test_danger_is_seen_through_typing_errors_and_dialect(text: str) -> None:
    assert Detector.load().check(text)


@pytest.mark.parametrize("text", LANGUAGES)
def test_danger_is_seen_in_the_other_languages_and_in_our_letters(text: str) -> None:
    assert Detector.load().check(text)


def test_danger_is_seen_inside_a_long_ordinary_story() -> None:
    story = "We hebben op dinsdag een gesprek gehad met de intern begeleider over het arrangement. " * 20
    assert Detector.load().check(story) is None
    assert Detector.load().check(f"{story} Gisteren zei mijn zoon dat hij dood wil. {story}")


def test_danger_is_seen_at_the_end_of_a_dictated_story_without_a_full_stop() -> None:
    story = "wij hebben al drie gesprekken gehad met de juf en de directeur over meer hulp in de klas " * 20
    assert Detector.load().check(story) is None
    assert Detector.load().check(f"{story} mijn zoon wil zelfmoord plegen")


def test_the_reason_never_repeats_the_message() -> None:
    danger = Detector.load().check("mijn man Karel slaat mijn zoon Pietje")
    assert danger is not None
    assert "Karel" not in danger.reason and "Pietje" not in danger.reason


def test_a_folder_with_patterns_alone_is_enough(tmp_path: Path) -> None:
    (tmp_path / PATTERNS).write_text((FOLDER / PATTERNS).read_text(encoding="utf-8"), encoding="utf-8")
    danger = Detector.load(tmp_path).check("ik wil dood")
    assert danger is not None and danger.reason != "model" and danger.sure


def test_the_detector_is_read_once() -> None:
    assert Detector.load() is Detector.load()


def test_the_model_that_comes_along_is_used() -> None:
    model = Model.read(FOLDER / MODEL)
    assert 0 < model.doubt < model.threshold < 1


def test_what_may_be_need_is_told_apart_from_what_is() -> None:
    model = Model(bias=-1.0, threshold=0.7, weights={" dood": 2.5}, kinds={"zelfdoding": {"": 0.0}}, doubt=0.3)
    detector = Detector(Patterns({"patronen": []}), model)
    sure, unsure = detector.check("dood"), detector.check("dood stil op straat")
    assert sure is not None and sure.sure
    assert unsure is not None and not unsure.sure and unsure.score < sure.score
    assert detector.check("een dag op het plein") is None


def test_a_few_words_are_doubted_less_easily_than_a_story() -> None:
    model = Model(bias=-1.0, threshold=0.7, weights={}, kinds={"zelfdoding": {"": 0.0}}, doubt=0.2)
    detector = Detector(Patterns({"patronen": []}), model)
    assert detector.check("maakt niet uit") is None
    assert detector.check("een bericht van meer dan een paar woorden wordt eerder betwijfeld") is not None


def test_the_package_needs_neither_rasa_nor_scikit_learn() -> None:
    code = "import sys, bot.nlu.danger as d; d.Detector.load().check('hoi'); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"rasa", "tensorflow", "sklearn", "numpy", "scipy"} & set(loaded)


def test_nothing_is_read_at_import() -> None:
    code = "import sys, bot.nlu.danger.detector as d; print(d._load.cache_info().currsize)"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "0"
    )


def test_an_ordinary_message_takes_about_a_millisecond() -> None:
    detector = Detector.load()
    text = "Mijn zoon gaat volgend jaar naar het speciaal onderwijs, moet ik de TLV zelf aanvragen of doet school dat?"
    assert _seconds(detector, text, times=50) < 0.005  # measured: 0.0007; room for a busy machine


@pytest.mark.parametrize(
    "unit",
    ["niet meer wil ", "slaat mijn man ", "a", "é́", "wil dood van ", "zq" * 19 + " ", "[naam#1] ", "x y ", "! ? "],
)
def test_hostile_input_stays_fast_and_linear(unit: str) -> None:
    detector = Detector.load()
    short, long = (_seconds(detector, unit * (length // len(unit)), times=1) for length in (2_000, 200_000))
    assert long < max(2.0, 30 * short)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_judged_without_an_error(text: str) -> None:
    Detector.load().check(text)


def _seconds(detector: Detector, text: str, times: int) -> float:
    start = time.process_time()
    for _ in range(times):
        detector.check(text)
    return (time.process_time() - start) / times
