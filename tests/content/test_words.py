import pytest

from bot.content.words import count_words


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("Een TLV is een besluit.", 5),
        ("**Wat kunt u nu doen?** Bel [de gemeente](https://www.almere.nl/a-b-c).", 8),
        ("- een\n- twee\n\n- drie", 3),
        ("112 - bij gevaar", 3),
        ("", 0),
    ],
)
def test_words_are_counted_as_a_parent_reads_them(markdown, words):
    assert count_words(markdown) == words
