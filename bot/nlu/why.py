"""Why a message gets the topic it gets: ``python -m bot ask --waarom``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from bot.nlu.decide import Choice, Thresholds, decide, settle
from bot.nlu.evidence import Evidence
from bot.nlu.model import TopicModel
from bot.nlu.ranking import Ranked

SHOWN = 5
_WORD = re.compile(r"\S+")


@dataclass(frozen=True)
class Why:
    """What lies behind a decision.

    Attributes:
        ranking: the likeliest topics, as settled.
        choice: the decision.
        thresholds: those it was made with.
        nearest: training texts most like the message, with their likeness (0 to 1), best first.
        words: the words of the message with what each adds to the chance (in points of log odds) of the first topic
            over the second; the strongest first.
    """

    ranking: Sequence[Ranked]
    choice: Choice
    thresholds: Thresholds
    nearest: Sequence[tuple[Evidence, float]]
    words: Sequence[tuple[str, float]]

    def lines(self) -> Iterator[str]:
        """In Dutch, for the terminal."""
        limits = self.thresholds
        yield f"besluit: {self.choice}"
        yield (
            f"drempels: antwoord {limits.answer:g}, vraag {limits.ask:g}, buiten {limits.outside:g}, "
            f"nood {limits.danger:g}"
        )
        yield "onderwerpen:"
        yield from (f"  {entry.probability:.3f}  {entry.topic}" for entry in self.ranking[:SHOWN])
        yield "woorden die het eerste onderwerp voor het tweede zetten (plus) of andersom (min):"
        yield from (f"  {weight:+.2f}  {word}" for word, weight in self.words[: 2 * SHOWN])
        yield "teksten die er het meest op lijken:"
        yield from (f"  {likeness:.2f}  {near.topic} ({near.kind}): {near.text}" for near, likeness in self.nearest)


def why(text: str, model: TopicModel, evidence: Sequence[Evidence]) -> Why:
    """Explain the topic of a message.

    Args:
        text: the message.
        model: the model that decides.
        evidence: the texts it learnt from.
    """
    thresholds = model.parameters.thresholds
    ranking = settle(model.rank(text), thresholds)
    chosen = decide(ranking, thresholds)
    return Why(ranking[: 2 * SHOWN], chosen, thresholds, _nearest(text, model, evidence), _words(text, model, ranking))


def _nearest(text: str, model: TopicModel, evidence: Sequence[Evidence]) -> list[tuple[Evidence, float]]:
    known = model.tfidf.transform([item.text for item in evidence])
    lengths = np.sqrt(known.multiply(known).sum(axis=1)).A1
    message = model.tfidf.transform([text])
    length = float(np.sqrt(message.multiply(message).sum()))
    likeness = (known @ message.T).toarray()[:, 0] / np.maximum(lengths * length, 1e-9)
    return [(evidence[at], float(likeness[at])) for at in np.argsort(-likeness, kind="stable")[:SHOWN]]


def _words(text: str, model: TopicModel, ranking: Sequence[Ranked]) -> list[tuple[str, float]]:
    """Each word by what is lost without it."""
    found = list(_WORD.finditer(text))
    if not found or len(ranking) < 2:
        return []
    without = [text[: one.start()] + text[one.end() :] for one in found]
    topics = model.topics.tolist()
    first, second = topics.index(ranking[0].topic), topics.index(ranking[1].topic)
    chances = np.log(np.maximum(model.probabilities([text, *without]), 1e-12))
    lead = chances[:, first] - chances[:, second]
    weights = [(one.group(), float(lead[0] - lead[at])) for at, one in enumerate(found, start=1)]
    return sorted(weights, key=lambda pair: -abs(pair[1]))
