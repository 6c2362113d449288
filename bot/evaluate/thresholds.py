"""Thresholds chosen by what each outcome costs: ``python -m bot drempels``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.evaluate.folds import Predicted
from bot.nlu.decide import MAX_OPTIONS, Thresholds
from bot.topics import DANGER, HUMAN, OUT_OF_SCOPE

ANSWER = tuple(round(0.40 + 0.05 * step, 2) for step in range(10))
ASK = (0.25, 0.35, 0.45)
"""Not lower: three options that together are unlikelier than that are a guess."""
OUTSIDE = (0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5)
_LINE = re.compile(r"^(?P<before>\s+drempels: ){.*}$", re.MULTILINE)


@dataclass(frozen=True)
class Costs:
    """What an outcome costs, in questions: the price of asking a parent which topic is meant is 1.

    Attributes:
        wrong: a wrong answer.
        asked: a question with the right topic among the options.
        missed: a question without it, or a parent's question refused.
        outside_answered: an answer to what is not about the field.
        outside_asked: a question about it.
    """

    wrong: float
    asked: float
    missed: float
    outside_answered: float
    outside_asked: float

    @classmethod
    def of(cls, section: Mapping[str, Any]) -> Costs:
        """Read ``kosten`` of the classifier's section in ``config.yml``.

        Raises:
            KeyError: a cost is missing.
        """
        costs = section["kosten"]
        return cls(
            wrong=costs["fout"],
            asked=costs["vraag"],
            missed=costs["gemist"],
            outside_answered=costs["buiten_beantwoord"],
            outside_asked=costs["buiten_gevraagd"],
        )


@dataclass(frozen=True)
class Priced:
    """A choice of thresholds with what came of it.

    Attributes:
        thresholds: the choice.
        cost: mean per message, in questions.
        shares: of the parents' questions right, asked, wrong and missed; of the other subjects refused.
    """

    thresholds: Thresholds
    cost: float
    shares: Mapping[str, float]


class Pricing:
    """Cross-validated probabilities, ready to try thresholds on."""

    def __init__(self, predicted: Predicted, costs: Costs) -> None:
        """Messages out of scope weigh as much together as a tenth of the parents' questions do."""
        self.costs = costs
        topics = list(predicted.topics)
        chances = predicted.probabilities
        self._outside, self._need = chances[:, topics.index(OUT_OF_SCOPE)], chances[:, topics.index(DANGER)]
        ranked = chances.copy()
        ranked[:, [topics.index(OUT_OF_SCOPE), topics.index(DANGER)]] = 0.0
        order = np.argsort(-ranked, axis=1)[:, :MAX_OPTIONS]
        self._best, self._three = ranked.max(axis=1), np.take_along_axis(ranked, order, axis=1).sum(axis=1)
        names = np.array(topics)[order]
        self._is_human = names[:, 0] == HUMAN
        accepted = [example.accepted for example in predicted.examples]
        self._right = np.array([row[0] in good for row, good in zip(names, accepted, strict=True)])
        self._among = np.array([bool(good & set(row)) for row, good in zip(names, accepted, strict=True)])
        self._is_outside = np.array([OUT_OF_SCOPE in good for good in accepted])
        self._is_need = np.array([DANGER in good for good in accepted])

    def price(self, thresholds: Thresholds) -> Priced:
        """What these thresholds would have cost, as :mod:`bot.nlu.decide` uses them."""
        danger = self._need >= thresholds.danger
        refused = ~danger & (self._outside >= thresholds.outside * (self._outside + self._best))
        answered = ~danger & ~refused & ((self._best >= thresholds.answer) | self._is_human)
        asked = ~danger & ~refused & ~answered & (self._three >= thresholds.ask)
        return self._priced(thresholds, danger, answered, asked)

    def _priced(self, thresholds: Thresholds, *decided: NDArray[np.bool_]) -> Priced:
        danger, answered, asked = decided
        ours, outside = ~self._is_outside & ~self._is_need, self._is_outside
        shares = {
            "goed": _share(answered & self._right, ours),
            "vraag": _share(asked & self._among, ours),
            "fout": _share((answered & ~self._right) | danger, ours),
            "buiten geweigerd": _share(~answered & ~asked & ~danger, outside),
            "buiten gevraagd": _share(asked, outside),
        }
        missed = 1 - shares["goed"] - shares["vraag"] - shares["fout"]
        return Priced(thresholds, self._cost(shares, missed), {**shares, "gemist": missed})

    def _cost(self, shares: Mapping[str, float], missed: float) -> float:
        costs = self.costs
        ours = costs.wrong * shares["fout"] + costs.asked * shares["vraag"] + costs.missed * missed
        answered = 1 - shares["buiten geweigerd"] - shares["buiten gevraagd"]
        outside = costs.outside_answered * answered + costs.outside_asked * shares["buiten gevraagd"]
        return ours + outside / 10

    def best(self, danger: float) -> Priced:
        """The cheapest thresholds of all that are tried.

        Args:
            danger: the threshold of danger, which stays: the messages of parents have too few look-alikes to choose it.
        """
        tried = (Thresholds(*values, danger) for values in product(ANSWER, ASK, OUTSIDE))
        return min((self.price(thresholds) for thresholds in tried), key=lambda priced: priced.cost)


def _share(hits: NDArray[np.bool_], among: NDArray[np.bool_]) -> float:
    return float(hits[among].mean()) if among.any() else 0.0


def lines(now: Priced, best: Priced) -> Iterator[str]:
    """A table in Dutch: the thresholds as they are and the cheapest."""
    yield f"{'':18}{'nu':>10}{'voordeligst':>14}"
    for name, dutch in (("answer", "antwoord"), ("ask", "vraag"), ("outside", "buiten"), ("danger", "nood")):
        yield f"{'drempel ' + dutch:18}{getattr(now.thresholds, name):10.2f}{getattr(best.thresholds, name):14.2f}"
    for share in now.shares:
        yield f"{share:18}{now.shares[share]:10.3f}{best.shares[share]:14.3f}"
    yield f"{'kosten':18}{now.cost:10.4f}{best.cost:14.4f}"


def write(config: Path, thresholds: Thresholds) -> None:
    """Put thresholds in ``config.yml``; the rest of the file stays as it is.

    Raises:
        ValueError: the file has no line with ``drempels``.
    """
    values = {
        "antwoord": thresholds.answer,
        "vraag": thresholds.ask,
        "buiten": thresholds.outside,
        "nood": thresholds.danger,
    }
    inside = ", ".join(f"{name}: {value:g}" for name, value in values.items())
    text, count = _LINE.subn(lambda found: f"{found['before']}{{{inside}}}", config.read_text(encoding="utf-8"))
    if count != 1:
        raise ValueError(f"{config}: no line with drempels: {{...}}")
    config.write_text(text, encoding="utf-8")
