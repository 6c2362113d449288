"""The bench runs on an installation of its own and leaves nothing."""

import os
import subprocess

import pytest

from bot.bench.running import apart, free_ports
from bot.settings import ROOT, Settings


def test_make_bench_can_be_asked_for_more_parents() -> None:
    shown = subprocess.run(["make", "-n", "bench", "PARENTS=500"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert any(line.endswith("-m bot.bench --parents 500") for line in shown.stdout.splitlines())


def test_ports_are_free_and_different() -> None:
    assert len(set(free_ports(3))) == 3


def test_the_settings_are_of_a_temporary_installation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OUDERCHAT_DOOR_PORT", "8080")
    monkeypatch.setenv("OUDERCHAT_SMTP_HOST", "mail.example.org")
    with apart() as settings:
        assert settings.var_dir.is_dir()
        assert settings.door_port != 8080
        assert settings.smtp_host == ""
        assert Settings().var_dir == settings.var_dir
    assert not settings.var_dir.exists()
    assert os.environ["OUDERCHAT_DOOR_PORT"] == "8080"
    assert "OUDERCHAT_VAR_DIR" not in os.environ
