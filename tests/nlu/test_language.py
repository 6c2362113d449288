"""Messages in another language."""

import pytest

from bot.nlu.language import OTHER, Tongues, load_tongues
from bot.settings import ROOT


@pytest.fixture(scope="module")
def tongues() -> Tongues:
    return load_tongues(ROOT / "knowledge")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("My daughter needs extra support at school, where do I start?", "en"),
        ("hello please help", "en"),
        ("Kızım okulda çok zorlanıyor, ne yapmalıyım?", "tr"),
        ("merhaba", "tr"),
        ("ابني لا يستطيع الذهاب إلى المدرسة", "ar"),
        ("Moja córka nie chce chodzić do szkoły", "pl"),
        ("dzień dobry", "pl"),
        ("Мій син не ходить до школи, що робити?", "uk"),
        ("Mon fils ne peut plus aller à l'école", "fr"),
        ("Mi hijo no quiere ir a la escuela", "es"),
        ("Mein Sohn braucht Hilfe in der Schule", "de"),
        ("bom dia, eu não falo holandês, preciso de informação sobre a escola", OTHER),
        ("我的孩子在学校需要帮助", OTHER),
    ],
)
def test_is_recognised(tongues: Tongues, text: str, code: str) -> None:
    assert tongues.recognise(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "hello, mijn zoon heeft hulp nodig op school",
        "hola, wat is een tlv",
        "wat is een tlv",
        "kind ziek wat school doen",
        "tlv verlengen wie regelt dat",
        "mn peuter is net 2, valt die hier al onder of pas als ie 4 is",
        "hey",
        "help",
        "lwoo wel of geen tlv",
        "Is deze chat anoniem?",
        "asdfghjkl",
        "[telefoon#1]",
        "",
        "???",
    ],
)
def test_stays_dutch(tongues: Tongues, text: str) -> None:
    assert tongues.recognise(text) is None


def test_a_dutch_message_can_name_a_language(tongues: Tongues) -> None:
    assert tongues.asked_for("Kan dit ook in het Turks?") == "tr"
    assert tongues.asked_for("wat is een tlv") is None


def test_each_text_names_the_button_and_the_emergency_number(tongues: Tongues) -> None:
    for code in [*tongues.by_code, OTHER]:
        assert "**Mens spreken**" in tongues.text(code)
        assert "112" in tongues.text(code).rpartition("\n\n")[2]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("I want to kill myself", "en"),
        ("je veux mourir", "fr"),
        ("ich will sterben", "de"),
        ("ik wil dood", None),
        ("dochter mishandeld", None),
        ("112", None),
    ],
)
def test_in_danger_a_few_words_are_enough(tongues: Tongues, text: str, code: str | None) -> None:
    assert tongues.in_danger(text) == code
