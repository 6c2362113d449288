"""Understanding alone is timed on the same messages each time."""

from bot.bench.understanding import sample, understanding
from bot.evaluate.examples import Example
from bot.nlu.parameters import Parameters

MESSAGES = [
    Example(f"{text} {number}", label, frozenset([label]), "stem-a", "kort")
    for label, text in (("tlv/uitleg", "wat is een tlv"), ("ziek/zorgplicht", "mijn kind is ziek"))
    for number in range(5)
]


def test_a_sample_is_the_same_each_time() -> None:
    assert sample(MESSAGES, 3) == sample(MESSAGES, 3)
    assert len(sample(MESSAGES, 100)) == 10


def test_every_message_is_timed() -> None:
    trained, times = understanding(MESSAGES, [], Parameters(), sample(MESSAGES, 10))
    assert trained > 0
    assert (times.count, times.errors) == (10, 0)
