import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.content import check as checking


@pytest.mark.parametrize(("complaints", "exit_code"), [(0, 0), (3, 1)])
def test_controleer_ends_with_1_when_there_is_something_to_mend(monkeypatch, complaints, exit_code):
    monkeypatch.setattr(checking, "check", lambda root, say, **_: complaints)
    assert CliRunner().invoke(app, ["inhoud", "controleer"]).exit_code == exit_code


def test_rasa_can_be_left_out_and_advice_can_count(monkeypatch):
    asked = []
    monkeypatch.setattr(
        checking, "check", lambda root, say, with_rasa, strict, changed: asked.append((with_rasa, strict)) or 0
    )
    CliRunner().invoke(app, ["inhoud", "controleer", "--no-rasa", "--streng"])
    assert asked == [(False, True)]


@pytest.mark.parametrize(("complaints", "exit_code"), [(0, 0), (1, 1)])
def test_onderwerpen_ends_with_1_when_no_table_could_be_made(monkeypatch, complaints, exit_code):
    monkeypatch.setattr(checking, "refresh_overview", lambda root, say: complaints)
    assert CliRunner().invoke(app, ["onderwerpen"]).exit_code == exit_code
