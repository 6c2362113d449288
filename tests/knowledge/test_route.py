"""The way of a child: every step can be reached, says who acts, and stands somewhere."""

import re
from pathlib import Path

import pytest

from bot.knowledge import Knowledge, KnowledgeError, load
from bot.knowledge.route import Question, Route, Step

MOST_WORDS = 90


@pytest.fixture
def route(knowledge: Knowledge) -> Route:
    return knowledge.route


def test_every_step_is_at_most_two_clicks_away(route: Route) -> None:
    first = [route.place(key) for key in route.start.choices]
    second = [route.place(key) for place in first if isinstance(place, Question) for key in place.choices]

    reached = {place.key for place in (*first, *second) if isinstance(place, Step)}

    assert reached == set(route.steps)


def test_no_question_has_more_choices_than_fit(route: Route) -> None:
    assert all(2 <= len(question.choices) <= 5 for question in (route.start, *route.questions.values()))


def test_the_steps_lead_from_worry_to_a_place(route: Route) -> None:
    way, key = [], "zorgen"
    while key:
        way.append(key)
        key = route.steps[key].following or ""

    assert way[0] == "zorgen" and way[-1] == "plek"
    assert len(way) == len(set(way))


def test_every_step_says_who_acts_what_to_ask_and_what_comes(route: Route) -> None:
    for step in route.steps.values():
        assert step.where and step.turn and step.then and 2 <= len(step.ask) <= 3
        assert all(question.endswith("?") for question in step.ask)


def test_every_step_is_short(route: Route) -> None:
    for step in route.steps.values():
        assert len(" ".join([step.where, step.turn, *step.ask, step.then]).split()) <= MOST_WORDS, step.key


def test_every_step_stands_somewhere_and_nothing_uncertain_is_told(route: Route) -> None:
    for step in route.steps.values():
        assert all(source.certainty != "laag" for source in step.sources)


def test_the_buttons_differ(route: Route) -> None:
    buttons = [place.button for place in (*route.questions.values(), *route.steps.values())]

    assert len(buttons) == len(set(buttons))


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("keuzes: [klas, extra]", "keuzes: [klas, ekstra]", "'ekstra' bestaat niet"),
        ("keuzes: [klas, extra]", "keuzes: [klas]", "geen knop leidt naar 'extra'"),
        ("volgende: klas", "volgende: hulp", "'hulp' bestaat niet"),
        ("termijn: aangemeld", "termijn: aanmelding", "'aanmelding' bestaat niet"),
        ("[tlv/oneens, tlv/geldigheid", "[tlv/onees, tlv/geldigheid", "het onderwerp 'tlv/onees'"),
        ("    daarna: De school kijkt eerst wat de leerkracht zelf kan doen.\n", "", "hier ontbreekt: daarna"),
    ],
)
def test_a_mistake_is_named_with_file_and_line(old: str, new: str, reason: str, folder: Path) -> None:
    file = folder / "route.yml"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))

    with pytest.raises(KnowledgeError, match=rf"route\.yml, regel \d+: .*{re.escape(reason)}"):
        load(folder)
