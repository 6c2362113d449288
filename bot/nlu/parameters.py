"""What can be set of the classifier: its section in ``config.yml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from bot.nlu.decide import Thresholds

COMPONENT = "bot.nlu.classifier.TopicClassifier"
WEIGHTS = {"bericht": 1.0, "knop": 1.0, "over": 1.0, "kern": 0.6, "feit": 0.3, "begrip": 0.3, "vervolg": 0.6}


@dataclass(frozen=True)
class Mix:
    """How much each part of the model counts; larger together means surer of itself.

    Attributes:
        machine: the support vector machine's distance to the border.
        bayes: the log probability of naive Bayes.
    """

    machine: float = 5.9
    bayes: float = 0.21


@dataclass(frozen=True)
class Parameters:
    """One setting of the classifier.

    Attributes:
        weights: how much one text of each kind of evidence weighs in training; a message of a parent is 1.
        mix: of the parts of the model; chosen so that 0.8 means right four times in five.
        thresholds: see :class:`Thresholds`.
    """

    weights: Mapping[str, float] = field(default_factory=lambda: dict(WEIGHTS))
    mix: Mix = field(default_factory=Mix)
    thresholds: Thresholds = field(default_factory=Thresholds)

    @classmethod
    def of(cls, section: Mapping[str, Any]) -> Parameters:
        """Read the section; what it leaves out keeps its default.

        Raises:
            KeyError: the threshold ``antwoord`` or ``vraag``, or one part of the mix, is missing.
        """
        limits, mix = section.get("drempels"), section.get("menging")
        return cls(
            weights={**WEIGHTS, **section.get("gewichten", {})},
            mix=Mix(mix["svm"], mix["bayes"]) if mix else Mix(),
            thresholds=_thresholds(limits) if limits else Thresholds(),
        )


def _thresholds(limits: Mapping[str, float]) -> Thresholds:
    others = Thresholds(limits["antwoord"], limits["vraag"])
    return replace(others, outside=limits.get("buiten", others.outside), danger=limits.get("nood", others.danger))


def section_of(config: Path) -> dict[str, Any]:
    """The section of the classifier in a ``config.yml``.

    Raises:
        ValueError: it is not in the pipeline.
    """
    pipeline = yaml.safe_load(config.read_text(encoding="utf-8"))["pipeline"]
    for component in pipeline:
        if component["name"] == COMPONENT:
            return dict(component)
    raise ValueError(f"{config}: no {COMPONENT} in the pipeline")
