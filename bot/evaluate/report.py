"""All figures of one run, and the pages made of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.evaluate import pictures
from bot.evaluate.comparison import Contender
from bot.evaluate.danger import DangerFigures
from bot.evaluate.measures import confusions, grouped
from bot.evaluate.outcomes import Judged
from bot.evaluate.summary import Summary, summarise

TEMPLATES = Path(__file__).parent / "templates"
PAGE = "index.html"


@dataclass(frozen=True)
class SetFigures:
    """One set of messages.

    Attributes:
        key: names its pictures.
        name: in Dutch.
        judged: the messages with what became of them.
        explained: one sentence in Dutch on how it was measured.
    """

    key: str
    name: str
    judged: Sequence[Judged]
    explained: str
    summary: Summary = field(init=False)
    confusions: list[tuple[str, str, int]] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "summary", summarise(self.judged))
        object.__setattr__(self, "confusions", confusions(self.judged))

    def groups(self) -> dict[str, dict[str, list[Judged]]]:
        """The messages by theme, writer and style; a way of grouping that gives one group is left out."""
        ways = {
            "thema": grouped(self.judged, lambda one: one.example.theme),
            "schrijver": grouped(self.judged, lambda one: one.example.writer),
            "stijl": grouped(self.judged, lambda one: one.example.style),
        }
        return {name: groups for name, groups in ways.items() if len(groups) > 1}


@dataclass(frozen=True)
class Report:
    """The figures of one run.

    Attributes:
        messages: how many train the model.
        writers: how many people wrote them.
        topics: how many there are.
        settings: of the model, as in config.yml.
        sets: the measured sets; the cross-validation first.
        danger: the detector on its sets.
        contenders: ways to find the topic, on the fixed split.
        curve: messages for each topic, with what they bring.
        day: of the run, as it is shown.
        command: that made it.
    """

    messages: int
    writers: int
    topics: int
    settings: Mapping[str, object]
    sets: Sequence[SetFigures]
    danger: Sequence[DangerFigures]
    contenders: Sequence[Contender]
    curve: Sequence[tuple[int, Contender]]
    day: str
    command: str


def write(report: Report, folder: Path) -> Path:
    """Write pictures and page.

    Returns:
        The path of the page.
    """
    folder.mkdir(parents=True, exist_ok=True)
    drawn = _draw(report, folder)
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    page = environment.get_template("report.html").render(
        report=report, pictures=drawn, summarise=summarise, outcome_names=pictures.OUTCOMES
    )
    (folder / PAGE).write_text(page, encoding="utf-8")
    return folder / PAGE


def _draw(report: Report, folder: Path) -> dict[str, str]:
    drawn = {
        "calibration": pictures.calibration({one.name: one.judged for one in report.sets}, folder / "zekerheid.png")
    }
    drawn["sets"] = pictures.outcomes({one.name: one.judged for one in report.sets}, folder / "verzamelingen.png")
    if report.curve:
        drawn["curve"] = pictures.curve(report.curve, folder / "leercurve.png")
    for one in report.sets:
        if one.confusions:
            path = folder / f"{one.key}-verwarring.png"
            drawn[f"{one.key}-confusions"] = pictures.confusion_pairs(one.confusions, path)
        for name, groups in one.groups().items():
            drawn[f"{one.key}-{name}"] = pictures.outcomes(dict(groups), folder / f"{one.key}-{name}.png")
    return {name: path.name for name, path in drawn.items()}
