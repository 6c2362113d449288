"""A human is offered where it helps, in the answer itself; `Mens spreken` is one click away everywhere else."""

import pytest
import yaml

from bot.settings import ROOT
from bot.topics import DANGER, HUMAN

WHERE_IT_HELPS = (
    DANGER,
    "gesprek/niet_tevreden",
    "thuiszitten/hulp",
    "zorgplicht/schorsing_verwijdering",
    "zorgplicht/weigering",
    "zorgplicht/termijn",
    "tlv/oneens",
)


@pytest.mark.parametrize("topic", WHERE_IT_HELPS)
def test_the_answer_offers_a_human(topic: str) -> None:
    file = ROOT / "data" / "nlu" / f"{topic.split('/')[0]}.yml"
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    first, *_ = yaml.load(file.read_text(encoding="utf-8"), loader)["responses"][f"utter_{topic}"]
    assert HUMAN in first["metadata"]["vervolg"]
