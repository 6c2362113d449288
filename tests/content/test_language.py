import pytest

from bot.content.language import long_sentences, readability, sentences, syllables


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("kind", 1), ("school", 1), ("ouders", 2), ("moeilijk", 2), ("geëist", 2), ("toelaatbaarheidsverklaring", 7),
        ("onderwijs", 3), ("gemeente", 3), ("12", 1), ("bureau", 2),
    ],
)  # fmt: skip
def test_syllables_are_counted_by_the_vowels_of_dutch(word, count):
    assert syllables(word) == count


def test_the_score_is_that_of_flesch_as_douma_gave_it():
    # 6 words, 1 sentence, 7 syllables.
    assert readability("De juf helpt uw kind morgen.").score == pytest.approx(206.84 - 0.93 * 6 - 77 * 7 / 6)


def test_a_text_without_words_is_easy():
    assert readability("").score == 100


def test_a_list_item_a_link_and_a_shortened_word_are_read_as_a_parent_reads_them():
    text = "- Bel de school.\n- Vraag [de gemeente](https://example.org/a.b).\n\nDat kan bijv. per mail. Doe het."
    assert sentences(text) == ["Bel de school.", "Vraag de gemeente.", "Dat kan bijv. per mail.", "Doe het."]


def test_a_sentence_may_have_fifteen_words_and_no_more():
    fifteen = " ".join(["Woord"] * 15)
    assert not list(long_sentences(f"{fifteen}. {fifteen}."))
    assert list(long_sentences(f"{fifteen} nog. Kort.")) == [(f"{fifteen} nog.", 16)]
