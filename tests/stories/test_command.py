"""Rasa's own test of the conversation passes, with the command that ``test_stories.yml`` names."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from bot.settings import ROOT

STORIES = Path(__file__).with_name("test_stories.yml")


@pytest.mark.slow
def test_the_command_in_the_stories_passes(tmp_path):
    found = re.search(
        r"^#\s+(\.venv/bin/rasa test .*) --out results$", STORIES.read_text(encoding="utf-8"), re.MULTILINE
    )
    assert found, "the command is gone from the comment"
    ended = subprocess.run(
        [*found[1].split(), "--out", str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "RASA_TELEMETRY_ENABLED": "false"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr[-3000:]
    assert "None of the test stories failed" in (tmp_path / "failed_test_stories.yml").read_text(encoding="utf-8")
