"""The time of understanding alone: the classifier of a trained model, without Rasa's dialogue around it."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence

from bot.bench.times import Times, times_of
from bot.evaluate.examples import Example
from bot.evaluate.folds import learn
from bot.nlu.danger import Detector
from bot.nlu.decide import decide, settle
from bot.nlu.evidence import Evidence
from bot.nlu.parameters import Parameters


def sample(examples: Sequence[Example], count: int) -> list[str]:
    """Messages of all writers, short and long, the same at every run."""
    return [example.text for example in random.Random(0).sample(list(examples), min(count, len(examples)))]


def understanding(
    examples: Sequence[Example], knowledge: Sequence[Evidence], parameters: Parameters, texts: Sequence[str]
) -> tuple[float, Times]:
    """Train the classifier alone and let it read messages, each with the danger detector before it.

    Returns:
        Seconds of training, and the time of each message.
    """
    start = time.perf_counter()
    model = learn(examples, knowledge, parameters)
    trained = time.perf_counter() - start
    detector = Detector.load()
    took: list[float] = []
    warm = texts[:20]
    for text in [*warm, *texts]:
        start = time.perf_counter()
        detector.check(text)
        decide(settle(model.rank(text), parameters.thresholds), parameters.thresholds)
        took.append(time.perf_counter() - start)
    return trained, times_of(took[len(warm) :])
