"""The whole evaluation: cross-validation, sets that were kept apart, danger, and ours beside other ways."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.evaluate import comparison, danger, follow_ups
from bot.evaluate.comparison import Contender
from bot.evaluate.danger import DangerFigures
from bot.evaluate.examples import Example, out_of_scope, training_messages, validation, writers
from bot.evaluate.folds import Fold, Predicted, Progress, at_random, by_writer, cross_validate, learn, predict
from bot.evaluate.report import Report, SetFigures
from bot.nlu.danger import Detector
from bot.nlu.evidence import Evidence, from_answers, from_knowledge
from bot.nlu.parameters import Parameters, section_of
from bot.settings import ROOT
from bot.topics import load_topics

BY_WRITER = "Elk bericht is begrepen door een model dat van dezelfde schrijver niets heeft geleerd."
AT_RANDOM = (
    "Vijf willekeurige delen, zoals `rasa test nlu --cross-validation` ze maakt. Het model kent dan andere berichten "
    "van dezelfde schrijver, maar leert van een vijfde minder berichten."
)
VALIDATION = "Berichten die geen model ooit heeft geleerd (tests/data/validatie.jsonl). Er is niets op afgesteld."
FOLLOW_UPS = (
    "Korte vragen na een antwoord, door een schrijver die aan knowledge/vervolgvragen.yml niet meeschreef: vragen die "
    "op dat antwoord leunen, en volledige vragen die er niet door verbogen mogen worden."
)
OUTSIDE = "Berichten buiten het vak, door schrijvers die niet aan de trainingsberichten meeschreven."


@dataclass(frozen=True)
class Sources:
    """Where everything is.

    Attributes:
        messages: folder with the themes (``nlu:`` and ``responses:``).
        knowledge: folder with facts and terms.
        held_out: folder with ``validatie.jsonl`` and ``buiten_bereik_*.jsonl``.
        danger: folder with ``heldout_*.jsonl``.
        config: the ``config.yml`` with the settings of the classifier.
    """

    messages: Path = ROOT / "data" / "nlu"
    knowledge: Path = ROOT / "knowledge"
    held_out: Path = ROOT / "tests" / "data"
    danger: Path = ROOT / "tests" / "nlu" / "danger"
    config: Path = ROOT / "config.yml"


@dataclass(frozen=True)
class Options:
    """What to run.

    Attributes:
        curve: with the learning curve.
        random: with random folds beside those by writer (to compare with ``rasa test nlu --cross-validation``).
        jobs: processes side by side.
    """

    curve: bool = True
    random: bool = False
    jobs: int = 2


@dataclass(frozen=True)
class Evaluation:
    """All that a run needs.

    Attributes:
        sources: where it came from.
        options: what to run.
        examples: the messages that train the model.
        knowledge: facts and terms that train it too.
        section: the classifier's settings as in ``config.yml``.
        progress: is told what is done.
    """

    sources: Sources
    options: Options
    examples: Sequence[Example]
    knowledge: Sequence[Evidence]
    section: dict[str, object]
    progress: Progress

    @property
    def parameters(self) -> Parameters:
        """The settings, read."""
        return Parameters.of(self.section)

    def report(self, command: str) -> Report:
        """Measure everything; a few minutes on two cores."""
        sets = [*self._cross_validated(), *self._kept_apart()]
        contenders, curve = self._compared()
        return Report(
            messages=len(self.examples),
            writers=len(writers(self.examples)),
            topics=len({example.label for example in self.examples}),
            settings={name: value for name, value in self.section.items() if name not in ("name", "knowledge")},
            sets=sets,
            danger=self._danger(),
            contenders=contenders,
            curve=curve,
            day=date.today().isoformat(),
            command=command,
        )

    def by_writer(self) -> Predicted:
        """Each training message, understood by a model that has not learnt from its writer."""
        return self._crossed(by_writer(self.examples))

    def _crossed(self, folds: Sequence[Fold]) -> Predicted:
        return cross_validate(self.examples, self.knowledge, self.parameters, folds, self.progress, self.options.jobs)

    def _cross_validated(self) -> list[SetFigures]:
        ways = [("schrijver", "kruisvalidatie per schrijver", BY_WRITER, by_writer)]
        if self.options.random:
            ways.append(("willekeurig", "kruisvalidatie willekeurig", AT_RANDOM, at_random))
        sets = []
        for key, name, explained, folds in ways:
            self.progress(name)
            predicted = self._crossed(folds(self.examples))
            sets.append(self._set(key, name, predicted, explained))
        return sets

    def _kept_apart(self) -> list[SetFigures]:
        kept = [
            ("validatie", "validatie.jsonl", validation(self.sources.held_out / "validatie.jsonl"), VALIDATION),
            ("buiten", "buiten bereik, andere schrijvers", out_of_scope(self.sources.held_out), OUTSIDE),
        ]
        if not any(examples for _, _, examples, _ in kept):
            return []
        model = learn(self.examples, self.knowledge, self.parameters)
        self.progress("model of all messages")
        sets = [
            self._set(key, name, predict(model, examples), explained)
            for key, name, examples, explained in kept
            if examples
        ]
        asked = follow_ups.held_out(self.sources.held_out / "vervolgvragen.jsonl")
        if asked:
            predicted = follow_ups.predict(model, asked, load_topics(self.sources.knowledge))
            sets.append(self._set("vervolg", "vervolgvragen.jsonl", predicted, FOLLOW_UPS))
        return sets

    def _set(self, key: str, name: str, predicted: Predicted, explained: str) -> SetFigures:
        return SetFigures(key, name, predicted.judged(self.parameters.thresholds), explained)

    def _danger(self) -> list[DangerFigures]:
        detector = Detector.load()
        sets = danger.held_out(self.sources.danger)
        sets.append(("validatie", danger.of_topics(validation(self.sources.held_out / "validatie.jsonl"))))
        sets.append(("buiten_bereik", danger.of_topics(out_of_scope(self.sources.held_out))))
        return [danger.measure(name, messages, detector) for name, messages in sets if messages]

    def _compared(self) -> tuple[list[Contender], list[tuple[int, Contender]]]:
        train, test = comparison.fixed_split(self.examples)
        texts = [*self.knowledge, *from_answers(self.sources.messages)]
        contenders = [comparison.keyword_search(test, texts)]
        self.progress("keyword search")
        contenders.append(comparison.ours("Alleen berichten, zonder kennis", train, test, [], self.parameters))
        contenders.append(comparison.ours("De Ouderchat", train, test, self.knowledge, self.parameters))
        self.progress("ours on the fixed split")
        if not self.options.curve:
            return contenders, []
        return contenders, comparison.learning_curve(train, test, self.knowledge, self.parameters, self.progress)


def prepare(sources: Sources, options: Options, progress: Progress) -> Evaluation:
    """Read the messages, the knowledge and the settings.

    Raises:
        ValueError: messages without a writer, or a ``config.yml`` without the classifier.
    """
    start = time.monotonic()
    examples = training_messages(sources.messages)
    knowledge = from_knowledge(sources.knowledge, {example.label for example in examples})
    section = section_of(sources.config)
    return Evaluation(
        sources,
        options,
        examples,
        knowledge,
        section,
        lambda line: progress(f"[{time.monotonic() - start:4.0f} s] {line}"),
    )
