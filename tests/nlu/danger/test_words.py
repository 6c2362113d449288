"""Words as the detector sees them."""

import pytest

from bot.nlu.danger.words import MAX_CHARS, clip, sentences, split


def texts(message: str) -> list[str]:
    return [word.text for word in split(message)]


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("Suïcidale GEDACHTEN", ["suicidale", "gedachten"]),
        ("z'n ib'er", ["zn", "iber"]),
        ("ex-man", ["ex", "man"]),
        ("doooood", ["dood"]),
        ("d00d in 2024", ["dood", "in", "2024"]),
        ("[naam#12] belde [telefoon#1]", ["[naam]", "belde", "[telefoon]"]),
        ("öldürmek İstiyor ağlıyor", ["oldurmek", "istiyor", "agliyor"]),
        ("łódź żyć", ["lodz", "zyc"]),
        ("б'є зґвалтували", ["бє", "згвалтували"]),
        ("المدرسة يُضرب", ["المدرسه", "يضرب"]),
        ("d.o.o.d", ["dood"]),
        ("help 🔪", ["help", "🔪"]),
    ],
)
def test_words_are_cleaned(message: str, words: list[str]) -> None:
    assert texts(message) == words


def test_sentences_are_kept_apart() -> None:
    assert sentences(split("Hij wil. Zij niet!\nEn ik")) == [["hij", "wil"], ["zij", "niet"], ["en", "ik"]]
    assert sentences([]) == []


def test_a_very_long_message_keeps_its_beginning_and_end() -> None:
    kept = clip("begin " + "x" * 50_000 + " einde")
    assert len(kept) <= MAX_CHARS + 1
    assert kept.startswith("begin ") and kept.endswith(" einde")


def test_the_same_word_over_and_over_counts_twice() -> None:
    assert [word.text for word in split("nee nee NEE nee, hij nee")] == ["nee", "nee", "hij", "nee"]
