import pytest

from bot.content.rasa_validation import WARNINGS_FILE, check_rasa, judge, read_warnings
from bot.content.reading import read_content
from bot.settings import ROOT

UNUSED = "The utterance '{}' is not used in any story or rule."
NOT_AN_UTTERANCE = (
    "The action '{}' is used in the stories, but is not a valid utterance action. Please make sure the action is "
    "listed in your domain and there is a template defined with its name."
)
UNSEEN = "The intent '{}' is listed in the domain file, but is not found in the NLU training data."
DOMAIN = """\
version: "3.1"
intents: [tlv, gesprek, gesprek__mens_spreken]
actions: [action_mens_spreken]
forms:
  overdracht_form:
    required_slots: []
"""
CONFIG = """\
recipe: default.v1
assistant_id: klein_project
language: nl
pipeline:
  - name: KeywordIntentClassifier
policies:
  - name: RulePolicy
"""


@pytest.fixture(scope="module")
def content():
    return read_content(ROOT)[0]


@pytest.mark.parametrize(
    "warning",
    [
        "The following duplicated intents have been found across multiple domain files: tlv, ziek",
        NOT_AN_UTTERANCE.format("utter_gesprek/nood"),
        UNUSED.format("utter_twijfel"),
        UNUSED.format("utter_ask_overdracht_naam"),
        UNUSED.format("utter_school"),
        UNSEEN.format("over_antwoord"),
    ],
)
def test_a_known_warning_passes_while_its_proof_holds(warning, content):
    assert list(judge([warning], content)) == []


@pytest.mark.parametrize(
    ("warning", "said"),
    [
        (NOT_AN_UTTERANCE.format("utter_tlv/uitleg"), "Een regel spreekt utter_tlv/uitleg uit"),
        (NOT_AN_UTTERANCE.format("utter_weg"), "Een regel spreekt utter_weg uit"),
        (UNUSED.format("utter_vergeten"), "Niemand spreekt utter_vergeten uit"),
        (UNUSED.format("utter_ask_schoenmaat"), "Niemand spreekt utter_ask_schoenmaat uit"),
        (UNUSED.format("utter_tlv"), "Niemand spreekt utter_tlv uit"),
        (UNSEEN.format("leeg"), "er zijn geen berichten van"),
        ("Something new.", "Vraag een ontwikkelaar wat dit betekent.\n    Something new."),
    ],
)
def test_any_other_warning_is_a_complaint_in_dutch(warning, said, content):
    (complaint,) = judge([warning], content)
    assert said in complaint.text


def test_the_file_that_rasa_names_is_told(content):
    warning = "Issue found in 'data/stories/rules.yml': \nFound intent 'x' in stories which is not part of the domain."
    (complaint,) = judge([warning], content)
    assert complaint.shown(ROOT).startswith("data/stories/rules.yml, regel 1: Een regel noemt de intent x")


def test_every_allowed_warning_says_why():
    allowed, explanations = read_warnings(WARNINGS_FILE)
    assert allowed and explanations


@pytest.mark.slow
def test_rasa_itself_is_asked(project, edit):
    (project / "domain.yml").write_text(DOMAIN, encoding="utf-8")
    (project / "config.yml").write_text(CONFIG, encoding="utf-8")
    edit("data/stories/rules.yml", "- action: utter_tlv", "- action: utter_tvl")
    told = [complaint.shown(project) for complaint in check_rasa(read_content(project)[0])]
    assert any("Een regel spreekt utter_tvl uit, maar dat antwoord bestaat niet" in text for text in told), told


def test_settings_that_cannot_be_read_are_told_before_rasa_trips_over_them(project):
    (project / "domain.yml").write_text("intents: [tlv\n", encoding="utf-8")
    told = [complaint.shown(project) for complaint in check_rasa(read_content(project)[0])]
    assert told == [
        "domain.yml, regel 1: De lijst die hier met [ begint, mist een komma of het sluitende ].",
        "config.yml, regel 1: Het bestand is er niet.",
    ]
