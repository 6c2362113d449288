"""The commands, on a store that is there, and on one that is empty."""

from __future__ import annotations

import json

import pytest

from bot.report import REPORT
from bot.report.turns import NoStore
from bot.report.weekly import latest, make_figures, make_unclear
from bot.settings import ROOT


def test_an_empty_store_gives_reports_that_say_so(settings, engine):
    assert list(make_unclear(ROOT, settings, 7))[-1].startswith("De pagina: ")
    found = latest(settings)
    assert found is not None and (found.total, found.groups) == (0, ())
    csv = settings.var_dir / "cijfers.csv"
    list(make_figures(settings, 2, csv))
    assert csv.read_text().startswith("week,wat,aantal\n")
    assert "<svg" in (settings.var_dir / REPORT.parent / "cijfers.html").read_text()


def test_there_is_no_report_before_the_first(settings):
    assert latest(settings) is None
    (settings.var_dir / REPORT.parent).mkdir()
    (settings.var_dir / REPORT).write_text(json.dumps(None))
    assert latest(settings) is None


def test_without_a_store_it_is_said_where_it_was_sought(settings):
    for made in (make_unclear(ROOT, settings, 7), make_figures(settings, 2, None)):
        with pytest.raises(NoStore, match=str(settings.var_dir)):
            list(made)
